"""List assignments while there is a crowd: a page of it is written from one sample, not from a hundred entities."""

from __future__ import annotations

import json
from typing import Any

from sandbox.entitlement import expansions
from sandbox.entitlement.crowd import Crowd
from sandbox.odata import fitting, look, shape
from sandbox.odata_filter import parse
from sandbox.odata_pages import one_page
from sandbox.odata_values import MISSING
from sandbox.routes import Call, Reply
from sandbox.world import Entity

_TAG, _ENDS = "~NUMBER~", "~ENDS~"
#: What decides for all of the crowd alike. Whoever is looked for by anything else must be named by id or address.
_ALIKE = {"state", "status", "accesspackage/id", "assignmentpolicy/id"}


class Line:
    """The crowd's numbers from `start` to `stop`, and behind them the assignments in the tables."""

    def __init__(self, start: int, stop: int, rows: list[Entity]) -> None:
        self._numbers, self._rows = range(start, stop), rows

    def __len__(self) -> int:
        return len(self._numbers) + len(self._rows)

    def __getitem__(self, part: slice) -> list[Any]:
        first, last, _ = part.indices(len(self))
        many = len(self._numbers)
        return [*self._numbers[first:last], *self._rows[max(first - many, 0) : max(last - many, 0)]]


def list_with(crowd: Crowd, call: Call, known: frozenset[str]) -> Reply:
    """A page: of the crowd first, then of everybody else. $orderby and $search are not for crowds.

    Who arrives while somebody turns the pages keeps their place.
    """
    crowd.meet(call.query.get("$filter", ""))
    expand = expansions.of_assignment(call.world)
    rows = fitting(call, call.world.rows("assignments"), expand, known)
    start, stop = _part(crowd, call, expand)
    arrived = {crowd.number_of(row): row for row in rows}
    line = Line(start, stop, [row for row in rows if not start <= crowd.number_of(row) < stop])
    page, following = one_page(call, line)
    texts = _samples(crowd, call, known)
    ended = crowd.ended
    items = []
    for one in page:
        if isinstance(one, int) and crowd.is_away(one):
            items.append(texts[one < ended].replace(_TAG, crowd.tag(one)).replace(_ENDS, crowd.ends(one)))
        elif row := arrived.get(one) if isinstance(one, int) else one:
            items.append(json.dumps(shape(row, call.query, expand, known)))
    body: Entity = {"@odata.context": f"{call.base_url}/$metadata#{call.path.strip('/')}"}
    if call.query.get("$count", "").lower() == "true":
        body["@odata.count"] = len(line)
    if following:
        body["@odata.nextLink"] = following
    text = f'{json.dumps(body)[:-1]}, "value": [{", ".join(items)}]}}'
    return Reply(200, {**body, "value": [json.loads(one) for one in items[:1]]}, json=text)


def _samples(crowd: Crowd, call: Call, known: frozenset[str]) -> tuple[str, str]:
    """One who has access, and one who has lost it, as JSON with marks in place of number and end."""
    expand = expansions.of_assignment(call.world) | {"target": lambda row: crowd.subject(_TAG)}
    rows = (crowd.assignment(_TAG, _ENDS, ended=ended) for ended in (False, True))
    first, second = (json.dumps(shape(row, call.query, expand, known)) for row in rows)
    return first, second


def _part(crowd: Crowd, call: Call, expand: dict[str, Any]) -> tuple[int, int]:
    """Which of the crowd the filter lets through: those who have lost access, those who have it, all or none."""
    text = call.query.get("$filter")
    ended = crowd.ended
    if text is None:
        return 0, crowd.size
    parsed = parse(text, lambda row, path: None if (seen := look(row, path, expand)) is MISSING else seen)
    if not {path.lower() for path in parsed.paths} <= _ALIKE:
        return 0, 0
    now, over = (parsed.test(crowd.assignment(_TAG, _ENDS, ended=gone)) for gone in (False, True))
    return (0 if over else ended), (crowd.size if now else ended)
