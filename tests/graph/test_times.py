"""Time as Graph spells it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.graph.times import duration, exact_timestamp, iso_duration, moment, timestamp


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-24T18:30:00Z", datetime(2026, 12, 24, 18, 30, tzinfo=UTC)),
        ("2026-12-24T18:30:00.1234567Z", datetime(2026, 12, 24, 18, 30, 0, 123456, tzinfo=UTC)),
        ("2026-12-24T18:30:00+02:00", datetime(2026, 12, 24, 16, 30, tzinfo=UTC)),
        ("2026-12-24T18:30:00", datetime(2026, 12, 24, 18, 30, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        ("2026-02-30T00:00:00Z", None),
        ("9999-12-31T23:59:59-01:00", None),
        ("yesterday", None),
        (None, None),
        (7, None),
    ],
)
def test_a_timestamp_becomes_an_aware_instant_or_nothing(text: object, expected: datetime | None):
    assert moment(text) == expected


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(9000, 1, 1)))  # noqa: DTZ001
def test_what_is_written_is_read_back_to_the_second(at: datetime):
    aware = at.replace(tzinfo=UTC)

    assert moment(timestamp(aware)) == aware.replace(microsecond=0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P14D", timedelta(days=14)),
        ("PT8H", timedelta(hours=8)),
        ("P1Y2M", timedelta(days=425)),
        ("P1W", timedelta(days=7)),
        ("PT1.5S", timedelta(seconds=1)),
        ("30 days, 0:00:00", None),
        ("P", None),
        ("PT", None),
        ("P1DT", None),
        ("", None),
        ("P99999999999999D", None),
        (None, None),
    ],
)
def test_a_duration_becomes_a_length_or_nothing(text: object, expected: timedelta | None):
    assert duration(text) == expected


@given(st.one_of(st.none(), st.text(), st.integers(), st.lists(st.text())))
def test_no_input_breaks_the_readers(anything: object):
    moment(anything)
    duration(anything)


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year >= 1000))
def test_an_exact_moment_is_read_back_as_it_was(at: datetime):
    assert moment(exact_timestamp(at)) == at


@given(st.integers(min_value=0, max_value=10**9))
def test_a_length_is_read_back_as_it_was(seconds: int):
    assert duration(iso_duration(timedelta(seconds=seconds))) == timedelta(seconds=seconds)
