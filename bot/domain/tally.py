"""Count access while it is read page by page: by state, by access package, and by the week in which it ends."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.access import Assignment, AssignmentState

#: Ends are counted for so many weeks from the one in which the counting began.
WEEKS_AHEAD = 10
NEXT = 200
_QUARTER = 15


@dataclass(slots=True)
class Tally:
    """Small however many rows were counted: it grows with packages and weeks, not with people.

    `states`: state -> how many. `held`: package id -> how many hold it now. `ends`: package id -> moment (see
    `cell`) -> how many of these end then. `next`: the delivered access that ends next, at most `NEXT` of it.
    """

    states: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    ends: dict[str, dict[str, int]] = field(default_factory=dict)
    next: list[Assignment] = field(default_factory=list)

    def count(self, rows: Sequence[Assignment], began_at: datetime) -> None:
        """`rows` are counted in, once each: whoever keeps the cursor keeps this with it."""
        last = began_at + timedelta(weeks=WEEKS_AHEAD)
        states, held, ends = self.states, self.held, self.ends
        for row in rows:
            state, package = row.state, row.package_id
            states[state] = states.get(state, 0) + 1
            if state is AssignmentState.EXPIRED:
                continue
            held[package] = held.get(package, 0) + 1
            at = row.ends_at
            if at is not None and began_at <= at < last:
                of_package = ends.setdefault(package, {})
                name = cell(at)
                of_package[name] = of_package.get(name, 0) + 1
        self._remember(rows, began_at)

    def _remember(self, rows: Sequence[Assignment], began_at: datetime) -> None:
        latest = self.next[-1].ends_at if len(self.next) == NEXT else None
        sooner = [
            row
            for row in rows
            if row.state is AssignmentState.DELIVERED
            and row.ends_at is not None
            and row.ends_at >= began_at
            and (latest is None or row.ends_at < latest)
        ]
        if sooner:
            self.next = heapq.nsmallest(NEXT, [*self.next, *sooner], key=lambda one: (one.ends_at, one.id))

    def covers(self, until: datetime) -> bool:
        """Whether `next` holds all delivered access that ends before `until`."""
        last = self.next[-1].ends_at if len(self.next) == NEXT else None
        return last is None or last >= until

    def ends_of(self, packages: Iterable[str]) -> Mapping[datetime, int]:
        """Moment -> how many accesses to these packages end then, to be put into weeks of any time zone."""
        found: dict[datetime, int] = {}
        for package in packages:
            for name, count in self.ends.get(package, {}).items():
                at = datetime.fromisoformat(name)
                found[at] = found.get(at, 0) + count
        return found


def cell(at: datetime) -> str:
    """A moment, as ISO text, that lies in the same week (Monday to Sunday) as `at` wherever on Earth the reader is.

    Zones differ from UTC by quarters of an hour, at most 12 hours behind and 14 ahead: within that distance of
    Monday 0:00 UTC the quarter of an hour decides the week, elsewhere the week is the same for all.
    """
    at = at.astimezone(UTC)
    day, hour = at.weekday(), at.hour
    if (day == 6 and hour >= 10) or (day == 0 and hour < 12):
        return f"{at.date().isoformat()}T{hour:02}:{at.minute // _QUARTER * _QUARTER:02}+00:00"
    wednesday = at.date() + timedelta(days=2 - day)
    return f"{wednesday.isoformat()}T12:00+00:00"
