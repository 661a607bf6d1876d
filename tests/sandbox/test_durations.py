"""ISO 8601 durations."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.duration import parse


@given(days=st.integers(0, 400), hours=st.integers(0, 23), minutes=st.integers(0, 59), seconds=st.integers(0, 59))
def test_days_and_times_add_up(days, hours, minutes, seconds):
    text = f"P{days}DT{hours}H{minutes}M{seconds}S"

    assert parse(text) == timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


@pytest.mark.parametrize("text", ["", "P", "PT", "14D", "P1DT", "30 days, 0:00:00", "P-1D", "P1H"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match="duration"):
        parse(text)
