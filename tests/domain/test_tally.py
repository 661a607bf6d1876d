"""Access is counted page by page, and the weeks come out the same for every reader's time zone."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import Assignment, AssignmentState
from bot.domain.tally import WEEKS_AHEAD, Tally, cell

NOW = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
ZONES = st.integers(-48, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
MOMENTS = st.integers(-400_000, 1_200_000).map(lambda minutes: NOW + timedelta(minutes=minutes))
ROWS = st.lists(
    st.builds(
        Assignment,
        id=st.uuids().map(str),
        state=st.sampled_from(AssignmentState),
        package_id=st.sampled_from(["p1", "p2"]),
        package_name=st.just("P"),
        person_id=st.just("ana"),
        ends_at=st.none() | MOMENTS,
    ),
    max_size=30,
)


def monday(at: datetime, zone: timezone) -> str:
    local = at.astimezone(zone).date()
    return (local - timedelta(days=local.weekday())).isoformat()


@given(MOMENTS, ZONES)
def test_a_cell_lies_in_the_same_week_for_every_reader(at: datetime, zone: timezone):
    assert monday(datetime.fromisoformat(cell(at)), zone) == monday(at, zone)


@given(ROWS, st.integers(1, 7), ZONES)
def test_pages_count_as_all_rows_do(rows: list[Assignment], size: int, zone: timezone):
    tally = Tally()

    for start in range(0, len(rows), size):
        tally.count(rows[start : start + size], NOW)

    live = [one for one in rows if one.is_live]
    last = NOW + timedelta(weeks=WEEKS_AHEAD)
    weeks = Counter(monday(one.ends_at, zone) for one in live if one.ends_at and NOW <= one.ends_at < last)
    counted: Counter[str] = Counter()
    for at, count in tally.ends_of(["p1", "p2"]).items():
        counted[monday(at, zone)] += count
    assert counted == weeks
    assert tally.states == Counter(one.state for one in rows)
    assert tally.held == Counter(one.package_id for one in live)


@given(ROWS, st.integers(1, 7), st.integers(0, 700))
def test_what_ends_next_is_remembered_whatever_the_pages(rows: list[Assignment], size: int, days: int):
    tally = Tally()
    with patch("bot.domain.tally.NEXT", 5):
        for start in range(0, len(rows), size):
            tally.count(rows[start : start + size], NOW)
        covered = tally.covers(NOW + timedelta(days=days))

    held = [one for one in rows if one.state is AssignmentState.DELIVERED and one.ends_at and one.ends_at >= NOW]
    ordered = sorted(held, key=lambda one: (one.ends_at, one.id))
    before = [one for one in ordered if one.ends_at and one.ends_at < NOW + timedelta(days=days)]
    assert [one.ends_at for one in tally.next] == [one.ends_at for one in ordered[:5]]
    assert not covered or {one.id for one in before} <= {one.id for one in tally.next}
    assert covered or len(ordered) >= 5
