"""Access is taken back from the one who is meant: of several accounts, of several packages, and a month later."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.journeys import reviewing
from tests.journeys.stage import PACKAGE, PEOPLE, Stage, until
from tests.journeys.test_extend import EM, delivered, held

NAMED = '"Invited users package"'


def same_address(stage: Stage, address: str) -> str:
    """Another guest's address, whose account is found by the first address, too; both hold the package."""
    other = delivered(stage)
    stage.graph("PATCH", f"/users/{stage.user(other)['id']}", {"otherMails": [address]})
    return other


def test_of_two_accounts_one_is_chosen(stage: Stage) -> None:
    address = delivered(stage)
    stage.graph("PATCH", f"/users/{PEOPLE['lee'][0]}", {"otherMails": [address]})

    card = stage.ask("alex", f"revoke {address}", "Which account?", "2 accounts")
    stage.press("alex", next(one for one in stage.titles("alex", card) if "(guest" in one), card=card)
    until(lambda: "Yes, revoke" in stage.titles("alex", card), what="the card asks")
    stage.press("alex", "Yes, revoke", card=card)

    until(lambda: stage.held(address) == ["expired"], seconds=30, what="the guest's access is over")
    stage.graph("PATCH", f"/users/{PEOPLE['lee'][0]}", {"otherMails": []})


def test_what_is_chosen_on_a_list_is_taken_from_that_account_alone(stage: Stage) -> None:
    address = delivered(stage)
    other = same_address(stage, address)
    person = stage.user(other)["id"]
    shown = set(stage.cards("alex"))

    stage.execute("alex", {"verb": "revoke", "address": address, "package": PACKAGE, "person": person}, card="list")
    question = stage.news("alex", shown, "Yes, revoke")
    stage.press("alex", "Yes, revoke", card=question)

    until(lambda: stage.held(other) == ["expired"], seconds=30, what="the chosen account's access is over")
    assert stage.held(address) == ["delivered"]


def test_a_part_of_the_package_name_is_enough(stage: Stage) -> None:
    address = delivered(stage)

    stage.ask("alex", f'revoke {address} "invited users"', "Yes, revoke", "loses “Invited users package”")


def test_a_package_the_guest_does_not_have_is_named_with_what_they_have(stage: Stage) -> None:
    address = delivered(stage)

    card = stage.ask("alex", f'revoke {address} "Partner project"', "does not have “Partner project”")

    assert "Invited users package" in stage.titles("alex", card)
    assert stage.held(address) == ["delivered"]


def test_a_yes_of_last_month_does_not_take_back_what_was_given_since(stage: Stage) -> None:
    package = reviewing.held(stage, "Given elsewhere", 1)
    [(address, person)] = package.guests.items()
    question = stage.ask("alex", f"revoke {address}", "Yes, revoke")
    first = next(one["id"] for one in stage.state()["assignments"] if one["target"]["objectId"] == person)
    wish(stage, {"requestType": "adminRemove", "assignment": {"id": first}})
    until(lambda: stage.held(address) == ["expired"], seconds=30, what="the access is over")
    assignment = {"targetId": person, "assignmentPolicyId": package.policy, "accessPackageId": package.id}
    wish(stage, {"requestType": "adminAdd", "assignment": assignment})
    until(lambda: "delivered" in stage.held(address), seconds=30, what="the access was given again")

    stage.press("alex", "Yes, revoke", card=question)

    until(lambda: "Nothing was done" in stage.words("alex", question), seconds=30, what="the card says so")
    assert sorted(stage.held(address)) == ["delivered", "expired"]


def test_a_yes_to_closing_an_invite_takes_back_no_access_given_since(stage: Stage) -> None:
    address = stage.fresh("since")
    stage.say("alex", f"invite {address} to {NAMED} for 3 days")
    until(lambda: stage.mails(address), what="the guest was told")
    question = stage.ask("alex", f"revoke {address}", "Yes, revoke", "Nothing is assigned yet")
    stage.act(address, "redeem")
    stage.act(address, "request")
    until(lambda: stage.held(address) == ["delivered"], seconds=30, what="the access was given")

    stage.press("alex", "Yes, revoke", card=question)

    until(lambda: "Entra removes the access" in stage.words("alex", question), what="the card asks once more")
    assert stage.held(address) == ["delivered"]
    stage.press("alex", "Yes, revoke", card=question)
    until(lambda: stage.held(address) == ["expired"], seconds=30, what="the access is over")


def test_access_that_entra_does_not_find_for_a_moment_is_taken_back_after_that(stage: Stage) -> None:
    address = delivered(stage)
    question = stage.ask("alex", f"revoke {address}", "Yes, revoke")
    rule = {"method": "POST", "path": "/assignmentRequests$", "status": 404, "times": 1}
    stage.control("faults", {"rules": [rule]})

    stage.press("alex", "Yes, revoke", card=question)

    until(lambda: stage.held(address) == ["expired"], what="the access is over")


def test_access_of_which_another_request_is_under_way_is_taken_back_after_that(stage: Stage) -> None:
    address = delivered(stage)
    question = stage.ask("alex", f"revoke {address}", "Yes, revoke")
    stage.control("options", {"deliverySeconds": 300})
    until_then = (stage.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M:%SZ")
    update = {
        "requestType": "adminUpdate",
        "assignment": {"id": held(stage, address)["id"]},
        "schedule": {"expiration": {"type": "afterDateTime", "endDateTime": until_then}},
    }
    wish(stage, update)

    stage.press("alex", "Yes, revoke", card=question)

    until(lambda: refused(stage, address), what="Entra says that a request is open")
    stage.control("options", {"deliverySeconds": 0.5})
    stage.control("clock", {"advance": "PT5M"})
    until(lambda: stage.held(address) == ["expired"], what="the access is over all the same")


def refused(stage: Stage, address: str) -> bool:
    """Whether Entra refused to remove this access because another request was open."""
    tries = [one for one in stage.requests() if one["method"] == "POST" and one["status"] == 400]
    return any("adminRemove" in str(one["requestBody"]) and held(stage, address)["id"] in str(one) for one in tries)


def wish(stage: Stage, body: dict[str, Any]) -> None:
    stage.graph("POST", f"{EM}/assignmentRequests", body)
