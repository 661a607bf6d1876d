"""What stands in the way is said before anything is written, and its button is the way on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.journeys.stage import Stage, actions, readable, until

PACKAGE = '"Invited users package"'


def titles(stage: Stage, who: str, card: str) -> list[str]:
    return [str(one.get("title")) for one in actions(stage.card(who, card))]


def invitations(stage: Stage, address: str) -> int:
    return sum(one["invitedUserEmailAddress"] == address for one in stage.state()["invitations"])


def writes(stage: Stage, address: str) -> list[str]:
    """Every write about one guest; those of other guests' invites may still go on in the background."""
    names = {address, *(one["id"] for one in stage.state()["users"] if one.get("mail") == address)}
    reading = ("$batch", "oauth2", "checkMemberObjects")
    made = (one for one in stage.requests() if one["method"] != "GET")
    writing = (one for one in made if not any(word in one["url"] for word in reading))
    return [one["url"] for one in writing if any(name in json.dumps(one) for name in names)]


def user(stage: Stage, address: str) -> dict[str, Any]:
    return next(one for one in stage.state()["users"] if one.get("mail") == address)


def test_a_slip_of_the_pen_offers_the_domain_that_was_meant(stage: Stage) -> None:
    wrong = stage.fresh("slip").replace("fabrikam.com", "gmial.com")
    right = wrong.replace("gmial.com", "gmail.com")

    stage.say("alex", f"invite {wrong} to {PACKAGE}")
    card = stage.shown("alex", wrong, "slip of the pen")
    stage.press("alex", f"Use {right}", card=card)

    stage.shown("alex", right, "Copy link")
    assert invitations(stage, wrong) == 0


def test_a_member_is_not_invited(stage: Stage) -> None:
    stage.say("alex", f"invite megan@contoso.com to {PACKAGE}")

    card = stage.shown("alex", "megan@contoso.com", "is a member of this organisation")

    assert "Copy the request link" in titles(stage, "alex", card)
    assert invitations(stage, "megan@contoso.com") == 0


def test_an_existing_guest_is_given_the_package_by_the_button(stage: Stage) -> None:
    stage.say("alex", f"invite carla@northwindtraders.com to {PACKAGE}")
    card = stage.shown("alex", "carla@northwindtraders.com", "is already a guest")

    assert {"Resend the invitation", "Reset redemption"} <= set(titles(stage, "alex", card))
    stage.press("alex", "Give “Invited users package”", card=card)

    assert stage.shown("alex", "carla@northwindtraders.com", "Copy link") == card


def test_a_blocked_guest_is_unblocked_and_the_wish_goes_on(stage: Stage) -> None:
    stage.say("alex", f"assign dan@northwindtraders.com to {PACKAGE} for 3 days")
    card = stage.shown("alex", "dan@northwindtraders.com", "sign-in is blocked")

    stage.press("alex", "Unblock", card=card)

    stage.shown("alex", "dan@northwindtraders.com", "✔ Delivered", seconds=30)
    assert user(stage, "dan@northwindtraders.com")["accountEnabled"] is True


def test_a_deleted_guest_is_restored_and_the_wish_goes_on(stage: Stage) -> None:
    stage.say("alex", f"assign eva@adatum.com to {PACKAGE} for 3 days")
    card = stage.shown("alex", "eva@adatum.com", "was deleted")

    stage.press("alex", "Restore", card=card)

    stage.shown("alex", "eva@adatum.com", "✔ Delivered", seconds=30)


@pytest.mark.parametrize(
    ("package", "said", "button", "then"),
    [
        ("Closed package", "closed", "Assign now instead", "Asked by"),
        ("Staff handbook", "not for guests", "Assign now instead", "direct assignment"),
        ("Hidden package", "hidden", "Invite with the link", "Asked by"),
        ("Partner project", "needs approval", "Invite, approval comes later", "Asked by"),
    ],
)
def test_a_package_a_guest_cannot_simply_request_says_so(
    stage: Stage, package: str, said: str, button: str, then: str
) -> None:
    address = stage.fresh("pack")

    stage.say("alex", f'invite {address} to "{package}"')
    card = stage.shown("alex", address, said)
    assert button in titles(stage, "alex", card)
    assert invitations(stage, address) == 0
    stage.press("alex", button, card=card)

    stage.shown("alex", address, then)


