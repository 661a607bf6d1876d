"""A request that waits for approval, as Usher follows it: who was asked, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

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
        return _at_next_stage(told, decision.at)

    def overtaken(self) -> ApprovalCase:
        """The case at its next stage, whoever answered the present one: it goes on although the time for that is over."""
        return _at_next_stage(self, self.deadline) if self.is_open and self.stage < self.stages else self

    def explained(self, answers: Iterable[Decision]) -> ApprovalCase:
        """The ended case with answers that were learned late; one that contradicts how it ended is left out."""
        if self.is_open:
            return self
        known = {one.stage for one in self.decisions}
        fitting = [one for one in answers if one.stage not in known and (one.approve or self.fate is Fate.DENIED)]
        return replace(self, decisions=tuple(sorted([*self.decisions, *fitting], key=lambda one: one.stage)))

    def settled(self, fate: Fate, at: datetime) -> ApprovalCase:
        """The case as it ended without an answer that is known; one that is over stays as it is."""
        return replace(self, fate=fate, settled_at=at) if self.is_open else self

    def found_again(self) -> ApprovalCase:
        """The case once Entra lists its request as waiting: one that seemed to be gone goes on, others stay as they are.

        What was decided a moment ago may still be listed. Nobody counts as told: every card said that it was gone.
        """
        if self.fate is not Fate.GONE:
            return self
        return replace(self, fate=Fate.PENDING, settled_at=None, closed=False, told=())

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


def _at_next_stage(case: ApprovalCase, begun_at: datetime) -> ApprovalCase:
    # Read anew at once: who is asked next is not known yet.
    return replace(case, stage=case.stage + 1, begun_at=begun_at, escalated=False, reminded=(), told=())


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
