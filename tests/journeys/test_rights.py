"""Nobody gets more through Usher than Entra's roles give them, typed or pressed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.stage import PACKAGE, Stage, readable, until

NAMED = '"Invited users package"'
PROJECT = "99999999-9999-4999-8999-999999999992"
BEN = "55555555-5555-4555-8555-555555555552"
DRAFT = {"addresses": "mallory@fabrikam.com", "package": PACKAGE, "way": "link", "sure": "guest,policy,approval"}


def traces(stage: Stage) -> dict[str, Any]:
    """What a forbidden act would have changed; other guests' invites may go on in the background meanwhile."""
    state, guests = stage.state(), ("mallory@fabrikam.com", "ben@fabrikam.com")
    return {
        "invited": [one for one in state["invitations"] if one["invitedUserEmailAddress"] in guests],
        "accounts": [one for one in state["users"] if one.get("mail") in guests],
        "held": stage.held("ben@fabrikam.com"),
        "asked": [one for one in state["assignmentRequests"] if one["assignment"]["target"]["objectId"] == BEN],
        "policies": len(state["assignmentPolicies"]),
        "mails": [len(stage.mails(one)) for one in guests],
    }


@pytest.mark.parametrize(
    "pressed",
    [
        {"verb": "invite.submit", **DRAFT},
        {"verb": "assign.submit", **DRAFT, "way": "assign"},
        {"verb": "assign.submit", **DRAFT, "addresses": "ben@fabrikam.com", "way": "assign", "package": PROJECT},
        {"verb": "resend", "address": "ben@fabrikam.com"},
        {"verb": "revoke", "address": "ben@fabrikam.com"},
        {"verb": "revoke.yes", "address": "ben@fabrikam.com", "package": PACKAGE},
        {"verb": "restore", "person": BEN, "address": "ben@fabrikam.com"},
        {"verb": "unblock", "person": BEN, "address": "ben@fabrikam.com"},
        {"verb": "reset", "person": BEN, "address": "ben@fabrikam.com"},
        {"verb": "unblock", "person": BEN, "then": "invite.submit", **DRAFT},
        {"verb": "retry", "address": "ben@fabrikam.com"},
        {"verb": "guests", "state": "all"},
        {"verb": "why", "address": "ben@fabrikam.com"},
    ],
    ids=lambda one: f"{one['verb']} {one.get('way', '')}",
)
@pytest.mark.parametrize("kind", ["invoke", "message"])
def test_a_button_made_up_by_somebody_without_a_role_writes_and_tells_nothing(
    stage: Stage, pressed: dict[str, Any], kind: str
) -> None:
    before, untouched = set(stage.cards("lee")), traces(stage)

    if kind == "invoke":
        stage.execute("lee", pressed, card="m-none")
    else:
        stage.post(stage.activity("lee", value=pressed, replyToId="m-none"))

    stage.news("lee", before, "You may not do that", "Alex Wilber")
    assert traces(stage) == untouched


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        (f"assign ben@fabrikam.com to {NAMED}", "To assign or take back this access package"),
        ("revoke ben@fabrikam.com", "To assign or take back this access package"),
        ("invite ben@fabrikam.com", "To invite guests"),
    ],
)
def test_a_refusal_names_a_role_that_would_do(stage: Stage, sentence: str, act: str) -> None:
    card = stage.ask("lee", sentence, "You may not do that")

    words = stage.words("lee", card)

    assert act in words
    assert ("Identity Governance Administrator" in words) == (act != "To invite guests")
    assert ("Guest Inviter" in words) == (act == "To invite guests")


def test_a_guest_inviter_invites_by_link_and_resends_but_neither_assigns_nor_takes_away(stage: Stage) -> None:
    address = stage.fresh("inviter")

    stage.say("megan", f"invite {address} to {NAMED}")
    live = stage.shown("megan", address, "Copy link")
    until(lambda: stage.mails(address), what="the mail went out")
    for verb in ("assign.submit", "revoke.yes"):
        before = set(stage.cards("megan"))
        data = {"verb": verb, "addresses": address, "address": address, "package": PACKAGE, "way": "assign"}
        stage.execute("megan", data, card=live)
        stage.news("megan", before, "You may not do that", "Identity Governance Administrator")

    assert stage.held(address) == []
    assert stage.user(address)["accountEnabled"] is True


