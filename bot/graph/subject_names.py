"""Name the people, groups and partners that policies refer to by id alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.building.subjects import SubjectKind
from bot.graph.batch import Ask, send_all
from bot.graph.client import Graph
from bot.graph.organizations import ORGANIZATIONS
from bot.graph.people import IN_FILTER, asks_by_id, is_object_id
from bot.graph.policy_subjects import ID_FIELDS, PREFIX
from bot.graph.wire import Json, literal

KINDS = {PREFIX.lstrip("#") + kind.value: (kind, field) for kind, field in ID_FIELDS.items()}


async def fill_in(graph: Graph, rows: Sequence[Json]) -> None:
    """Afterwards subject sets anywhere in `rows` whose description is empty carry the name as such, where it is known.

    Entra's portal writes the name there when it saves a policy; scripts mostly do not. No round trip when nobody is
    nameless, one for some hundred who are.
    """
    nameless = [found for row in rows for found in _nameless(row)]
    wanted = {kind: _ids(nameless, kind) for kind in ID_FIELDS}
    asks = [*asks_by_id("users", wanted[SubjectKind.USER]), *asks_groups(wanted[SubjectKind.GROUP], "id,displayName")]
    if wanted[SubjectKind.ORGANIZATION]:
        asks.append(Ask("organizations", ORGANIZATIONS, {"$select": "id,displayName"}))
    if not asks:
        return
    answers = await send_all(graph.wire, asks)
    names = {
        str(row["id"]).lower(): str(row.get("displayName") or "")
        for ask in asks
        for row in await graph.wire.rest(answers[ask.id])
    }
    for _, key, subject in nameless:
        if name := names.get(key.lower()):
            subject["description"] = name


def asks_groups(ids: Sequence[str], fields: str, **more: str) -> list[Ask]:
    """Asks for the groups among these object ids, fifteen at a time.

    https://learn.microsoft.com/graph/filter-query-parameter
    """
    parts = [ids[start : start + IN_FILTER] for start in range(0, len(ids), IN_FILTER)]
    return [
        Ask(
            f"groups {number}",
            "/groups",
            {
                "$filter": f"id in ({','.join(literal(one) for one in part)})",
                "$select": fields,
                "$top": IN_FILTER,
                **{f"${name}": value for name, value in more.items()},
            },
        )
        for number, part in enumerate(parts)
    ]


def _ids(nameless: Sequence[tuple[SubjectKind, str, Json]], kind: SubjectKind) -> list[str]:
    return list(dict.fromkeys(key for one, key, _ in nameless if one is kind and is_object_id(key)))


def _nameless(value: object) -> Iterator[tuple[SubjectKind, str, Json]]:
    """Kind, id and the subject set itself of everybody without a description."""
    if isinstance(value, list):
        for item in value:
            yield from _nameless(item)
    elif isinstance(value, dict):
        known = KINDS.get(str(value.get("@odata.type") or "").lstrip("#"))
        if known and value.get(known[1]) and not value.get("description"):
            yield known[0], str(value[known[1]]), value
        for item in value.values():
            yield from _nameless(item)
