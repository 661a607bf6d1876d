"""The tenant's guests in numbers: by state, by access package, by the week in which access ends, and how long it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from statistics import median

from bot.domain.access import Assignment
from bot.domain.people import Person

WEEKS = 8
MOST_PACKAGES = 8
STATES = ("accepted", "pending", "blocked", "deleted")


@dataclass(frozen=True, slots=True)
class Report:
    """`guests`: state -> how many. `packages`: name and holders, the most used first; `others` are left out.

    `ends`: the Monday of each of the next weeks and how many accesses end in it. `took`: the median from invite to
    delivered of `delivered` invites, None of none.
    """

    guests: dict[str, int]
    packages: tuple[tuple[str, int], ...]
    others: int
    ends: tuple[tuple[date, int], ...]
    took: timedelta | None
    delivered: int
    holders: int


def state_of(person: Person) -> str:
    """The one state a guest counts under."""
    if person.is_deleted:
        return "deleted"
    if not person.enabled:
        return "blocked"
    return "accepted" if person.has_redeemed else "pending"


def report(
    guests: Iterable[Person],
    assignments: Sequence[Assignment],
    packages: dict[str, str],
    took: Sequence[timedelta],
    *,
    now: datetime,
    zone: tzinfo,
) -> Report:
    """`assignments`: all, those that are over included. `packages`: id -> name, of those that may be looked at."""
    live = [one for one in assignments if one.is_live and one.package_id in packages]
    states = Counter(map(state_of, guests))
    used = Counter(dict.fromkeys(packages, 0)) + Counter(one.package_id for one in live)
    ranked = sorted(packages, key=lambda key: (-used[key], packages[key].casefold(), key))
    return Report(
        guests={state: states[state] for state in STATES},
        packages=tuple((packages[key], used[key]) for key in ranked[:MOST_PACKAGES]),
        others=max(0, len(ranked) - MOST_PACKAGES),
        ends=_ends([one.ends_at for one in live if one.ends_at], now, zone),
        took=timedelta(seconds=median(one.total_seconds() for one in took)) if took else None,
        delivered=len(took),
        holders=len({one.person_id for one in live}),
    )


def _ends(moments: Iterable[datetime], now: datetime, zone: tzinfo) -> tuple[tuple[date, int], ...]:
    """Weeks begin on Monday, where the reader is; the present one counts what is still to come."""
    first = _monday(now, zone)
    counted = Counter(_monday(at, zone) for at in moments if at >= now)
    weeks = (first + timedelta(weeks=number) for number in range(WEEKS))
    return tuple((week, counted[week]) for week in weeks)


def _monday(at: datetime, zone: tzinfo) -> date:
    local = at.astimezone(zone).date()
    return local - timedelta(days=local.weekday())
