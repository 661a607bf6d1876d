"""Which access ends soon, and how much of it in which week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.access import Assignment

USUAL_DAYS = 14
MOST_DAYS = 365
MOST_WEEKS = 8


@dataclass(frozen=True, slots=True)
class EndingWeek:
    """How much access ends from `first` to `last`, both included; in the last week of a long list `last` is far."""

    first: date
    last: date
    count: int


def soon(held: Iterable[Assignment], now: datetime, days: int, zone: ZoneInfo) -> tuple[Assignment, ...]:
    """The access that ends from now to the end of the day in `days` days, the next to end first."""
    last = now.astimezone(zone).date() + timedelta(days=days)
    ending = [
        one
        for one in held
        if one.is_live and one.ends_at and one.ends_at > now and one.ends_at.astimezone(zone).date() <= last
    ]
    return tuple(sorted(ending, key=lambda one: (one.ends_at, one.person_name, one.id)))


def whole_weeks(ends: Mapping[datetime, int], now: datetime, days: int, zone: ZoneInfo) -> tuple[EndingWeek, ...]:
    """As `weeks`, of moments that stand for many ends each: from today, always to a Sunday, at most eight."""
    today = now.astimezone(zone).date()
    monday, last = today - timedelta(days=today.weekday()), today + timedelta(days=days)
    counted = Counter[date]()
    for at, count in ends.items():
        day = at.astimezone(zone).date()
        counted[day - timedelta(days=day.weekday())] += count
    mondays = (monday + timedelta(weeks=number) for number in range(MOST_WEEKS))
    return tuple(
        EndingWeek(max(first, today), first + timedelta(days=6), counted[first]) for first in mondays if first <= last
    )


def weeks(ending: Iterable[Assignment], now: datetime, days: int, zone: ZoneInfo) -> tuple[EndingWeek, ...]:
    """Calendar weeks, Monday to Sunday, from today to the day in `days` days; at most eight, the last takes the rest."""
    today = now.astimezone(zone).date()
    last = today + timedelta(days=days)
    ends = [one.ends_at.astimezone(zone).date() for one in ending if one.ends_at]
    found: list[EndingWeek] = []
    first = today
    while first <= last:
        sunday = first + timedelta(days=6 - first.weekday())
        until = last if len(found) == MOST_WEEKS - 1 else min(sunday, last)
        found.append(EndingWeek(first, until, sum(first <= day <= until for day in ends)))
        first = until + timedelta(days=1)
    return tuple(found)
