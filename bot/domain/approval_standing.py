"""How a request stands by what Entra shows of it and by the clock: its fate, its next stage, the next reminder."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.access import RequestState
from bot.domain.approvals import ApprovalCase, Fate
from bot.domain.panels import PendingRequest

_CLOSE = timedelta(minutes=2)
"""By so much Entra's clock and the moment at which a stage began, as Usher knows it, may differ."""


def fate_of(request: PendingRequest | None, case: ApprovalCase, now: datetime) -> Fate:
    """What a request that no longer waits came to, None standing for one that Entra does not keep any more.

    Entra calls a stage that ran out of time a denial; the moment at which that happened tells it from somebody's.
    A state that is not known ends nothing.
    https://learn.microsoft.com/graph/api/resources/accesspackageassignmentrequest
    """
    if request is None:
        return Fate.GONE
    if request.state is RequestState.DENIED:
        return Fate.EXPIRED if (request.completed_at or now) >= case.deadline - _CLOSE else Fate.DENIED
    return _FATES.get(request.state, Fate.PENDING)


_FATES = {
    RequestState.SUBMITTED: Fate.PENDING,
    RequestState.PENDING_APPROVAL: Fate.PENDING,
    RequestState.CANCELED: Fate.WITHDRAWN,
    RequestState.SCHEDULED: Fate.APPROVED,
    RequestState.DELIVERING: Fate.APPROVED,
    RequestState.DELIVERED: Fate.APPROVED,
    RequestState.PARTIALLY_DELIVERED: Fate.APPROVED,
    RequestState.DELIVERY_FAILED: Fate.APPROVED,
}


_LAG = timedelta(days=1)
"""By so much Entra's automatic denial may come later than the policy says."""


def is_overtaken(case: ApprovalCase, now: datetime) -> bool:
    """Whether a request that still waits must have left its stage: otherwise Entra had denied it by now."""
    return case.is_open and case.stage < case.stages and now >= case.deadline + _LAG


HALF, LAST = "half", "last"
_DAY = timedelta(days=1)


def reminder_due(case: ApprovalCase, now: datetime) -> str:
    """The mark at which the approvers are to be reminded now, "" when none is.

    Half-way to the automatic denial, and a day before it; only the later of two that came due together, none once the
    time is over, and no second one where half of the time is a day or less.
    """
    if not case.is_open or now >= case.deadline:
        return ""
    whole = case.deadline - case.begun_at
    marks = [(HALF, case.begun_at + whole / 2)]
    if whole / 2 > _DAY:
        marks.append((LAST, case.deadline - _DAY))
    come = [mark for mark, at in marks if now >= at]
    return come[-1] if come and come[-1] not in case.reminded else ""
