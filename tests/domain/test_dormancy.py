"""What is not known is never held against a guest; only what Entra tells is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dormancy import STALE, Dormancy, Seen, SignIn, Sleeper, judge
from bot.domain.people import Person, Redemption
from bot.graph.sign_ins import sign_in_of

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
MOMENTS = st.none() | st.timedeltas(timedelta(days=-5), timedelta(days=4000)).map(lambda ago: NOW - ago)
SIGN_INS = st.builds(
    SignIn, st.just(Seen.AT), st.timedeltas(timedelta(0), timedelta(days=4000)).map(lambda ago: NOW - ago)
) | st.sampled_from([SignIn(), SignIn(Seen.NEVER)])
GUESTS = st.builds(
    Person,
    st.just("g"),
    st.just("Guest"),
    is_guest=st.just(True),
    enabled=st.booleans(),
    redemption=st.sampled_from([None, *Redemption]),
    redeemed_at=MOMENTS,
    created_at=MOMENTS,
)
SLEEPERS = st.builds(Sleeper, GUESTS, SIGN_INS, MOMENTS)
DAYS = st.integers(7, 3650)
OLD = Person("g", "Guest", is_guest=True, redemption=Redemption.ACCEPTED, created_at=NOW - timedelta(days=400))
PENDING = replace(OLD, redemption=Redemption.PENDING)


@given(SLEEPERS, DAYS)
def test_an_unknown_sign_in_of_somebody_who_redeemed_is_never_stale(sleeper: Sleeper, days: int) -> None:
    unknown = replace(sleeper, sign_in=SignIn(), guest=replace(sleeper.guest, redemption=Redemption.ACCEPTED))

    assert judge(unknown, days=days, now=NOW) not in STALE


@given(SLEEPERS, DAYS)
def test_who_was_never_invited_has_not_failed_to_accept(sleeper: Sleeper, days: int) -> None:
    unknown = replace(sleeper, sign_in=SignIn(), guest=replace(sleeper.guest, redemption=None))

    assert judge(unknown, days=days, now=NOW) not in STALE


@given(SLEEPERS, DAYS)
def test_nobody_is_stale_with_anything_younger_than_the_days(sleeper: Sleeper, days: int) -> None:
    verdict = judge(sleeper, days=days, now=NOW)

    known = (sleeper.sign_in.at, sleeper.guest.created_at, sleeper.guest.redeemed_at, sleeper.changed_at)
    if any(at is not None and at > NOW - timedelta(days=days) for at in known):
        assert verdict not in STALE


@given(SLEEPERS, DAYS)
def test_never_signed_in_is_said_only_where_entra_tells_so(sleeper: Sleeper, days: int) -> None:
    if judge(sleeper, days=days, now=NOW) is Dormancy.NEVER_SIGNED_IN:
        assert sleeper.sign_in.seen is Seen.NEVER
        assert sleeper.guest.redemption is not Redemption.PENDING


@given(SLEEPERS, DAYS)
def test_silent_is_only_who_signed_in_long_ago(sleeper: Sleeper, days: int) -> None:
    if judge(sleeper, days=days, now=NOW) is Dormancy.SILENT:
        assert sleeper.sign_in.at is not None
        assert sleeper.sign_in.at <= NOW - timedelta(days=days)


@given(SLEEPERS, DAYS)
def test_who_rests_or_is_blocked_or_of_unknown_age_is_never_stale(sleeper: Sleeper, days: int) -> None:
    blocked = replace(sleeper, guest=replace(sleeper.guest, enabled=False))
    ageless = replace(sleeper, guest=replace(sleeper.guest, created_at=None))

    assert judge(sleeper, days=days, now=NOW, resting={"g"}) not in STALE
    assert judge(blocked, days=days, now=NOW) is Dormancy.BLOCKED
    assert judge(ageless, days=days, now=NOW) not in STALE


@given(SLEEPERS, DAYS, DAYS)
def test_who_is_stale_after_more_days_is_stale_after_fewer(sleeper: Sleeper, one: int, other: int) -> None:
    if judge(sleeper, days=max(one, other), now=NOW) in STALE:
        assert judge(sleeper, days=min(one, other), now=NOW) in STALE


@given(
    st.none()
    | st.text()
    | st.dictionaries(
        st.sampled_from(["lastSignInDateTime", "lastSuccessfulSignInDateTime", "lastNonInteractiveSignInDateTime"]),
        st.none() | st.integers() | st.text() | st.just("2026-13-99T00:00:00Z"),
    )
)
def test_whatever_entra_sends_that_is_no_time_is_not_known(activity: object) -> None:
    assert sign_in_of(activity) == SignIn()


def test_the_groups_of_the_plain_cases() -> None:
    long_ago = SignIn(Seen.AT, NOW - timedelta(days=200))
    fresh = SignIn(Seen.AT, NOW - timedelta(days=2))
    cases = {
        Dormancy.SILENT: Sleeper(OLD, long_ago),
        Dormancy.NEVER_SIGNED_IN: Sleeper(OLD, SignIn(Seen.NEVER)),
        Dormancy.UNKNOWN: Sleeper(OLD),
        Dormancy.NEVER_REDEEMED: Sleeper(PENDING),
        Dormancy.ACTIVE: Sleeper(PENDING, fresh),
    }

    assert {judge(one, days=90, now=NOW): one for one in cases.values()} == cases
    reset = Sleeper(PENDING, changed_at=NOW - timedelta(days=1))
    assert judge(reset, days=90, now=NOW) is Dormancy.ACTIVE


def test_only_the_year_one_means_never() -> None:
    zero = "0001-01-01T00:00:00Z"

    assert sign_in_of({"lastSignInDateTime": zero, "lastSuccessfulSignInDateTime": None}) == SignIn(Seen.NEVER)
    assert sign_in_of({"lastSignInDateTime": zero, "lastSuccessfulSignInDateTime": "nonsense"}) == SignIn()
    assert (
        sign_in_of({"lastSignInDateTime": "2026-01-01T00:00:00Z", "lastSuccessfulSignInDateTime": zero}).seen is Seen.AT
    )
    assert sign_in_of({}) == SignIn()
