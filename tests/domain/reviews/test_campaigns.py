"""The course of a review as Usher follows it, and who is asked about whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reviews.campaigns import (
    HALF_TIME,
    LAST_DAY,
    Campaign,
    CampaignState,
    Kind,
    asked,
    campaign_id,
    is_ours,
)
from bot.domain.reviews.facts import (
    Advice,
    Decision,
    Item,
    Reviewer,
    Round,
    RoundRef,
    Series,
    Standing,
    Unanswered,
    standing,
    tally,
)

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
REF = RoundRef("d1", "i1")
ONE = Campaign("c1", "p1", "Invited users package", "g1", NOW, by_id="alex", asks=(("ben", ("adele",)),))
OPEN = replace(ONE, state=CampaignState.OPEN, starts_at=NOW, ends_at=NOW + timedelta(days=10))
PEOPLE = st.sampled_from(["alex", "adele", "lee", "ben", "ana"])


def item(person: str = "ben", **more: object) -> Item:
    return replace(Item(f"item-{person}", REF, person, person.title()), **more)


@given(
    st.sampled_from([Kind.PEOPLE, Kind.SPONSORS, Kind.MANAGERS]),
    st.lists(PEOPLE, max_size=3),
    st.lists(PEOPLE, max_size=5),
    st.dictionaries(PEOPLE, st.lists(PEOPLE, max_size=3)),
    PEOPLE,
)
def test_nobody_is_ever_asked_about_themselves_and_hardly_anybody_is_forgotten(kind, named, reviewed, known, starter):
    asks = asked(kind, [Reviewer(one) for one in named], reviewed, known, starter)

    campaign = replace(ONE, asks=asks, by_id=starter)
    assert [person for person, _ in asks] == list(dict.fromkeys(reviewed))
    for person, reviewers in asks:
        assert person not in reviewers
        assert len(set(reviewers)) == len(reviewers)
        assert reviewers or person == starter
        assert not campaign.may_decide(person, item(person))


def test_whoever_is_not_asked_about_somebody_cannot_decide_about_them():
    assert OPEN.may_decide("adele", item())
    assert not OPEN.may_decide("lee", item())


def test_where_only_entra_knows_everybody_else_may_try():
    elsewhere = replace(OPEN, asks=(), kind=Kind.ENTRA)

    assert elsewhere.may_decide("lee", item())
    assert not elsewhere.may_decide("ben", item())


def test_who_got_the_access_since_it_was_worked_out_is_decided_by_every_reviewer_but_by_managers_only_of_their_own():
    managers = replace(ONE, kind=Kind.MANAGERS)

    assert [one.person_id for one in ONE.items_for("lee", [item("ben"), item("ana")])] == ["ana"]
    assert ONE.may_decide("lee", item("ana"))
    assert not ONE.may_decide("ana", item("ana"))
    assert managers.items_for("lee", [item("ana")]) == ()
    assert not managers.may_decide("lee", item("ana"))


@pytest.mark.parametrize(
    ("days", "told", "due"),
    [
        (0, (), ""),
        (4, (), ""),
        (5, (), HALF_TIME),
        (5, (HALF_TIME,), ""),
        (9, (HALF_TIME,), LAST_DAY),
        (9.5, (), LAST_DAY),
        (9.5, (LAST_DAY,), ""),
        (10, (), ""),
        (400, (), ""),
    ],
)
def test_reminders_go_out_at_half_time_and_a_day_before_the_end_once(days, told, due):
    assert replace(OPEN, told=told).reminder(NOW + timedelta(days=days)) == due


def test_a_short_review_reminds_once_and_one_that_is_not_open_never():
    short = replace(OPEN, ends_at=NOW + timedelta(days=1))

    assert short.reminder(NOW + timedelta(hours=13)) == HALF_TIME
    assert replace(OPEN, state=CampaignState.CLOSED).reminder(NOW + timedelta(days=9)) == ""


@given(st.lists(st.sampled_from(Standing), min_size=1, max_size=4))
def test_a_review_of_several_policies_is_as_far_as_the_one_furthest_behind(standings):
    rounds = [Round(RoundRef("d", str(n)), one, NOW, NOW + timedelta(days=n)) for n, one in enumerate(standings)]

    seen = OPEN.seen(rounds, NOW)

    order = [one.value for one in CampaignState]
    furthest = min(standings, key=list(Standing).index)
    assert seen.is_over == (furthest is Standing.APPLIED)
    assert order.index(seen.state.value) <= order.index("applied")
    assert seen.ends_at == NOW + timedelta(days=len(standings) - 1)


@pytest.mark.parametrize(("minutes", "state"), [(5, CampaignState.APPLYING), (90, CampaignState.CLOSED)])
def test_entra_may_take_a_while_to_show_that_it_applies_a_review(minutes, state):
    asked = replace(OPEN, state=CampaignState.APPLYING, applying_at=NOW)

    seen = asked.seen([Round(REF, Standing.CLOSED)], NOW + timedelta(minutes=minutes))

    assert seen.state is state


def test_what_is_over_stays_over():
    over = replace(OPEN, state=CampaignState.APPLIED)

    assert over.seen([Round(REF, Standing.OPEN)], NOW) == over
    assert over.failed("too late", NOW) == over


def test_a_package_has_one_review_at_a_time_until_it_is_over():
    assert ONE.slot == "p1"
    assert replace(ONE, state=CampaignState.FAILED).slot == "c1"
    assert replace(ONE, kind=Kind.ENTRA).slot == "c1"
    assert campaign_id("p1", "s") == campaign_id("p1", "s") != campaign_id("p1", "t")


@pytest.mark.parametrize(
    ("decision", "advice", "unanswered", "loses"),
    [
        (Decision.REMOVE, Advice.KEEP, Unanswered.KEEP, True),
        (Decision.KEEP, Advice.REMOVE, Unanswered.REMOVE, False),
        (Decision.DONT_KNOW, Advice.REMOVE, Unanswered.REMOVE, False),
        (Decision.OPEN, Advice.REMOVE, Unanswered.KEEP, False),
        (Decision.OPEN, Advice.KEEP, Unanswered.REMOVE, True),
        (Decision.OPEN, Advice.REMOVE, Unanswered.ADVICE, True),
        (Decision.OPEN, Advice.NONE, Unanswered.ADVICE, False),
    ],
)
def test_who_loses_access_follows_from_the_decision_or_from_what_was_set_for_none(decision, advice, unanswered, loses):
    assert item(decision=decision, advice=advice).loses(unanswered) is loses


def test_a_status_nobody_knows_is_never_read_as_over():
    assert standing("SomethingNew") is Standing.COMING
    assert standing("inprogress") is Standing.OPEN


def test_every_decision_is_counted():
    counted = tally([item(), item("ana", decision=Decision.KEEP)])

    assert counted == {Decision.KEEP: 1, Decision.REMOVE: 0, Decision.DONT_KNOW: 0, Decision.OPEN: 1}


def test_a_review_made_here_is_known_by_its_mark():
    assert is_ours(Series("d", "n", "p", "y", note=ONE.mark))
    assert not is_ours(Series("d", "n", "p", "y"))


def test_a_review_that_entra_does_not_show_for_a_moment_goes_on() -> None:
    away = OPEN.missing(NOW).missing(NOW + timedelta(minutes=9))

    back = away.seen([Round(REF, Standing.OPEN, NOW, NOW + timedelta(days=10))], NOW + timedelta(minutes=9))

    assert (away.state, back.state, back.missing_since) == (CampaignState.OPEN, CampaignState.OPEN, None)


def test_a_review_that_entra_does_not_show_for_long_was_deleted() -> None:
    gone = OPEN.missing(NOW).missing(NOW + timedelta(minutes=10))

    assert (gone.state, gone.reason) == (CampaignState.FAILED, "This review was deleted in Entra.")
    assert gone.missing(NOW + timedelta(hours=1)) == gone


def test_a_part_that_entra_does_not_show_for_long_is_left_out_and_the_rest_goes_on() -> None:
    left = RoundRef("d2", "i2")
    both = replace(OPEN, rounds=(RoundRef("d1", "i1"), left))

    away = both.missing(NOW, [left]).missing(NOW + timedelta(minutes=9), [left])
    gone = away.missing(NOW + timedelta(minutes=10), [left])

    assert (away.rounds, away.state) == (both.rounds, CampaignState.OPEN)
    assert (gone.rounds, gone.state, gone.missing_since) == ((left,), CampaignState.OPEN, None)


def test_that_a_review_is_late_is_forgotten_once_it_has_begun() -> None:
    late = replace(ONE, rounds=(REF,), reason="late")

    assert late.seen([Round(REF, Standing.COMING)], NOW).reason == "late"
    assert late.seen([Round(REF, Standing.OPEN)], NOW).reason == ""
