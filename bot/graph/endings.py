"""Which access is there and may end."""

from __future__ import annotations

from bot.domain.access import Assignment
from bot.graph.assignments import ASSIGNMENTS, WITH_PERSON, assignments_of
from bot.graph.client import Graph
from bot.graph.wire import literal


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
