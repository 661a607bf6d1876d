"""A sponsor who was blocked or deleted: whose guests have nobody now, who is asked to answer for them, and when again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.guest_runs import RunKind, run_id
from bot.domain.people import Person
from bot.domain.sponsors import Sponsored

REMINDED_AFTER = timedelta(days=3)
ADMINS_AFTER = timedelta(days=7)
MISSES = 2
"""So many looks of the schedule in a row must miss somebody before they count as deleted: a directory forgets people for
moments."""


class LeftState(StrEnum):
    """How it stands. Values are stored: never rename one."""

    OPEN = "open"
    DONE = "done"
    BACK = "back"


class Step(StrEnum):
    """What is next to be done about one who left. Values are stored in receipts: never rename one."""

    ASK = "ask"
    REMIND = "remind"
    ADMINS = "admins"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Alone:
    """A guest for whom nobody answers any more."""

    guest_id: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Left:
    """`deleted`: the account is gone, not only blocked. `asked_at` is when the manager was asked, None while nobody was.

    `opened` counts how often somebody had to be found.
    `admins`: administrators were told. `adopted_by` is the name of whoever took the guests, `adoption` the id of the run,
    while that is under way. `shown`: every card of it says that it is over.
    """

    found_at: datetime
    guests: tuple[Alone, ...]
    deleted: bool = False
    state: LeftState = LeftState.OPEN
    asked_id: str = ""
    asked_name: str = ""
    asked_at: datetime | None = None
    reminded: bool = False
    admins: bool = False
    adopted_by: str = ""
    adoption: str = ""
    opened: int = 1
    shown: bool = False


@dataclass(frozen=True, slots=True)
class SponsorBook:
    """What is remembered of one sponsor, because a deleted account tells neither its guests nor its manager."""

    sponsor_id: str
    name: str
    manager_id: str = ""
    guests: tuple[str, ...] = ()
    misses: int = 0
    left: Left | None = None

    @property
    def adoption(self) -> str:
        """The id of the run that hands these guests over just now, "" for none."""
        return self.left.adoption if self.left and self.is_open else ""

    @property
    def next_adoption(self) -> str:
        """The id of the run that the first who adopts these guests begins, whoever that is and however many are left."""
        if self.left is None:
            return ""
        named = f"{self.sponsor_id}-{self.left.found_at.isoformat()}-{self.left.opened}"
        return run_id(named, RunKind.HANDOVER, ())

    def adopted(self, by: str, run: str) -> SponsorBook:
        """While somebody of this name takes the guests, in the run of this id; as it is where nobody has to be found."""
        if self.left is None or not self.is_open:
            return self
        return replace(self, left=replace(self.left, adopted_by=by, adoption=run))

    @property
    def is_to_be_shown(self) -> bool:
        """It is over, and a card may still say something else."""
        return self.left is not None and not (self.is_open or self.left.shown)

    @property
    def is_open(self) -> bool:
        """Somebody still has to answer for the guests of one who left."""
        return self.left is not None and self.left.state is LeftState.OPEN

    def here(self, person: Person, manager_id: str, guests: Sequence[str]) -> SponsorBook:
        """As a look found somebody who can answer; one who had left is back."""
        left = replace(self.left, state=LeftState.BACK) if self.left and self.is_open else self.left
        if left and left.state is LeftState.DONE:
            left = None
        return SponsorBook(self.sponsor_id, person.name, manager_id, tuple(sorted(guests)), 0, left)

    def gone(
        self, person: Person | None, manager_id: str, guests: Sequence[str], *, counts: bool = True
    ) -> SponsorBook:
        """As a look found somebody who cannot: blocked (`person`), or missing (None), once more if the look `counts`."""
        known = tuple(sorted({*self.guests, *guests}))
        if person is None:
            return replace(self, guests=known, misses=min(self.misses + counts, MISSES))
        return replace(self, name=person.name, manager_id=manager_id or self.manager_id, guests=known, misses=0)

    def has_left(self, person: Person | None) -> bool:
        """Whether this counts as having left by now."""
        return (person is not None and not person.enabled) or (person is None and self.misses >= MISSES)

    def found(self, alone: Sequence[Alone], now: datetime, *, deleted: bool, again: bool = False) -> SponsorBook:
        """With those for whom nobody answers as they are now: the first time it begins, without any it is done.

        Once done it is over, so that each leaving is handled once; only an adoption that was taken back opens it `again`,
        on the cards that are there.
        """
        if self.left is None or self.left.state is LeftState.BACK:
            state = LeftState.OPEN if alone else LeftState.DONE
            return replace(self, left=Left(now, tuple(alone), deleted, state))
        if self.left.state is LeftState.DONE and not (again and alone):
            return self
        if not alone:
            return replace(self, left=replace(self.left, state=LeftState.DONE))
        opened = self.left.opened + (self.left.state is LeftState.DONE or bool(self.left.adopted_by))
        left = replace(self.left, state=LeftState.OPEN, guests=tuple(alone), deleted=deleted, opened=opened)
        return replace(self, left=replace(left, adopted_by="", adoption="", shown=False))


def next_step(left: Left, now: datetime) -> Step:
    """The manager first, once more after some days, then administrators, and then nobody: nothing is sent for ever."""
    if left.state is not LeftState.OPEN or left.admins or left.adopted_by:
        return Step.NOTHING
    if left.asked_at is None:
        return Step.ASK
    if now - left.asked_at >= ADMINS_AFTER:
        return Step.ADMINS
    if not left.reminded and now - left.asked_at >= REMINDED_AFTER:
        return Step.REMIND
    return Step.NOTHING


def alone_of(page: Sequence[Sponsored], among: frozenset[str], able: frozenset[str]) -> list[Alone]:
    """Those `among` the guests of a page for whom nobody answers: no sponsor, person or group, is `able`."""
    return [
        Alone(one.guest.id, one.guest.name, one.guest.address or one.guest.upn)
        for one in page
        if one.guest.id in among and not any(sponsor.id in able for sponsor in one.sponsors)
    ]
