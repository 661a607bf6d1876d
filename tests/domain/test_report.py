"""The numbers of a report count what is there, in the reader's own weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import Assignment, AssignmentState
from bot.domain.report import MOST_PACKAGES, WEEKS, Report, report
from bot.domain.tally import Tally

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
PACKAGES = {f"p{number}": f"Package {number}" for number in range(MOST_PACKAGES + 2)}


def held(number: int, package: str = "p1", *, ends: datetime | None = None, over: bool = False) -> Assignment:
    state = AssignmentState.EXPIRED if over else AssignmentState.DELIVERED
    return Assignment(f"a{number}", state, package, "", f"person {number}", ends_at=ends)


def told(*assignments: Assignment, took: tuple[timedelta, ...] = (), zone: str = "UTC") -> Report:
    tally = Tally()
    tally.count(assignments, NOW)
    return report((), tally, PACKAGES, took, now=NOW, zone=ZoneInfo(zone))


def test_the_most_used_packages_come_first_and_the_rest_is_counted() -> None:
    seen = told(held(1), held(2), held(3, "p9"), held(4, over=True), held(5, "not mine"))

    assert seen.packages[:3] == (("Package 1", 2), ("Package 9", 1), ("Package 0", 0))
    assert (len(seen.packages), seen.others, seen.accesses) == (MOST_PACKAGES, 2, 3)


def test_ends_are_counted_by_week_from_now_on() -> None:
    ends = [
        NOW - timedelta(minutes=1),
        NOW + timedelta(days=1),
        datetime(2026, 11, 29, 23, 59, tzinfo=UTC),
        datetime(2026, 11, 30, tzinfo=UTC),
        NOW + timedelta(weeks=WEEKS),
    ]

    seen = told(*(held(number, ends=end) for number, end in enumerate(ends)))

    assert seen.ends[:3] == ((date(2026, 11, 23), 2), (date(2026, 11, 30), 1), (date(2026, 12, 7), 0))
    assert (len(seen.ends), sum(count for _, count in seen.ends)) == (WEEKS, 3)


def test_a_week_begins_where_the_reader_is() -> None:
    sunday_night = held(1, ends=datetime(2026, 11, 29, 23, 30, tzinfo=UTC))

    assert told(sunday_night, zone="Europe/Berlin").ends[1] == (date(2026, 11, 30), 1)


def test_a_slow_invite_does_not_move_the_median() -> None:
    assert told(took=(timedelta(hours=1), timedelta(hours=3), timedelta(days=40))).took == timedelta(hours=3)
    assert told().took is None


@given(st.lists(st.integers(0, 5), max_size=20))
def test_every_live_access_is_counted_once(packages: list[int]) -> None:
    seen = told(*(held(number, f"p{package}") for number, package in enumerate(packages)))

    assert sum(count for _, count in seen.packages) == len(packages)
