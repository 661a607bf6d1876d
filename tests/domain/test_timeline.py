"""A guest's timeline tells everything once, in order, and where each package stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import timeline
from bot.domain.access import AccessRequest, Assignment, AssignmentState, RequestState
from bot.domain.delivery import Delivery, Receipt, Rung
from bot.domain.invites import Failure, Invite, Milestone, Wish
from bot.domain.outcomes import Tone
from tests.domain.tenant import ANA, GUEST, INVITED, NOW, UTC_ZONE

SOON = NOW + timedelta(days=14)
INVITE = Invite("i1", Wish(ANA, INVITED.id, INVITED.name), "alex", "Alex", NOW, milestones={Milestone.INVITED: NOW})
HELD = Assignment("a1", AssignmentState.DELIVERED, INVITED.id, INVITED.name, GUEST.id, starts_at=NOW, ends_at=SOON)
ASKED = AccessRequest("r1", "userAdd", RequestState.PENDING_APPROVAL, INVITED.id, INVITED.name, GUEST.id, NOW)
SENT = Receipt("k1", "i1", ANA, Rung.MAIL, "invitation", Delivery.SENT, NOW)


def test_what_entra_holds_goes_before_what_usher_remembers() -> None:
    states = timeline.states([INVITE], [HELD], [], UTC_ZONE)

    assert states == ((INVITED.name, "has access until 7 December 2026"),)


def test_a_live_assignment_goes_before_one_that_ended() -> None:
    over = replace(HELD, id="a0", state=AssignmentState.EXPIRED)

    states = timeline.states([], [HELD, over], [], UTC_ZONE)

    assert states == ((INVITED.name, "has access until 7 December 2026"),)


def test_an_open_request_is_where_the_package_stands() -> None:
    states = timeline.states([INVITE], [], [ASKED, replace(ASKED, id="r0", created_at=None)], UTC_ZONE)

    assert states == ((INVITED.name, "waiting for approval"),)


def test_of_milestones_reached_at_one_moment_the_furthest_counts() -> None:
    at_once = {Milestone.REQUESTED: NOW, Milestone.DELIVERED: NOW, Milestone.INVITED: NOW, Milestone.REDEEMED: SOON}

    states = timeline.states([replace(INVITE, milestones=at_once)], [], [], UTC_ZONE)

    assert states == ((INVITED.name, "has access"),)


def test_an_invite_that_stands_still_says_why() -> None:
    broken = replace(INVITE, failure=Failure("It broke."))
    begun = replace(INVITE, milestones={}, wish=Wish(ANA))

    states = timeline.states([broken, begun], [], [], UTC_ZONE)

    assert states == ((INVITED.name, "It broke."), ("Invitation only", "being prepared"))


def test_what_usher_followed_itself_is_not_told_twice() -> None:
    followed = replace(INVITE, request_id=ASKED.id, assignment_id=HELD.id, ends_at=SOON)

    entries = timeline.entries(GUEST, [followed], [HELD], [ASKED], [])

    assert [one.text for one in entries] == [
        "Alex asked for “Invited users package”",
        "“Invited users package”: invited",
        "“Invited users package”: access ends",
    ]


def test_what_happened_elsewhere_and_what_was_sent_is_told_too() -> None:
    entries = timeline.entries(GUEST, [], [HELD], [ASKED], [SENT, replace(SENT, state=Delivery.SKIPPED)])

    texts = [one.text for one in entries]
    assert "“Invited users package”: access given" in texts
    assert "“Invited users package”: waiting for approval" in texts
    assert sum(text.startswith("Told by e-mail") for text in texts) == 1


def test_a_blocked_account_stands_at_the_end_as_it_has_no_time() -> None:
    entries = timeline.entries(replace(GUEST, enabled=False, created_at=NOW), [INVITE], [], [], [])

    assert (entries[-1].text, entries[-1].at, entries[-1].tone) == ("Sign-in is blocked", None, Tone.BAD)


@given(
    st.lists(st.sampled_from([HELD, replace(HELD, id="a2", starts_at=None, ends_at=None)]), max_size=3),
    st.lists(st.sampled_from([ASKED, replace(ASKED, id="r2", created_at=None)]), max_size=3),
    st.sampled_from([None, GUEST, replace(GUEST, created_at=SOON, deleted_at=NOW)]),
)
def test_what_has_a_time_is_in_order_and_the_rest_comes_last(
    held: list[Assignment], asked: list[AccessRequest], person: object
) -> None:
    entries = timeline.entries(person, [INVITE], held, asked, [SENT])  # type: ignore[arg-type]

    times = [one.at for one in entries]
    dated = [at for at in times if at]
    assert dated == sorted(dated)
    assert times[: len(dated)] == dated
    assert timeline.states([INVITE], held, asked, UTC_ZONE)


def test_an_end_that_is_still_ahead_is_not_told_as_having_happened() -> None:
    entries = timeline.entries(replace(GUEST, enabled=False), [], [HELD], [ASKED], [])

    happened, ahead = timeline.parted(entries, NOW)

    assert HELD.ends_at
    assert HELD.ends_at > NOW
    assert "“Invited users package”: access ends" not in [one.text for one in happened]
    assert [one.text for one in ahead] == ["“Invited users package”: access ends", "Sign-in is blocked"]
    assert sorted(map(repr, (*happened, *ahead))) == sorted(map(repr, entries))
