from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ends import Ends
from bot.domain.invites import FINAL, OVER, Failure, Invite, Milestone, Way
from bot.domain.outcomes import Live
from cards import live_invite
from cards.steps import Mood, headline, steps
from tests.cards.rules import of
from tests.cards.samples import ASSIGNED, DELIVERED, FAILED, INVITE, LINK, NOW, REVOKED, after, live


def names(invite: Invite) -> list[tuple[str, Mood]]:
    return [(step.name, step.mood) for step in steps(invite)]


def verbs(outcome: Live) -> list[str]:
    return [button["verb"] for button in of(live_invite.card(outcome), "Action.Execute")]


def test_the_first_step_that_has_not_happened_is_the_one_awaited() -> None:
    assert names(INVITE) == [
        ("Invited", Mood.DONE),
        ("Redeemed", Mood.NEXT),
        ("Requested", Mood.LATER),
        ("Delivering", Mood.LATER),
        ("Delivered", Mood.LATER),
    ]


def test_approval_is_a_step_only_where_it_is_needed() -> None:
    needed = replace(INVITE, approval_needed=True)

    assert ("Approved", Mood.LATER) in names(needed)
    assert "Approved" not in [name for name, _ in names(INVITE)]


def test_a_step_nobody_recorded_is_done_when_a_later_one_is() -> None:
    skipped = replace(INVITE, milestones={Milestone.INVITED: NOW, Milestone.DELIVERED: NOW})

    assert {mood for _, mood in names(skipped)} == {Mood.DONE}


def test_assigned_access_does_not_wait_for_the_guest() -> None:
    assert names(ASSIGNED)[-1] == ("Redeemed", Mood.NEXT)
    assert "✔ Delivered" in live_invite.text(live(ASSIGNED)).splitlines()[0]


def test_an_early_redemption_of_assigned_access_hides_no_step() -> None:
    early = replace(ASSIGNED, milestones={Milestone.INVITED: NOW, Milestone.REDEEMED: NOW})

    assert ("Requested", Mood.NEXT) in names(early)
    assert ("Redeemed", Mood.DONE) in names(early)


def test_an_invitation_without_a_package_ends_with_redemption() -> None:
    alone = replace(INVITE, wish=replace(INVITE.wish, package_id="", package_name=""))

    assert [name for name, _ in names(alone)] == ["Invited", "Redeemed"]


@pytest.mark.parametrize("final", sorted(OVER))
def test_a_finished_invite_awaits_nothing_and_offers_only_why(final: Milestone) -> None:
    over = replace(INVITE, milestones={**INVITE.milestones, final: after(days=1)}, open=False)

    assert headline(over).mood is Mood.OVER
    assert {mood for _, mood in names(over)} == {Mood.DONE, Mood.OVER}
    assert verbs(live(over)) == ["why"]


def test_a_failure_says_why_and_offers_another_try() -> None:
    text = live_invite.text(live(FAILED))

    assert "Entra could not deliver everything the access package holds." in text
    assert verbs(live(FAILED)) == ["retry", "resend", "why", "revoke"]
    assert headline(FAILED).mood is Mood.STUCK


def test_a_failure_after_delivery_is_still_the_headline() -> None:
    gone = replace(DELIVERED, failure=Failure("The guest's account was deleted.", "guest_deleted"))

    assert headline(gone).mood is Mood.STUCK


def test_copy_link_unfolds_link_and_message_in_labelled_fields() -> None:
    card = live_invite.card(live(INVITE))

    (toggle,) = of(card, "Action.ToggleVisibility")
    (target,) = [box for box in of(card, "Container") if box.get("id") == toggle["targetElements"][0]["elementId"]]
    assert target["isVisible"] is False
    assert [LINK in field["value"] for field in of(target, "Input.Text")] == [True, True]


@pytest.mark.parametrize("invite", [DELIVERED, REVOKED])
def test_the_link_goes_when_nobody_needs_it(invite: Invite) -> None:
    card = live_invite.card(live(invite))

    assert of(card, "Action.ToggleVisibility") == []
    assert of(card, "Input.Text") == []


def test_every_button_names_the_invite() -> None:
    buttons = of(live_invite.card(live(FAILED)), "Action.Execute")

    assert {button["data"]["invite"] for button in buttons} == {"inv-1"}


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (Ends(days=14), "14 days after delivery"),
        (Ends(days=1), "1 day after delivery"),
        (Ends(on=date(2026, 12, 24)), "24 December 2026"),
        (Ends(), "As the policy says"),
    ],
)
def test_the_end_is_told_before_it_is_known(ends: Ends, expected: str) -> None:
    asked = replace(INVITE, wish=replace(INVITE.wish, ends=ends))

    assert f"Ends: {expected}" in live_invite.text(live(asked))


def test_the_end_counts_the_days_left() -> None:
    assert "Ends: 7 December 2026 (in 14 days)" in live_invite.text(live(DELIVERED))


def test_an_account_entra_keeps_is_told() -> None:
    assert "Entra will not remove this account" in live_invite.text(live(DELIVERED))


@given(st.sets(st.sampled_from(Milestone)), st.sampled_from(Way), st.booleans(), st.booleans())
def test_any_history_has_a_headline_and_at_most_one_step_awaited(
    happened: set[Milestone], way: Way, approval: bool, failed: bool
) -> None:
    wish = replace(INVITE.wish, way=way)
    invite = replace(
        INVITE,
        wish=wish,
        approval_needed=approval,
        failure=Failure("x") if failed else None,
        milestones=dict.fromkeys(happened, NOW),
        open=not happened & FINAL,
    )

    found = steps(invite)

    assert sum(step.mood in (Mood.NEXT, Mood.STUCK) for step in found) <= 1
    assert headline(invite).name
    assert len({step.name for step in found}) == len(found)
