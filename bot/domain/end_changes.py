"""A change of the end of one assignment, from the press that asked for it to what became of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.extension import SAME

_NAMESPACE = uuid.UUID("6a3c1d52-6a1f-5f0e-9a58-0f3f9bb5d9c4")


READING = timedelta(minutes=1)
"""What somebody read of an end is not older than this when they act on it."""


class ChangeState(StrEnum):
    """How a change stands. Values are stored: never rename one."""

    BEGUN = "begun"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class EndChange:
    """Asked for once: whoever else wants to move the same assignment from the same end finds this one.

    `key` is the turn that asked. `old_end` and `new_end` are what was and what is wanted; `given` what Entra made of it. `undoes` is the id of the
    change that this one takes back, `undone_by` the name of whoever took this one back. `round` counts how often it
    was begun, `asked_at` when Entra was last asked, `request_id` its request where the answer arrived. `own`: its holder asks with their own token.
    """

    id: str
    assignment_id: str
    address: str
    person_id: str
    package_id: str
    package_name: str
    old_end: datetime
    new_end: datetime
    by_id: str
    by_name: str
    begun_at: datetime
    key: str = ""
    invite_id: str = ""
    state: ChangeState = ChangeState.BEGUN
    round: int = 1
    asked_at: datetime | None = None
    request_id: str = ""
    given: datetime | None = None
    reason: str = ""
    undoes: str = ""
    undone_by: str = ""
    settled_at: datetime | None = None
    own: bool = False

    @property
    def is_over(self) -> bool:
        """Nothing more is expected of it."""
        return self.state in (ChangeState.DONE, ChangeState.FAILED)

    @property
    def act(self) -> str:
        """What the record calls it."""
        return "take an extension back" if self.undoes else "extend"

    @property
    def ends_at(self) -> datetime:
        """The end it led to, or is to lead to."""
        return self.given or self.new_end

    def settled(
        self, state: ChangeState, now: datetime, *, reason: str = "", given: datetime | None = None
    ) -> EndChange:
        """The change as it ended; one that is over stays as it is."""
        if self.is_over:
            return self
        return replace(self, state=state, reason=reason, given=given, settled_at=now)

    def taken_up(self, new: EndChange) -> EndChange:
        """The stored change once `new`, with the same id, is wanted: begun anew when it is over, otherwise as it is.

        Whoever wants the same again although it was done either read the end before it moved, or long after: then it
        was taken back.
        """
        if not self.is_over or (self._just_done(new.begun_at) and not self.undone_by):
            return self
        return replace(new, round=self.round + 1)

    def _just_done(self, now: datetime) -> bool:
        return self.state is ChangeState.DONE and now - (self.settled_at or now) < READING


def change_id(assignment_id: str, old_end: datetime) -> str:
    """The one id of whatever moves this assignment from this end."""
    return str(uuid.uuid5(_NAMESPACE, f"{assignment_id}|{int(old_end.timestamp())}"))


def is_same(one: datetime | None, other: datetime | None) -> bool:
    """Whether two ends are the same to the second."""
    return one is not None and other is not None and abs(one - other) < SAME