def test_the_policy_for_direct_assignment_is_added_once_after_asking(stage: Stage) -> None:
    address = stage.fresh("direct")

    stage.say("alex", f'assign {address} to "Partner project" for 5 days')
    card = stage.shown("alex", address, "direct assignment without approval")
    stage.press("alex", "Add the policy and assign", card=card)
    stage.shown("alex", address, "✔ Delivered", seconds=30)

    added = [one for one in stage.state()["assignmentPolicies"] if one["displayName"] == "Direct assignment by Usher"]
    assert len(added) == 1


@pytest.mark.parametrize(
    ("options", "back", "said", "button"),
    [
        ({"licence": False}, {"licence": True}, "no licence", "Invite without a package"),
        (
            {"allowInvitesFrom": "none"},
            {"allowInvitesFrom": "adminsAndGuestInviters"},
            "switched off",
            "Try again",
        ),
    ],
)
def test_what_the_tenant_does_not_allow_is_said_before_anything_is_written(
    stage: Stage, options: dict[str, Any], back: dict[str, Any], said: str, button: str
) -> None:
    address = stage.fresh("tenant")
    stage.control("options", options)

    try:
        stage.say("alex", f"invite {address} to {PACKAGE}")
        card = stage.shown("alex", address, said)
    finally:
        stage.control("options", back)

    assert button in titles(stage, "alex", card)
    assert invitations(stage, address) == 0


@pytest.mark.parametrize(
    ("who", "sentence", "role"),
    [
        ("lee", "invite {address} to " + PACKAGE, "Guest Inviter"),
        ("lee", "assign {address} to " + PACKAGE, "Identity Governance Administrator"),
        ("lee", "resend {address}", "Guest Inviter"),
        ("lee", "revoke ben@fabrikam.com", "Identity Governance Administrator"),
        ("lee", "unblock ben@fabrikam.com", "User Administrator"),
        ("lee", "reset ben@fabrikam.com", "User Administrator"),
        ("lee", "status ben@fabrikam.com", "Global Administrator"),
        ("lee", "guests", "Global Administrator"),
        ("megan", "assign {address} to " + PACKAGE, "Identity Governance Administrator"),
        ("megan", "revoke ben@fabrikam.com", "Identity Governance Administrator"),
        ("adele", "assign {address} to " + PACKAGE, "Guest Inviter"),
        ("adele", "assign ben@fabrikam.com to " + PACKAGE, "Identity Governance Administrator"),
    ],
)
def test_without_the_role_nothing_is_written_and_the_refusal_names_role_and_person(
    stage: Stage, who: str, sentence: str, role: str
) -> None:
    address = stage.fresh("denied") if "{address}" in sentence else "ben@fabrikam.com"
    before = writes(stage, address)

    card = stage.ask(who, sentence.format(address=address), "You may not do that", role)

    assert writes(stage, address) == before
    assert "Alex Wilber" in readable(stage.card(who, card))


def test_a_card_copied_by_somebody_without_the_role_does_nothing(stage: Stage) -> None:
    address = stage.fresh("copied")
    stage.say("alex", f"assign {address} to {PACKAGE}")
    card = stage.shown("alex", address, "✔ Delivered", seconds=30)
    revoke = next(one for one in actions(stage.card("alex", card)) if one.get("title") == "Revoke")
    value = {
        "action": {"type": "Action.Execute", "verb": "revoke.yes", "data": {**revoke["data"], "verb": "revoke.yes"}}
    }

    stage.post(stage.activity("lee", type="invoke", name="adaptiveCard/action", value=value, replyToId="m0"))
    stage.shown("lee", "You may not do that")

    held = [one for one in stage.state()["assignments"] if one["target"]["objectId"] == user(stage, address)["id"]]
    assert [one["state"] for one in held] == ["delivered"]


def test_a_guest_sees_only_themselves_whatever_they_type(stage: Stage) -> None:
    for sentence in ("status megan@contoso.com", "guests", "who App4Guest", f"invite x@y.com to {PACKAGE}"):
        stage.say("ben", sentence)
    until(lambda: len(stage.cards("ben")) >= 4, what="four answers")

    everything = "\n".join(readable(one) for one in stage.cards("ben").values())
    assert "megan" not in everything.casefold()
    assert "carla" not in everything.casefold()
    assert "Invited users package" in everything


def test_a_missing_licence_is_what_why_finds(stage: Stage) -> None:
    stage.control("options", {"licence": False})
    try:
        card = stage.ask("alex", "why ben@fabrikam.com", "Why: ben@fabrikam.com")
    finally:
        stage.control("options", {"licence": True})

    assert "no licence for access packages" in stage.words("alex", card)
