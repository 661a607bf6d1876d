"""What is due to be told of access that ends: which mark, when, and never twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.access import Assignment

HUSHED = -1
"""The mark under which it is remembered that somebody wants to hear no more about this end."""

MORNING = time(9, 0)
"""On the day of a mark nobody is told before this hour, unless the access itself ends earlier in the day."""

OVERDUE = timedelta(days=3)
"""Who could not be told of an end within this time after it is not told any more."""

AHEAD = timedelta(days=2)
"""Ends are looked at this long before their first mark, which is more than time zones can differ."""

_FRESH = timedelta(hours=12)
_BEFORE = timedelta(hours=17)
"""Nine in the morning is at most so long before the same day ends: fifteen hours, and a change of the clocks."""


@dataclass(frozen=True, slots=True)
class Ending:
    """One end of one assignment: another end is another `Ending`. Times are aware UTC, `ends_at` in whole seconds.

    `since`: from when on it could be told: the start of the access, or the moment at which its end was seen to have
    moved to later. None where neither is known.
    """

    assignment_id: str
    ends_at: datetime
    person_id: str
    package_id: str
    package_name: str = ""
    person_name: str = ""
    person_address: str = ""
    since: datetime | None = None


def ending_of(assignment: Assignment) -> Ending | None:
    """The end of an assignment as it is now, None for access without one."""
    if assignment.ends_at is None:
        return None
    return Ending(
        assignment.id,
        assignment.ends_at.replace(microsecond=0),
        assignment.person_id,
        assignment.package_id,
        assignment.package_name,
        assignment.person_name,
        assignment.person_address,
        assignment.starts_at,
    )


def moved(before: Ending, after: Ending, now: datetime) -> Ending:
    """The new end of access whose end was another one: when it was extended, marks before now are passed."""
    return replace(after, since=now) if after.ends_at > before.ends_at else after


def moment(ending: Ending, mark: int, zone: ZoneInfo) -> datetime:
    """When this mark is due: that many days before the end, from nine in the morning of that day in `zone` on."""
    exact = _days_before(ending, mark, zone)
    morning = datetime.combine(exact.astimezone(zone).date(), MORNING, zone).astimezone(UTC)
    return morning if morning < exact and not _is_fresh(ending, morning, zone) else exact


def _days_before(ending: Ending, mark: int, zone: ZoneInfo) -> datetime:
    """The same hour so many days before the end, as the clocks in `zone` show it."""
    return (ending.ends_at.astimezone(zone) - timedelta(days=mark)).astimezone(UTC)


def counts(ending: Ending, mark: int, zone: ZoneInfo) -> bool:
    """Whether this mark is told at all: not on the day the access began or was extended, which would be noise."""
    return not mark or not _is_fresh(ending, _days_before(ending, mark, zone), zone)


def _is_fresh(ending: Ending, at: datetime, zone: ZoneInfo) -> bool:
    if ending.since is None:
        return False
    return at - ending.since < _FRESH or at.astimezone(zone).date() <= ending.since.astimezone(zone).date()


def due(ending: Ending, marks: Sequence[int], now: datetime, zone: ZoneInfo, told: Collection[int] = ()) -> int | None:
    """The mark to tell now, None for none: the passed one nearest to the end, unless it or a nearer one was told.

    `told`: the marks of this very end that this person was told, or for which they said that they want no more.
    """
    if now >= ending.ends_at and (0 not in marks or now - ending.ends_at > OVERDUE):
        return None
    passed = [mark for mark in marks if counts(ending, mark, zone) and moment(ending, mark, zone) <= now]
    nearest = min(passed, default=None)
    if nearest is None or (nearest and now >= ending.ends_at):
        return None
    return None if any(mark <= nearest for mark in told) else nearest


def first_look(ending: Ending, marks: Sequence[int], now: datetime) -> datetime | None:
    """When anything can be due at the earliest, whatever the zone; None when nothing will be any more."""
    if not marks or now > ending.ends_at + OVERDUE:
        return None
    return max(now, ending.ends_at - timedelta(days=max(marks)) - _BEFORE)


def next_look(ending: Ending, marks: Sequence[int], now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the next mark is due after now, None when none is left."""
    coming = [moment(ending, mark, zone) for mark in marks if counts(ending, mark, zone)]
    return min((at for at in coming if at > now), default=None)


def in_use(
    before: Mapping[int, datetime | None] | None, marks: Sequence[int], now: datetime
) -> dict[int, datetime | None]:
    """Mark -> since when it counts (None: always), for the marks set now; `before`: as it was, None where that is not known."""
    return {mark: None if before is None else before.get(mark, now) for mark in marks}


def counting(ending: Ending, marks: Sequence[int], since: Mapping[int, datetime], zone: ZoneInfo) -> tuple[int, ...]:
    """The marks that count for this end: not those that were set only after their moment had passed."""
    return tuple(mark for mark in marks if mark not in since or moment(ending, mark, zone) >= since[mark])


def horizon(marks: Sequence[int]) -> timedelta:
    """How far ahead ends have to be known."""
    return timedelta(days=max(marks, default=0)) + AHEAD


class Audience(StrEnum):
    """As what somebody is told. Values are stored: never rename one."""

    GUEST = "guest"
    SPONSOR = "sponsor"


@dataclass(frozen=True, slots=True)
class Notice:
    """One end told to one person at one mark: the key under which it is told once."""

    ending: Ending
    mark: int
    person_id: str
    audience: Audience
    claimed_at: datetime
