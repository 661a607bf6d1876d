"""Looking at a guest turns facts into milestones: repeatable, never backwards, and closed by what is final."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import progress
from bot.domain.access import AccessRequest, Assignment, AssignmentState, RequestState
from bot.domain.ends import Ends
from bot.domain.invites import FINAL, Failure, Invite, Milestone, Way, Wish
from bot.domain.people import Person, Redemption
from bot.domain.progress import Facts, observe

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
WISH = Wish("ana@fabrikam.com", "p1", "Package")
INVITE = Invite("i1", WISH, "alex", "Alex", NOW, guest_id="g1", milestones={Milestone.INVITED: NOW})
PENDING = Person("g1", "Ana", is_guest=True, redemption=Redemption.PENDING)
ACCEPTED = replace(PENDING, redemption=Redemption.ACCEPTED, redeemed_at=NOW)


def asked(state: RequestState, **more: object) -> AccessRequest:
    return AccessRequest("r1", "userAdd", state, "p1", person_id="g1", created_at=NOW + timedelta(minutes=5), **more)  # type: ignore[arg-type]


def held(state: AssignmentState, **more: object) -> Assignment:
    return Assignment("a1", state, "p1", "Package", "g1", starts_at=NOW + timedelta(minutes=9), **more)  # type: ignore[arg-type]


REQUESTS = st.builds(
    AccessRequest,
    id=st.sampled_from(["r1", "r2"]),
    kind=st.sampled_from(["userAdd", "adminAdd", "adminRemove"]),
    state=st.sampled_from(RequestState),
    package_id=st.sampled_from(["p1", "p1", "p2"]),
    created_at=st.sampled_from(
        [None, NOW - timedelta(days=1), NOW, NOW + timedelta(minutes=5), NOW + timedelta(minutes=6)]
    ),
    assignment_id=st.sampled_from(["", "a1", "a2"]),
)
ASSIGNMENTS = st.builds(
    Assignment,
    id=st.sampled_from(["a1", "a2"]),
    state=st.sampled_from(AssignmentState),
    package_id=st.sampled_from(["p1", "p1", "p2"]),
    package_name=st.just("Package"),
    person_id=st.just("g1"),
    starts_at=st.sampled_from([None, NOW - timedelta(days=1), NOW + timedelta(minutes=9)]),
    ends_at=st.sampled_from([None, LATER]),
    expired_at=st.sampled_from([None, LATER]),
    status=st.sampled_from(["", "PartiallyDelivered"]),
)
FACTS = st.builds(
    Facts,
    st.sampled_from([None, PENDING, ACCEPTED, replace(ACCEPTED, deleted_at=NOW)]),
    st.lists(ASSIGNMENTS, max_size=3).map(tuple),
    st.lists(REQUESTS, max_size=3).map(tuple),
)


@given(st.lists(FACTS, max_size=5))
def test_seeing_the_same_twice_changes_nothing(seen: list[Facts]) -> None:
    invite = INVITE
    for facts in seen:
        invite = observe(invite, facts, LATER)
        again = observe(invite, facts, LATER + timedelta(hours=1))

        assert not progress.changed(invite, again)


@given(st.lists(FACTS, max_size=5))
def test_milestones_stay_except_a_request_taken_back_or_made_again(seen: list[Facts]) -> None:
    invite = INVITE
    for facts in seen:
        before, invite = invite, observe(invite, facts, LATER)

        assert set(before.milestones) - set(invite.milestones) <= {Milestone.REQUESTED, Milestone.DENIED}
        assert before.open or not invite.open
        assert invite.open == (not FINAL & set(invite.milestones))


def test_from_redeemed_to_delivered() -> None:
    facts = Facts(ACCEPTED, (held(AssignmentState.DELIVERED, ends_at=LATER),), (asked(RequestState.DELIVERED),))

    seen = observe(INVITE, facts, LATER)

    assert {Milestone.REDEEMED, Milestone.REQUESTED, Milestone.DELIVERED} <= set(seen.milestones)
    assert (seen.ends_at, seen.assignment_id, seen.open) == (LATER, "a1", True)


def test_approval_shows_only_where_it_was_needed() -> None:
    waiting = observe(INVITE, Facts(ACCEPTED, (), (asked(RequestState.PENDING_APPROVAL),)), LATER)

    decided = observe(waiting, Facts(ACCEPTED, (), (asked(RequestState.DELIVERING),)), LATER)

    assert waiting.approval_needed
    assert decided.has(Milestone.APPROVED)


@pytest.mark.parametrize(("attempts", "end"), [((), Milestone.ENDED), (("revoke",), Milestone.REVOKED)])
def test_an_expired_assignment_closes_the_invite(attempts: tuple[str, ...], end: Milestone) -> None:
    delivered = replace(INVITE, assignment_id="a1", attempts=attempts)

    seen = observe(delivered, Facts(ACCEPTED, (held(AssignmentState.EXPIRED),)), LATER)

    assert seen.has(end)
    assert not seen.open


def test_access_whose_package_is_deleted_has_ended_too() -> None:
    delivered = observe(INVITE, Facts(ACCEPTED, (held(AssignmentState.DELIVERED),)), LATER)

    seen = observe(delivered, Facts(ACCEPTED, (replace(held(AssignmentState.EXPIRED), package_id=""),)), LATER)

    assert seen.has(Milestone.ENDED)


def test_access_from_before_the_invite_that_ended_is_history() -> None:
    seen = observe(INVITE, Facts(ACCEPTED, (held(AssignmentState.EXPIRED),)), LATER)

    assert seen.open


def test_access_that_came_and_went_between_two_looks_closes_the_invite() -> None:
    gone = held(AssignmentState.EXPIRED, expired_at=LATER)

    seen = observe(INVITE, Facts(ACCEPTED, (gone,), (asked(RequestState.DELIVERED),)), LATER + timedelta(days=20))

    assert seen.milestones[Milestone.ENDED] == LATER
    assert not seen.open


def test_access_that_ended_before_a_new_request_is_history() -> None:
    before = replace(held(AssignmentState.EXPIRED), starts_at=NOW - timedelta(days=30))

    seen = observe(INVITE, Facts(ACCEPTED, (before,), (asked(RequestState.DELIVERED),)), LATER)

    assert seen.open
    assert not seen.has(Milestone.ENDED)


def test_one_more_request_taken_back_leaves_standing_access_alone() -> None:
    standing = Facts(ACCEPTED, (held(AssignmentState.DELIVERED),), (asked(RequestState.CANCELED),))
    first = observe(INVITE, standing, LATER)

    again = observe(first, standing, LATER + timedelta(hours=1))

    assert first.has(Milestone.REQUESTED)
    assert again == first


def test_a_request_taken_back_can_be_made_again() -> None:
    pending = observe(INVITE, Facts(ACCEPTED, (), (asked(RequestState.PENDING_APPROVAL),)), LATER)

    back = observe(pending, Facts(ACCEPTED, (), (asked(RequestState.CANCELED),)), LATER)

    assert not back.has(Milestone.REQUESTED)


@pytest.mark.parametrize(
    ("attempts", "after", "deleted"),
    [((), timedelta(minutes=1), False), (("known",), timedelta(minutes=1), True), ((), timedelta(hours=1), True)],
)
def test_a_guest_the_directory_does_not_know_yet_was_not_deleted(
    attempts: tuple[str, ...], after: timedelta, deleted: bool
) -> None:
    seen = observe(replace(INVITE, attempts=attempts), Facts(None), NOW + after)

    assert (seen.failure is not None) is deleted


def test_a_restored_guest_is_no_failure_any_more() -> None:
    gone = observe(INVITE, Facts(replace(ACCEPTED, deleted_at=NOW)), LATER)

    back = observe(gone, Facts(ACCEPTED), LATER)

    assert gone.failure is not None
    assert back.failure is None


def test_requests_from_before_the_invite_are_history() -> None:
    old = replace(asked(RequestState.DENIED), created_at=NOW - timedelta(days=1))

    seen = observe(INVITE, Facts(PENDING, (), (old,)), LATER)

    assert seen == INVITE


def test_other_packages_and_updates_say_nothing_about_this_invite() -> None:
    other = replace(held(AssignmentState.DELIVERED), package_id="p2")
    update = replace(asked(RequestState.DENIED), kind="adminUpdate")

    seen = observe(INVITE, Facts(PENDING, (other,), (update,)), LATER)

    assert seen == INVITE


@given(st.permutations([held(AssignmentState.DELIVERED), replace(held(AssignmentState.EXPIRED), id="a0")]))
def test_the_order_in_which_entra_lists_things_does_not_matter(assignments: list[Assignment]) -> None:
    seen = observe(INVITE, Facts(ACCEPTED, tuple(assignments)), LATER)

    assert seen.assignment_id == "a1"
    assert seen.has(Milestone.DELIVERED)


def test_a_delivery_that_failed_and_then_worked_is_no_failure_any_more() -> None:
    failed = observe(INVITE, Facts(ACCEPTED, (held(AssignmentState.DELIVERY_FAILED),)), LATER)

    healed = observe(failed, Facts(ACCEPTED, (held(AssignmentState.DELIVERED),)), LATER)

    assert isinstance(failed.failure, Failure)
    assert healed.failure is None


def test_looks_become_rarer_but_never_rarer_than_the_sweep() -> None:
    waits = [
        progress.next_look(replace(INVITE, updated_at=NOW), NOW + timedelta(seconds=idle), 900)
        for idle in (0, 60, 600, 86_400)
    ]

    gaps = [(at - NOW).total_seconds() - idle for at, idle in zip(waits, (0, 60, 600, 86_400), strict=True) if at]
    assert gaps == [1.5, 6, 60, 900]
    assert progress.next_look(replace(INVITE, open=False), NOW, 900) is None


def test_the_end_an_admin_named_is_set_only_when_the_link_gave_more() -> None:
    wish = replace(WISH, ends=Ends(days=5))
    delivered = replace(INVITE, wish=wish, milestones={Milestone.DELIVERED: NOW}, ends_at=NOW + timedelta(days=14))

    assert progress.end_to_set(delivered) == NOW + timedelta(days=5)
    assert progress.end_to_set(replace(delivered, ends_at=NOW + timedelta(days=3))) is None
    assert progress.end_to_set(replace(delivered, wish=replace(wish, way=Way.ASSIGN))) is None
    assert progress.end_to_set(replace(delivered, attempts=("end",))) is None


def test_a_denied_guest_who_asks_again_is_followed_again() -> None:
    denied = observe(INVITE, Facts(ACCEPTED, (), (asked(RequestState.DENIED),)), LATER)

    again = observe(denied, Facts(ACCEPTED, (), (asked(RequestState.PENDING_APPROVAL),)), LATER)

    assert denied.has(Milestone.DENIED)
    assert denied.open
    assert not again.has(Milestone.DENIED)
