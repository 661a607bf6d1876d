"""Which access ends soon, and in which week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import Assignment, AssignmentState
from bot.domain.expiring import MOST_DAYS, MOST_WEEKS, soon, weeks, whole_weeks

NOW = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
ZONES = st.sampled_from([ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Kiritimati")])
HELD = st.lists(
    st.builds(
        Assignment,
        id=st.uuids().map(str),
        state=st.sampled_from(AssignmentState),
        package_id=st.just("p1"),
        package_name=st.just("P"),
        person_id=st.just("ana"),
        ends_at=st.none() | st.timedeltas(timedelta(days=-9), timedelta(days=400)).map(lambda away: NOW + away),
    ),
    max_size=30,
)


@given(HELD, st.integers(1, MOST_DAYS), ZONES)
def test_whatever_is_listed_is_live_ahead_within_the_days_and_the_next_to_end_comes_first(held, days, zone):
    listed = soon(held, NOW, days, zone)

    assert all(one.is_live and NOW < one.ends_at <= NOW + timedelta(days=days + 1) for one in listed)
    assert list(listed) == sorted(listed, key=lambda one: one.ends_at)


@given(HELD, st.integers(1, MOST_DAYS), ZONES)
def test_every_listed_end_is_in_one_week_of_the_chart(held, days, zone):
    listed = soon(held, NOW, days, zone)

    chart = weeks(listed, NOW, days, zone)

    assert sum(week.count for week in chart) == len(listed)
    assert len(chart) <= MOST_WEEKS
    assert all(later.first == week.last + timedelta(days=1) for week, later in pairwise(chart))
    assert all(week.first.weekday() == 0 for week in chart[1:])


@given(HELD, st.integers(1, 60), ZONES)
def test_whole_weeks_count_what_the_weeks_count_and_the_rest_of_the_last_one(
    held: list[Assignment], days: int, zone: ZoneInfo
):
    ends = [one.ends_at for one in held if one.ends_at and one.ends_at > NOW]

    whole = whole_weeks({at: ends.count(at) for at in ends}, NOW, days, zone)

    for week in whole:
        assert week.count == sum(week.first <= at.astimezone(zone).date() <= week.last for at in ends)
        assert week.last.weekday() == 6
    assert whole[0].first == NOW.astimezone(zone).date()
    assert len(whole) <= MOST_WEEKS
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(whole))
