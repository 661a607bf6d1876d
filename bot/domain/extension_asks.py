"""A guest asks to keep an access, once for each end of it, and somebody who may decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.end_changes import change_id


class AskState(StrEnum):
    """How a guest's question stands. Values are stored: never rename one."""

    ASKED = "asked"
    EXTENDED = "extended"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked: a user of the tenant."""

    id: str
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ExtensionAsk:
    """Asked once for this assignment and this end; whoever of `asked` decides first decides for all.

    `days` is what the cards propose, `latest` the last end the policy allowed when the guest asked. `new_end` is the
    end that a decision led to. `key` is the turn that asked, `language` and `time_zone` the guest's.
    """

    id: str
    assignment_id: str
    person_id: str
    person_name: str
    address: str
    package_id: str
    package_name: str
    ends_at: datetime
    latest: datetime
    days: int
    asked: tuple[Asked, ...]
    asked_at: datetime
    key: str = ""
    reason: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    state: AskState = AskState.ASKED
    by_id: str = ""
    by_name: str = ""
    decided_at: datetime | None = None
    new_end: datetime | None = None

    @property
    def change_id(self) -> str:
        """The id of the change of the end that would answer it."""
        return self.id.removeprefix("ask-")

    @property
    def decision(self) -> str:
        """What is the same for as long as the decision is."""
        return f"{self.id}:{self.state.value}:{self.decided_at:%Y%m%dT%H%M%S}" if self.decided_at else self.id

    def extended(self, by_id: str, by_name: str, new_end: datetime, now: datetime) -> ExtensionAsk:
        """The access goes on, also when somebody had let it end before; a later end by another hand is not told again."""
        if self.state is AskState.EXTENDED:
            return self
        return replace(self, state=AskState.EXTENDED, by_id=by_id, by_name=by_name, new_end=new_end, decided_at=now)

    def let_end(self, by_id: str, by_name: str, now: datetime) -> ExtensionAsk:
        """Somebody lets the access end; what was decided before stays."""
        if self.state is not AskState.ASKED:
            return self
        return replace(self, state=AskState.ENDING, by_id=by_id, by_name=by_name, decided_at=now)

    def taken_back(self, by_id: str, by_name: str, now: datetime) -> ExtensionAsk:
        """The extension was taken back: the access ends as it was to."""
        if self.state is not AskState.EXTENDED:
            return self
        return replace(self, state=AskState.ENDING, by_id=by_id, by_name=by_name, new_end=None, decided_at=now)


def ask_id(assignment_id: str, ends_at: datetime) -> str:
    """The one id of whatever is asked about this assignment and this end."""
    return f"ask-{change_id(assignment_id, ends_at)}"


def ask_of(change: str) -> str:
    """The id of the question that a change of an end answers, if one was asked."""
    return f"ask-{change}"
