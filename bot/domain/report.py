"""The tenant's guests in numbers: by state, by access package, by the week in which access ends, and how long it took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from statistics import median

from bot.domain.people import Person
from bot.domain.tally import Tally

WEEKS = 8
MOST_PACKAGES = 8
STATES = ("accepted", "pending", "blocked", "deleted")


@dataclass(frozen=True, slots=True)
class Report:
    """`guests`: state -> how many. `packages`: name and holders, the most used first; `others` are left out.

    `ends`: the Monday of each of the next weeks and how many accesses end in it. `took`: the median from invite to
    delivered of `delivered` invites, None of none. `accesses`: how many there are, to all packages together.
    """

    guests: dict[str, int]
    packages: tuple[tuple[str, int], ...]
    others: int
    ends: tuple[tuple[date, int], ...]
    took: timedelta | None
    delivered: int
    accesses: int


def state_of(person: Person) -> str:
    """The one state a guest counts under."""
    if person.is_deleted:
        return "deleted"
    if not person.enabled:
        return "blocked"
    return "accepted" if person.has_redeemed else "pending"


def report(
    guests: Iterable[Person],
    tally: Tally,
    packages: dict[str, str],
    took: Sequence[timedelta],
    *,
    now: datetime,
    zone: tzinfo,
) -> Report:
    """`tally`: of all access. `packages`: id -> name, of those that may be looked at."""
    states = Counter(map(state_of, guests))
    used = {package: tally.held.get(package, 0) for package in packages}
    ranked = sorted(packages, key=lambda key: (-used[key], packages[key].casefold(), key))
    return Report(
        guests={state: states[state] for state in STATES},
        packages=tuple((packages[key], used[key]) for key in ranked[:MOST_PACKAGES]),
        others=max(0, len(ranked) - MOST_PACKAGES),
        ends=_ends(tally.ends_of(packages), now, zone),
        took=timedelta(seconds=median(one.total_seconds() for one in took)) if took else None,
        delivered=len(took),
        accesses=sum(used.values()),
    )


def _ends(moments: Mapping[datetime, int], now: datetime, zone: tzinfo) -> tuple[tuple[date, int], ...]:
    """Weeks begin on Monday, where the reader is; the present one counts what was still to come."""
    first, counted = _monday(now, zone), Counter[date]()
    for at, count in moments.items():
        counted[_monday(at, zone)] += count
    weeks = (first + timedelta(weeks=number) for number in range(WEEKS))
    return tuple((week, counted[week]) for week in weeks)


def _monday(at: datetime, zone: tzinfo) -> date:
    local = at.astimezone(zone).date()
    return local - timedelta(days=local.weekday())
