from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards import when

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)


def test_a_day_is_the_one_in_the_readers_zone() -> None:
    assert when.day(NOW, "UTC") == "23 November 2026"
    assert when.day(NOW, "Europe/Berlin") == "24 November 2026"


def test_a_moment_names_utc_only_where_the_zone_is_not_the_readers_own() -> None:
    assert when.moment(NOW, "America/New_York") == "23 November 2026 at 18:30"
    assert when.moment(NOW) == "23 November 2026 at 23:30 UTC"


@pytest.mark.parametrize(
    ("days", "expected"),
    [(14, "in 14 days"), (1, "tomorrow"), (0, "today"), (-1, "yesterday"), (-3, "3 days ago")],
)
def test_near_days_are_told_from_today(days: int, expected: str) -> None:
    assert when.relative(NOW + timedelta(days=days), NOW) == expected


def test_tomorrow_begins_at_midnight_in_the_readers_zone() -> None:
    soon = NOW + timedelta(hours=1)

    assert when.relative(soon, NOW, "UTC") == "tomorrow"
    assert when.relative(soon, NOW, "Europe/Berlin") == "today"


@given(st.text(max_size=40) | st.sampled_from(["", "..", "/etc/passwd", "Nowhere/City", "\x00", "Europe"]))
def test_any_zone_a_client_sends_gives_a_time(name: str) -> None:
    assert when.moment(NOW, name)
