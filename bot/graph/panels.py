"""The tenant as `bot.ports.Approvals`: requests that wait, and who may decide them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.approvals import Decision
from bot.domain.panels import Panel, PendingRequest
from bot.graph import approval_requests, approvers, stages_passed
from bot.graph.client import Graph


class EntraApprovals:
    """`bot.ports.Approvals` on one tenant; every method's claims stand at the port."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    async def pending(self) -> tuple[PendingRequest, ...]:
        return await approval_requests.pending(self._graph)

    async def requests(self, request_ids: Sequence[str]) -> Mapping[str, PendingRequest | None]:
        return await approval_requests.requests(self._graph, request_ids)

    async def panel(self, request: PendingRequest, stage: int) -> Panel:
        return await approvers.panel(self._graph, request, stage)

    async def passed(self, request_id: str) -> tuple[Decision, ...]:
        return await stages_passed.passed(self._graph, request_id)
