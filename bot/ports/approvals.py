"""What the bot needs around requests that wait for approval: Entra's side, and Usher's memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from bot.domain.approvals import ApprovalCase, Decision
from bot.domain.panels import Panel, PendingRequest


class Approvals(Protocol):
    """Requests and those who may decide them, read with Usher's own permission. Nobody decides through this."""

    async def pending(self) -> tuple[PendingRequest, ...]:
        """Every request that waits for approval, oldest first; one round trip a page."""

    async def requests(self, request_ids: Sequence[str]) -> Mapping[str, PendingRequest | None]:
        """These requests as they are now, None for one that is gone; twenty share a round trip."""

    async def panel(self, request: PendingRequest, stage: int) -> Panel:
        """Who may decide this stage (from 1) and on which terms; no approver where Usher cannot find out who.

        Neither the requestor nor whom the request is for is ever among them.
        """

    async def passed(self, request_id: str) -> tuple[Decision, ...]:
        """The stages that Entra's audit log shows as passed, in their order; minutes late, and for a month. One round trip.

        Each as an approval without its reason, and without a name where the log has none. Raises Forbidden and NotLicensed
        where Usher may not read the log.
        """


class ApprovalCases(Protocol):
    """What Usher remembers of requests that wait, or waited, for approval. One transaction per method."""

    async def open(self, case: ApprovalCase) -> tuple[ApprovalCase, bool]:
        """The one stored case with this id, and whether this call made it."""

    async def case(self, case_id: str) -> ApprovalCase | None:
        """By id."""

    async def waiting(self) -> tuple[ApprovalCase, ...]:
        """Every case that somebody has still to decide or to be told of, the first that Entra denies by itself first."""

    async def about(self, person_id: str) -> tuple[ApprovalCase, ...]:
        """Every case of this person, decided ones included, oldest first."""

    async def amend(self, case_id: str, how: Callable[[ApprovalCase], ApprovalCase]) -> ApprovalCase:
        """`how` applied to the stored case under a row lock; what it returned is stored. Raises NotFound."""
