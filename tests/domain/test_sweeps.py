"""Which sweep a run goes on with, and which it begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.sweeps import STALE, begun, taken_up

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_the_first_run_begins_a_sweep():
    mine = taken_up(None, "7", NOW)

    assert mine == begun("7", NOW)


def test_an_unfinished_sweep_goes_on_whoever_began_it():
    left = replace(begun("6", NOW), cursor="0 next", pages=3)

    assert taken_up(left, "7", NOW + timedelta(hours=1)) == left


def test_a_sweep_that_was_left_for_a_day_begins_anew():
    left = replace(begun("6", NOW), cursor="0 next", pages=3)
    later = NOW + STALE + timedelta(seconds=1)

    assert taken_up(left, "7", later) == begun("7", later)


def test_a_clock_that_was_set_back_by_days_begins_anew():
    left = replace(begun("6", NOW), cursor="0 next", pages=3)
    earlier = NOW - timedelta(days=13)

    assert taken_up(left, "7", earlier) == begun("7", earlier)


def test_a_sweep_that_is_over_is_followed_by_that_of_another_slot_only():
    over = replace(begun("7", NOW), over=True)

    assert taken_up(over, "7", NOW) is None
    assert taken_up(over, "8", NOW) == begun("8", NOW)
