"""What a person does in Entra in their own name: with their own token, never with Usher's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.access import AccessRequest
from bot.domain.approvals import Decision
from bot.domain.reviews.facts import Verdict


class Themselves(Protocol):
    """Microsoft Graph as one person sees it; `person_id` is whose token is used, and must be whoever asked.

    Every method raises SignInNeeded when that person has no token yet (`why` says what is missing), and Usher then
    asks them to sign in and repeats the turn by itself. An error that the person is shown speaks to them.
    """

    @property
    def configured(self) -> bool:
        """Whether people can sign in at all; without it every method raises SignInNeeded with `why` "off"."""

    async def check(self, person_id: str) -> None:
        """This person can act in their own name just now."""

    async def waiting_for(self, person_id: str) -> tuple[AccessRequest, ...]:
        """The requests that this person is asked to decide, oldest first; one round trip."""

    async def decide_request(self, person_id: str, request_id: str, stage: int, *, approve: bool, reason: str) -> None:
        """This stage of the request, the first being 1, is decided by this person; two round trips.

        Safe to repeat: the same decision by the same person counts as made, and no later stage is decided. Raises AlreadyDecided when somebody was
        faster or the time was over, NotAsked when it does not wait for this person, NotFound for an unknown request,
        Rejected when the policy wants a reason and none was given, Ambiguous when no answer came.
        """

    async def answers(self, person_id: str, request_id: str) -> tuple[Decision, ...]:
        """What was answered at the stages of a request that asks, or asked, this person, in their order.

        One round trip. Raises NotAsked and NotFound as `decide_request` does.
        """

    async def decide_reviews(self, person_id: str, verdicts: Sequence[Verdict]) -> Mapping[str, Exception | None]:
        """Item id -> None where the decision stands, otherwise the UsherError that says why not: NotAsked, NotFound,
        Rejected when the review is over or wants a reason, Transient when no answer came. Safe to repeat. A round trip
        for each twenty.
        """

    async def extend_own(
        self, person_id: str, assignment_id: str, *, now: datetime, ends_at: datetime, reason: str
    ) -> str:
        """A request of this person to extend their own access is under way; its id.

        Raises AlreadyThere while another request for it is open, NotFound when it is over, Rejected when its policy does
        not let people extend it themselves, Ambiguous when no answer came.
        """
