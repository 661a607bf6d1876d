"""Which access is there and may end, and whose sponsor somebody is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.access import Assignment
from bot.graph.assignments import ASSIGNMENTS, WITH_PERSON, assignments_of
from bot.graph.batch import Ask, send_all
from bot.graph.client import Graph
from bot.graph.people import IN_FILTER
from bot.graph.wire import Query, literal


class EntraEndings:
    """`bot.ports.Endings` on one tenant; every method's claims stand at the port."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    async def delivered(self, *, package_id: str = "") -> tuple[Assignment, ...]:
        """https://learn.microsoft.com/graph/api/entitlementmanagement-list-assignments"""
        which = "state eq 'delivered'"
        if package_id:
            which += f" and accessPackage/id eq {literal(package_id)}"
        rows = await self._graph.wire.all(ASSIGNMENTS, {"$expand": WITH_PERSON, "$filter": which})
        return assignments_of(rows)

    async def sponsored_by(self, sponsor_id: str, person_ids: Sequence[str]) -> frozenset[str]:
        """https://learn.microsoft.com/graph/api/user-list-sponsors"""
        ids = list(dict.fromkeys(person_ids))
        parts = [ids[start : start + IN_FILTER] for start in range(0, len(ids), IN_FILTER)]
        asks = [_ask(number, part) for number, part in enumerate(parts)]
        if not asks:
            return frozenset()
        answers = await send_all(self._graph.wire, asks)
        rows = [row for ask in asks for row in await self._graph.wire.rest(answers[ask.id])]
        wanted = sponsor_id.casefold()
        return frozenset(
            str(row["id"])
            for row in rows
            if any(str(one.get("id")).casefold() == wanted for one in row.get("sponsors") or [])
        )


def _ask(number: int, ids: Sequence[str]) -> Ask:
    named = ",".join(literal(one) for one in ids)
    query: Query = {
        "$filter": f"id in ({named})",
        "$select": "id",
        "$expand": "sponsors($select=id)",
        "$top": IN_FILTER,
    }
    return Ask(f"sponsored {number}", "/users", query)
