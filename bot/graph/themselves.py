"""What a person does in Entra in their own name, as `bot.ports.Themselves`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.access import AccessRequest
from bot.domain.approvals import Decision
from bot.domain.reviews.facts import Verdict
from bot.graph import approvals, own_access, review_decisions
from bot.graph.own_token import OwnTokens


class EntraThemselves:
    """`bot.ports.Themselves` on one tenant; every method's claims stand at the port."""

    def __init__(self, tokens: OwnTokens) -> None:
        self._tokens = tokens

    @property
    def configured(self) -> bool:
        """Whether people can sign in at all."""
        return self._tokens.configured

    async def check(self, person_id: str) -> None:
        """Asks Entra for the person's token where none is at hand, and Graph for nothing."""
        async with self._tokens.wire(person_id, approvals.PERMISSION):
            return

    async def waiting_for(self, person_id: str) -> tuple[AccessRequest, ...]:
        """One batch."""
        async with self._tokens.wire(person_id, approvals.PERMISSION) as wire:
            return await approvals.waiting(wire)

    async def decide_request(self, person_id: str, request_id: str, stage: int, *, approve: bool, reason: str) -> None:
        """Looks at the stages, then decides this one if it is the one that waits."""
        async with self._tokens.wire(person_id, approvals.PERMISSION) as wire:
            await approvals.decide(wire, person_id, request_id, stage, approve=approve, reason=reason)

    async def answers(self, person_id: str, request_id: str) -> tuple[Decision, ...]:
        """Reads the stages."""
        async with self._tokens.wire(person_id, approvals.PERMISSION) as wire:
            return await approvals.answers(wire, request_id)

    async def decide_reviews(self, person_id: str, verdicts: Sequence[Verdict]) -> Mapping[str, Exception | None]:
        """Twenty decisions share a round trip."""
        async with self._tokens.wire(person_id, review_decisions.PERMISSION) as wire:
            return await review_decisions.decide(wire, verdicts)

    async def extend_own(
        self, person_id: str, assignment_id: str, *, now: datetime, ends_at: datetime, reason: str
    ) -> str:
        """One request."""
        async with self._tokens.wire(person_id, own_access.PERMISSION) as wire:
            return await own_access.extend(wire, assignment_id, ends_at=ends_at, now=now, reason=reason)
