"""A request that waits for approval, as Usher follows it: who was asked, what became of it, when to remind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.access import RequestState
from bot.domain.panels import Approver, Panel, PendingRequest


class Fate(StrEnum):
    """How a request stands. Values are stored: never rename one."""

    PENDING = "pending"
    APPROVED = "approved"
    DENIED = "denied"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Decision:
    """One stage's answer. `by_name` "" when it was given elsewhere and Entra does not tell by whom."""

    stage: int
    approve: bool
    by_id: str
    by_name: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ApprovalCase:
    """Usher's memory of one request: `id` is that of the request, `asked` everybody who was asked, of all stages.

    `asked_at`: when it was asked, `begun_at` when its present stage began; `deadline`: when Entra denies by itself. `reminded` are the marks of this stage that were told, `told` the ids of its
    approvers who were; `closed`: the outcome was told. `looked_at`: when the approvers were last read.
    """

    id: str
    kind: str
    package_id: str
    package_name: str
    person_id: str
    person_name: str
    person_address: str
    asked_at: datetime
    begun_at: datetime
    deadline: datetime
    looked_at: datetime
    requestor_id: str = ""
    requestor_name: str = ""
    is_guest: bool = False
    justification: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    sponsors: tuple[str, ...] = ()
    ends_at: datetime | None = None
    lasts: timedelta | None = None
    stage: int = 1
    stages: int = 1
    needs_reason: bool = False
    escalated: bool = False
    asked: tuple[Approver, ...] = ()
    fate: Fate = Fate.PENDING
    decisions: tuple[Decision, ...] = ()
    settled_at: datetime | None = None
    reminded: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    closed: bool = False

    @property
    def is_open(self) -> bool:
        """Somebody has still to decide."""
        return self.fate is Fate.PENDING

    @property
    def is_done(self) -> bool:
        """Decided, and everybody concerned was told."""
        return not self.is_open and self.closed

    @property
    def approvers(self) -> tuple[Approver, ...]:
        """Who may decide the present stage."""
        return tuple(one for one in self.asked if one.stage == self.stage)

    @property
    def untold(self) -> tuple[Approver, ...]:
        """Who may decide the present stage and was not asked yet."""
        return tuple(one for one in self.approvers if one.id not in self.told)

    def approver(self, person_id: str) -> Approver | None:
        """What this person was last asked as."""
        return next((one for one in reversed(self.asked) if one.id == person_id), None)

    def decision(self, stage: int) -> Decision | None:
        """The answer of a stage."""
        return next((one for one in self.decisions if one.stage == stage), None)

    @property
    def last(self) -> Decision | None:
        """The answer that ended it, or the newest so far. None for an end whose answer is not known.

        An earlier stage's approval is nobody's denial, and not the last word of a request with more stages.
        """
        newest = self.decisions[-1] if self.decisions else None
        if newest is None or self.is_open:
            return newest
        ended = Fate.DENIED if not newest.approve else Fate.APPROVED if newest.stage >= self.stages else None
        return newest if ended is self.fate else None

    def decided(self, decision: Decision) -> ApprovalCase:
        """The case with this answer: a denial and the last approval end it, others lead to the next stage.

        What was answered already stays as it was.
        """
        if not self.is_open or decision.stage != self.stage or self.decision(decision.stage):
            return self
        told = replace(self, decisions=(*self.decisions, decision))
        if not decision.approve:
            return replace(told, fate=Fate.DENIED, settled_at=decision.at)
        if self.stage >= self.stages:
            return replace(told, fate=Fate.APPROVED, settled_at=decision.at)
        # Read anew at once: who is asked next is not known yet.
        return replace(told, stage=self.stage + 1, begun_at=decision.at, escalated=False, reminded=(), told=())

    def settled(self, fate: Fate, at: datetime) -> ApprovalCase:
        """The case as it ended without an answer that is known; one that is over stays as it is."""
        return replace(self, fate=fate, settled_at=at) if self.is_open else self

    def found_again(self) -> ApprovalCase:
        """The case once Entra lists its request as waiting: one that seemed to be gone goes on, others stay as they are.

        What was decided a moment ago may still be listed.
        """
        if self.fate is not Fate.GONE:
            return self
        return replace(self, fate=Fate.PENDING, settled_at=None, closed=False)

    def asking(self, panel: Panel, *, escalated: bool, now: datetime) -> ApprovalCase:
        """The case with those who may decide its present stage; who was asked at earlier ones stays among `asked`."""
        fresh = tuple(replace(one, stage=self.stage) for one in panel.approvers)
        kept = tuple(one for one in self.asked if one.stage != self.stage)
        return replace(
            self,
            asked=(*kept, *fresh),
            stages=max(panel.stages, self.stage),
            deadline=self.begun_at + panel.answer_within,
            needs_reason=panel.needs_reason,
            escalated=escalated,
            looked_at=now,
        )


def opened(request: PendingRequest, panel: Panel, now: datetime) -> ApprovalCase:
    """The case of a request that was not known yet, at its first stage."""
    begun = request.created_at or now
    case = ApprovalCase(
        id=request.id,
        kind=request.kind,
        package_id=request.package_id,
        package_name=request.package_name,
        person_id=request.person_id,
        person_name=request.person_name,
        person_address=request.person_address,
        asked_at=begun,
        begun_at=begun,
        deadline=begun + panel.answer_within,
        looked_at=now,
        requestor_id=request.requestor_id,
        requestor_name=request.requestor_name,
        is_guest=panel.is_guest,
        justification=request.justification,
        answers=panel.answers,
        sponsors=panel.sponsors,
        ends_at=panel.ends_at,
        lasts=panel.lasts,
    )
    return case.asking(panel, escalated=request.is_escalated, now=now)


_CLOSE = timedelta(minutes=2)
"""By so much Entra's clock and the moment at which a stage began, as Usher knows it, may differ."""


def fate_of(request: PendingRequest | None, case: ApprovalCase, now: datetime) -> Fate:
    """What a request that no longer waits came to, None standing for one that Entra does not keep any more.

    Entra calls a stage that ran out of time a denial; the moment at which that happened tells it from somebody's.
    """
    if request is None:
        return Fate.GONE
    match request.state:
        case RequestState.PENDING_APPROVAL | RequestState.SUBMITTED:
            return Fate.PENDING
        case RequestState.DENIED:
            return Fate.EXPIRED if (request.completed_at or now) >= case.deadline - _CLOSE else Fate.DENIED
        case RequestState.CANCELED:
            return Fate.WITHDRAWN
        case _:
            return Fate.APPROVED


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
