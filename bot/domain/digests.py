"""When somebody gets the digest of the access they answer for: as often as they chose, never in their quiet hours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.notices import Ending
from bot.domain.people import Person, Redemption

DAY = 24 * 60
USUAL_TIME = 8 * 60 + 30
USUAL_QUIET = (20 * 60, 7 * 60)
"""From when to when nobody is disturbed who has not chosen hours and whose time zone Teams has told."""

URGENT = 1
"""Days before the end from which on the weekly digest is too late."""


SETTLED_IN = timedelta(days=3)
"""A guest who has not accepted the invitation within this time is one to be told of."""

SAME_AGAIN = timedelta(days=6, hours=12)
"""The same guests who still have not accepted are told of once a week; half a day less, since a digest comes at a fixed hour."""


class Rhythm(StrEnum):
    """How often. Values are stored: never rename one."""

    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose. Times are minutes of the day where they are.

    `quiet`: from when to when they are left in peace, over midnight too; None: nothing chosen, equal ends: never quiet.
    `everything`: about the whole tenant, for those who may see it, instead of the guests they answer for.
    """

    rhythm: Rhythm = Rhythm.DAILY
    at: int = USUAL_TIME
    quiet: tuple[int, int] | None = None
    everything: bool = False

    def quiet_hours(self, *, zone_known: bool) -> tuple[int, int] | None:
        """The hours that hold; whose night is not known has none unless they chose."""
        hours = self.quiet or (USUAL_QUIET if zone_known else None)
        return None if hours is None or hours[0] == hours[1] else hours


def is_quiet(choice: Choice, local: datetime, *, zone_known: bool) -> bool:
    """Whether it is in the quiet hours of who is at this local time."""
    hours = choice.quiet_hours(zone_known=zone_known)
    if hours is None:
        return False
    begins, ends = hours
    minute = local.hour * 60 + local.minute
    return begins <= minute < ends if begins < ends else minute >= begins or minute < ends


def slot(choice: Choice, local: datetime) -> str:
    """The name of the day or week that the latest time for a digest has begun; each has one digest at most."""
    begun = local - timedelta(minutes=choice.at)
    day = begun.date()
    if choice.rhythm is Rhythm.WEEKLY:
        return f"week {day - timedelta(days=day.weekday())}"
    return f"day {day}"


def due(
    choice: Choice, sent: Collection[str], nearest: int, now: datetime, zone: ZoneInfo, *, zone_known: bool
) -> str | None:
    """The slot whose digest is to be sent now, None while there is none to send.

    `sent`: the slots whose digest was sent. `nearest`: the nearest mark of what there is to tell. Of a slot that had
    nothing to tell when it began, the digest comes as soon as there is something.
    """
    local = now.astimezone(zone)
    if choice.rhythm is Rhythm.OFF or is_quiet(choice, local, zone_known=zone_known):
        return None
    usual = slot(choice, local)
    if usual not in sent:
        return usual
    soon = f"soon {local.date()}"
    return soon if choice.rhythm is Rhythm.WEEKLY and nearest <= URGENT and soon not in sent else None


def is_waiting(guest: Person, now: datetime) -> bool:
    """Whether this guest never accepted the invitation, though there was time. Who is blocked cannot, nor who was not invited."""
    invited = guest.is_guest and guest.enabled and guest.redemption is Redemption.PENDING
    return invited and (guest.created_at is None or guest.created_at < now - SETTLED_IN)


def waits_since(guest: Person) -> datetime:
    """From when on this guest is one to be told of; who was invited nobody knows when, for ever."""
    return guest.created_at + SETTLED_IN if guest.created_at else datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NeverAccepted:
    """How many guests wait, and the names of the first of them."""

    count: int = 0
    names: tuple[str, ...] = ()


NOBODY_WAITS = NeverAccepted()


@dataclass(frozen=True, slots=True)
class Told:
    """Of which waiting guests somebody was told last, by id, and when; None: never."""

    guests: frozenset[str] = frozenset()
    at: datetime | None = None

    def calls_for(self, waiting: Collection[str], now: datetime) -> bool:
        """Whether there is something to tell: one is new among them, or the last time was a week ago."""
        if not waiting:
            return False
        return self.at is None or not self.guests.issuperset(waiting) or now - self.at >= SAME_AGAIN

    def calls_for_since(self, latest: datetime, now: datetime) -> bool:
        """The same, where only this is known of those who wait: the latest of them does since then."""
        return self.at is None or latest > self.at or now - self.at >= SAME_AGAIN


@dataclass(frozen=True, slots=True)
class Noticed:
    """One end in a digest. `fresh`: it was not told before."""

    ending: Ending
    mark: int
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may get a digest: what they chose, the slots they had, and the nearest mark they were not told.

    `nearest` None: nothing new, they are here because they want a digest of everything.
    """

    person_id: str
    choice: Choice
    sent: frozenset[str] = frozenset()
    nearest: int | None = None