def test_a_catalogs_package_manager_assigns_there_to_guests_who_are_here(stage: Stage) -> None:
    address = stage.fresh("managed")
    stage.say("alex", f"invite {address} to {NAMED}")
    until(lambda: stage.mails(address), what="the mail went out")

    stage.say("adele", f'assign {address} to "Partner project" for 5 days')
    question = stage.shown("adele", address)
    if "Add the policy and assign" in stage.titles("adele", question):
        stage.press("adele", "Add the policy and assign", card=question)

    stage.shown("adele", address, "✔ Delivered", seconds=30)
    assert stage.held(address) == ["delivered"]


def test_a_catalogs_package_manager_takes_nothing_of_another_catalog_away(stage: Stage) -> None:
    stage.ask("adele", "revoke ben@fabrikam.com", "You may not do that", "Identity Governance Administrator")

    assert "delivered" in stage.held("ben@fabrikam.com")


@pytest.mark.parametrize(
    "pressed",
    [
        {"verb": "guests", "state": "all"},
        {"verb": "why", "address": "carla@northwindtraders.com"},
        {"verb": "status", "address": "megan@contoso.com", "person": "44444444-4444-4444-8444-444444444441"},
        {"verb": "guest.refresh", "address": "carla@northwindtraders.com"},
        {"verb": "invite.submit", **DRAFT},
        {"verb": "revoke.yes", "address": "ben@fabrikam.com", "package": PACKAGE},
        {"verb": "link", "invite": "whatever", "address": "carla@northwindtraders.com"},
    ],
    ids=lambda one: one["verb"],
)
def test_a_guest_sees_only_themselves_whatever_they_press(stage: Stage, pressed: dict[str, Any]) -> None:
    before, untouched = dict(stage.cards("ben")), traces(stage)

    stage.execute("ben", pressed, card="m-none")
    until(lambda: stage.cards("ben") != before, what="an answer")

    said = "\n".join(readable(one) for one in stage.cards("ben").values()).casefold()
    assert not [name for name in ("carla", "megan", "mallory", "App4Guest: ") if name.casefold() in said]
    assert traces(stage) == untouched


def test_the_person_counts_that_teams_names_not_the_one_the_card_names(stage: Stage) -> None:
    untouched = traces(stage)
    before = set(stage.cards("lee"))
    forged = {
        "verb": "invite.submit",
        **DRAFT,
        "caller": "33333333-3333-4333-8333-333333333333",
        "person": "33333333-3333-4333-8333-333333333333",
        "from": {"aadObjectId": "33333333-3333-4333-8333-333333333333"},
    }

    stage.execute("lee", forged, card="m-none")

    stage.news("lee", before, "You may not do that")
    assert traces(stage) == untouched


@pytest.mark.parametrize("foreign", ["99999999-1111-4111-8111-111111111111", "", None, 7])
def test_another_tenants_activity_is_turned_away(stage: Stage, foreign: Any) -> None:
    untouched = traces(stage)
    chat = {"conversationType": "personal", "tenantId": foreign, "id": "a:1foreign"}
    activity = stage.activity(
        "alex",
        text=f"invite mallory@fabrikam.com to {NAMED}",
        conversation=chat,
        channelData={"tenant": {"id": foreign}},
    )

    status, _ = stage.post(activity)

    assert status in (400, 401, 403)
    assert traces(stage) == untouched


def test_where_members_may_invite_their_help_says_so_and_they_may_send_it_again(stage: Stage) -> None:
    address = stage.fresh("member")
    stage.control("options", {"allowInvitesFrom": "adminsGuestInvitersAndAllMembers"})

    try:
        stage.say("adele", f"invite {address} to {NAMED}")
        card = stage.shown("adele", address, "Resend")
        stage.press("adele", "Resend", card=card)
        until(lambda: len(stage.mails(address)) == 2, what="the second mail")
        told = stage.ask("adele", "help", "invite ana@fabrikam.com", "resend ana@fabrikam.com")
    finally:
        stage.control("options", {"allowInvitesFrom": "adminsAndGuestInviters"})

    closed = stage.words("adele", told).partition("Needs:")[2]
    assert "Guest Inviter" not in closed
