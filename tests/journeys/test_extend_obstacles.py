"""Where something stands in the way of an extension: another change, a refusal, an outage, access that is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.graph.policies import direct_policy
from tests.journeys.stage import PACKAGE, PEOPLE, Stage, until
from tests.journeys.test_extend import BEN, EM, HIDDEN, delivered, end, updates


def test_a_form_sent_after_somebody_changed_the_end_does_nothing(stage: Stage) -> None:
    address = delivered(stage)
    card = stage.ask("alex", f"extend {address}", "Days more")
    stage.ask("alex", f"extend {address} by 2 days", "Extended:", seconds=30)

    stage.press("alex", "Extend", card=card, inputs={"days": "5", "until": ""})

    until(lambda: "The end has changed since this card" in stage.words("alex", card), what="it says so")
    assert len(updates(stage, address)) == 1


def test_an_undo_after_another_change_takes_nothing_back(stage: Stage) -> None:
    address = delivered(stage)
    first = stage.ask("alex", f"extend {address} by 2 days", "Extended:", seconds=30)
    stage.ask("alex", f"extend {address} by 2 days", "Extended:", seconds=30)
    after = end(stage, address)

    stage.press("alex", "Undo", card=first)

    stage.shown("alex", address, "The end has changed since this card", "nothing was taken back")
    assert end(stage, address) == after


def test_a_package_the_guest_lacks_is_told_with_those_they_have(stage: Stage) -> None:
    address = BEN

    card = stage.ask("alex", f'extend {address} "Partner project" by 2 days', "does not have", "Invited users package")

    assert {"Invited users package", "Give a package"} <= set(stage.titles("alex", card))


def test_access_that_is_over_is_given_again_instead(stage: Stage) -> None:
    address = delivered(stage)
    stage.act(address, "remove")
    until(lambda: stage.held(address) == ["expired"], what="the access is over")

    card = stage.ask("alex", f"extend {address} by 2 days", "This access is over")

    assert "Assign again" in stage.titles("alex", card)


def test_whoever_may_not_assign_may_not_extend(stage: Stage) -> None:
    address = BEN

    stage.ask("megan", f"extend {address} by 2 days", "You may not do that", "Access package assignment manager")

    assert updates(stage, address) == []


def test_nobody_and_somebody_without_access_get_a_next_step(stage: Stage) -> None:
    nobody = stage.ask("alex", "extend nobody-at-all@fabrikam.com by 2 days", "Nobody here has this address")
    nothing = stage.ask("alex", "extend megan@contoso.com by 2 days", "Nothing to extend")

    assert "Invite" in stage.titles("alex", nobody)
    assert "Give a package" in stage.titles("alex", nothing)


def test_a_throttled_extension_waits_and_is_done_once(stage: Stage) -> None:
    address = delivered(stage)
    before = end(stage, address)
    rule = {"method": "POST", "path": "/assignmentRequests$", "status": 429, "times": 2, "retryAfter": 1}
    stage.control("faults", {"rules": [rule]})

    stage.ask("alex", f"extend {address} by 2 days", address, "Extended:", seconds=40)

    assert end(stage, address) == before + timedelta(days=2)
    assert len(updates(stage, address)) == 1


def test_an_extension_whose_answer_is_lost_is_done_once(stage: Stage) -> None:
    address = delivered(stage)
    before = end(stage, address)
    rule = {"method": "POST", "path": "/assignmentRequests$", "dropAfterWrite": True, "times": 1}
    stage.control("faults", {"rules": [rule]})

    stage.ask("alex", f"extend {address} by 2 days", address, "Extended:", seconds=40)

    assert end(stage, address) == before + timedelta(days=2)
    assert len(updates(stage, address)) == 1


def test_access_that_entra_does_not_find_for_a_moment_is_extended_after_that(stage: Stage) -> None:
    address = delivered(stage)
    before = end(stage, address)
    rule = {"method": "POST", "path": "/assignmentRequests$", "status": 404, "times": 1}
    stage.control("faults", {"rules": [rule]})

    stage.ask("alex", f"extend {address} by 2 days", address, "Extended:", seconds=40)

    assert end(stage, address) == before + timedelta(days=2)
    assert len(updates(stage, address)) == 1


def test_what_entra_refuses_is_told_on_the_card(stage: Stage) -> None:
    address = delivered(stage)
    rule = {"method": "POST", "path": "/assignmentRequests$", "status": 400, "times": 1}
    stage.control("faults", {"rules": [rule]})

    card = stage.ask("alex", f"extend {address} by 2 days", address, "Not extended", seconds=30)

    assert "Look again" in stage.titles("alex", card)
    assert PACKAGE not in stage.words("alex", card)


def through(stage: Stage, changes: dict[str, Any]) -> str:
    """The address of a guest who was given the hidden package through a policy of its own, in the portal."""
    stage.control("options", {"replicationSeconds": 0})
    address = stage.fresh("extended")
    stage.graph(
        "POST",
        "/invitations",
        {"invitedUserEmailAddress": address, "inviteRedirectUrl": "https://myapps.microsoft.com"},
    )
    body = direct_policy(HIDDEN, f"Policy of {address}", {"type": "afterDuration", "duration": "P30D"})
    policy = stage.graph("POST", f"{EM}/assignmentPolicies", {**body, **changes})
    person = until(lambda: [one for one in stage.state()["users"] if one.get("mail") == address])[0]["id"]
    assignment = {"targetId": person, "assignmentPolicyId": policy["id"], "accessPackageId": HIDDEN}
    wish = {"requestType": "adminAdd", "assignment": assignment}
    if changes.get("expiration") is None:
        ends = (stage.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
        wish["schedule"] = {"expiration": {"type": "afterDateTime", "endDateTime": ends}}
    stage.graph("POST", f"{EM}/assignmentRequests", wish)
    until(lambda: stage.held(address) == ["delivered"], what="the access is there")
    return address


def test_access_without_an_end_has_nothing_to_extend(stage: Stage) -> None:
    address = through(stage, {"expiration": {"type": "noExpiration"}})

    stage.ask("alex", f"extend {address} by 2 days", "This access does not end")

    assert updates(stage, address) == []


def test_where_the_policy_asks_an_approver_the_card_waits_and_follows_the_decision(stage: Stage) -> None:
    approver = {
        "@odata.type": "#microsoft.graph.singleUser",
        "userId": PEOPLE["adele"][0],
        "description": "Adele Vance",
    }
    stages = [
        {
            "durationBeforeAutomaticDenial": "P14D",
            "isApproverJustificationRequired": False,
            "isEscalationEnabled": False,
            "durationBeforeEscalation": "PT0S",
            "primaryApprovers": [approver],
            "fallbackPrimaryApprovers": [],
            "escalationApprovers": [],
            "fallbackEscalationApprovers": [],
        }
    ]
    settings = {"isApprovalRequiredForAdd": False, "isApprovalRequiredForUpdate": True, "stages": stages}
    address = through(stage, {"requestApprovalSettings": settings})
    before = end(stage, address)

    card = stage.ask("alex", f"extend {address} by 2 days", address, "Waiting for approval", seconds=30)

    assert [one["state"] for one in updates(stage, address)] == ["pendingApproval"]
    assert end(stage, address) == before
    assert stage.titles("alex", card) == []

    stage.act(address, "deny", HIDDEN)

    until(lambda: "Not extended" in stage.words("alex", card), seconds=30, what="the card follows the decision")
    assert end(stage, address) == before


def test_of_two_accounts_one_is_chosen(stage: Stage) -> None:
    address = delivered(stage)
    before = end(stage, address)
    stage.graph("PATCH", f"/users/{PEOPLE['lee'][0]}", {"otherMails": [address]})
    shown = set(stage.cards("alex"))

    card = stage.ask("alex", f"extend {address} by 2 days", "Which account?", "2 accounts")
    stage.press("alex", next(one for one in stage.titles("alex", card) if "(guest" in one), card=card)
    form = stage.news("alex", shown | {card}, address, "Days more")
    stage.press("alex", "Extend", card=form, inputs={"days": "2"})

    until(lambda: "Extended:" in stage.words("alex", form), seconds=30, what="the guest's access is extended")
    assert end(stage, address) == before + timedelta(days=2)


def test_a_card_pressed_a_month_later_says_that_the_access_is_over(stage: Stage) -> None:
    address = delivered(stage)
    form = stage.ask("alex", f"extend {address}", "Days more")
    done = stage.ask("alex", f"extend {address} by 2 days", "Extended:", seconds=30)
    stage.control("clock", {"advance": "P30D"})
    until(lambda: stage.held(address) == ["expired"], what="the access ended")
    shown = set(stage.cards("alex"))

    stage.press("alex", "Extend", card=form, inputs={"days": "5"})
    stage.press("alex", "Undo", card=done)

    until(lambda: "This access is over" in stage.words("alex", form), what="the form says so")
    stage.news("alex", shown, "This access is over", "Assign again")
    assert len(updates(stage, address)) == 1
