"""How much longer access may go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import Assignment, AssignmentState
from bot.domain.end_changes import ChangeState, EndChange, change_id
from bot.domain.ends import MOST_DAYS, Ends
from bot.domain.extension import SAME, Obstacle, extend, latest_end, to_latest, usual_days
from bot.domain.packages import Expiration, Policy, Scope

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
ZONES = st.sampled_from(
    [ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/Lima")]
)
UTC_ZONE = ZoneInfo("UTC")


def held(**more: object) -> Assignment:
    one = Assignment(
        "a1", AssignmentState.DELIVERED, "p1", "Invited users package", "ana", ends_at=NOW + timedelta(days=5)
    )
    return replace(one, **more)


def policy(expiration: Expiration) -> Policy:
    return Policy("y1", "All users", Scope.ALL_USERS, expiration=expiration)


FORTNIGHT = policy(Expiration(after=timedelta(days=14)))
POLICIES = st.none() | st.builds(
    policy,
    st.builds(Expiration, after=st.timedeltas(timedelta(hours=1), timedelta(days=5000)))
    | st.builds(lambda days: Expiration(on=NOW + timedelta(days=days)), st.integers(-10, 5000))
    | st.just(Expiration()),
)
WISHES = st.builds(Ends, days=st.integers(-5, 10_000)) | st.builds(Ends, on=st.dates()) | st.just(Ends())
ENDS = st.none() | st.timedeltas(timedelta(days=-30), timedelta(days=4000)).map(lambda away: NOW + away)


@given(ENDS, POLICIES, WISHES, ZONES)
def test_an_extension_is_never_beyond_the_policy_never_earlier_and_never_past(ends_at, rules, wanted, zone):
    comes_to = extend(held(ends_at=ends_at), rules, wanted, now=NOW, zone=zone)

    assert (comes_to.ends_at is None) == (comes_to.obstacle is not None)
    if comes_to.ends_at:
        assert comes_to.ends_at <= latest_end(rules, NOW)
        assert comes_to.ends_at > max(ends_at, NOW)
        assert comes_to.ends_at.microsecond == 0


@given(ENDS, POLICIES, WISHES, ZONES)
def test_what_is_offered_in_place_of_too_long_can_be_done(ends_at, rules, wanted, zone):
    assignment = held(ends_at=ends_at)
    comes_to = extend(assignment, rules, wanted, now=NOW, zone=zone)

    most = to_latest(assignment, rules, now=NOW)

    if comes_to.obstacle is Obstacle.TOO_LONG:
        assert most.obstacle is None
        assert most.ends_at == comes_to.latest
    if most.ends_at:
        assert most.ends_at > ends_at + timedelta(seconds=1)


@given(ENDS.filter(bool), POLICIES, ZONES)
def test_the_days_a_form_proposes_are_allowed(ends_at, rules, zone):
    days = usual_days(rules, ends_at, NOW)

    comes_to = extend(held(ends_at=ends_at), rules, Ends(days=days), now=NOW, zone=zone)

    assert days == 0 or ends_at <= NOW or comes_to.ends_at == (ends_at + timedelta(days=days)).replace(microsecond=0)


@pytest.mark.parametrize(
    ("assignment", "wanted", "obstacle"),
    [
        (held(state=AssignmentState.EXPIRED), Ends(days=3), Obstacle.OVER),
        (held(ends_at=NOW - timedelta(seconds=1)), Ends(days=3), Obstacle.OVER),
        (held(state=AssignmentState.DELIVERING), Ends(days=3), Obstacle.NOT_DELIVERED),
        (held(ends_at=None), Ends(days=3), Obstacle.NEVER_ENDS),
        (held(), Ends(), Obstacle.NO_LENGTH),
        (held(), Ends(on=date(2026, 11, 25)), Obstacle.PAST),
        (held(), Ends(on=date(2026, 11, 28)), Obstacle.NOT_LATER),
        (held(), Ends(days=0), Obstacle.NOT_LATER),
        (held(), Ends(days=10), Obstacle.TOO_LONG),
        (held(), Ends(on=date(9999, 12, 31)), Obstacle.TOO_LONG),
        (held(), Ends(days=MOST_DAYS + 1), Obstacle.TOO_LONG),
        (held(ends_at=NOW + timedelta(days=14)), Ends(days=1), Obstacle.AT_MOST),
    ],
)
def test_what_stands_in_the_way_is_named(assignment, wanted, obstacle):
    comes_to = extend(assignment, FORTNIGHT, wanted, now=NOW, zone=UTC_ZONE)

    assert comes_to.obstacle is obstacle


def test_the_day_on_which_the_policy_runs_out_may_be_named():
    comes_to = extend(held(), FORTNIGHT, Ends(on=date(2026, 12, 10)), now=NOW, zone=UTC_ZONE)

    assert comes_to.ends_at == NOW + timedelta(days=14)


def change(**more: object) -> EndChange:
    old = NOW + timedelta(days=5)
    one = EndChange(
        change_id("a1", old),
        "a1",
        "ana@fabrikam.com",
        "ana",
        "p1",
        "Package",
        old,
        old + timedelta(days=3),
        "alex",
        "Alex",
        NOW,
    )
    return replace(one, **more)


def test_whoever_moves_the_same_access_from_the_same_end_finds_the_first():
    first = change()

    second = first.taken_up(change(by_id="megan", new_end=first.old_end + timedelta(days=9)))

    assert second == first


@pytest.mark.parametrize(
    ("stored", "begins"),
    [
        (change(state=ChangeState.WAITING), False),
        (change(state=ChangeState.DONE, settled_at=NOW), False),
        (change(state=ChangeState.DONE, settled_at=NOW, undone_by="Alex"), True),
        (change(state=ChangeState.DONE, settled_at=NOW - timedelta(days=1)), True),
        (change(state=ChangeState.FAILED, settled_at=NOW), True),
    ],
)
def test_a_change_is_begun_anew_once_it_failed_or_was_taken_back(stored, begins):
    taken = stored.taken_up(change(by_id="megan"))

    assert (taken.by_id, taken.round) == (("megan", 2) if begins else ("alex", 1))


def test_what_is_settled_stays_settled():
    done = change().settled(ChangeState.DONE, NOW, given=NOW + timedelta(days=8))

    again = done.settled(ChangeState.FAILED, NOW + SAME, reason="late")

    assert again == done
