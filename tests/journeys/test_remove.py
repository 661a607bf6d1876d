"""The end of an account: what it still holds is said first; blocked or deleted, and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox import Server
from sandbox.seed.people import GUEST_INVITER, give_role
from tests.journeys.stage import PEOPLE, Stage, actions, until
from tests.journeys.test_extend import delivered

BEN = "ben@fabrikam.com"


def account(stage: Stage) -> tuple[str, str]:
    """Address and id of a guest without access."""
    stage.control("options", {"replicationSeconds": 0})
    address = stage.fresh("leaves")
    body = {"invitedUserEmailAddress": address, "inviteRedirectUrl": "https://myapps.microsoft.com"}
    return address, stage.graph("POST", "/invitations", body)["invitedUser"]["id"]


def user(stage: Stage, person: str) -> dict[str, Any] | None:
    return next((one for one in stage.state()["users"] if one["id"] == person and not one.get("deletedDateTime")), None)


def test_it_says_what_the_account_holds_and_changes_nothing(stage: Stage) -> None:
    card = stage.ask("alex", f"remove {BEN}", "End the account of ben@fabrikam.com?", "It still holds")

    said = stage.words("alex", card)
    assert "Access package “Invited users package”, until" in said
    assert "Application “App4Guest”" in said
    assert "Alex Wilber" in said
    assert "Entra blocks the account on that day and deletes it on" in said
    assert stage.titles("alex", card) == ["Block sign-in", "Delete…", "No, keep it"]
    assert user(stage, PEOPLE["ben"][0])["accountEnabled"] is True  # type: ignore[index]


def test_blocking_ends_sign_in_and_undo_allows_it_again(stage: Stage) -> None:
    address, person = account(stage)
    card = stage.ask("alex", f"remove {address}", "It still holds", "Nothing: no access package")

    stage.press("alex", "Block sign-in", card=card)

    until(lambda: f"{address} is blocked" in stage.words("alex", card), what="the card says so")
    assert user(stage, person)["accountEnabled"] is False  # type: ignore[index]
    stage.press("alex", "Undo", card=card)
    until(lambda: "can sign in again" in stage.words("alex", card), what="it is taken back")
    assert user(stage, person)["accountEnabled"] is True  # type: ignore[index]


def test_deleting_wants_the_address_typed_and_undo_restores_it(stage: Stage) -> None:
    address, person = account(stage)
    card = stage.ask("alex", f"remove {address}", "It still holds")
    stage.press("alex", "Delete…", card=card)
    until(lambda: "Type its address" in stage.words("alex", card), what="it asks")

    stage.press("alex", "Delete", card=card, inputs={"typed": "ben@fabrikam.com"})
    until(lambda: "That is not the address" in stage.words("alex", card), what="a wrong address deletes nothing")
    assert user(stage, person)
    stage.press("alex", "Delete", card=card, inputs={"typed": address.upper()})

    until(lambda: f"{address} is deleted" in stage.words("alex", card), what="it is deleted")
    assert user(stage, person) is None
    stage.press("alex", "Undo", card=card)
    until(lambda: user(stage, person), what="the account is back")
    record = stage.words("alex", stage.ask("alex", f"audit {address}", "delete account"))
    assert "restore" in record


def test_two_who_delete_at_once_delete_once_and_both_are_told(stage: Stage) -> None:
    address, person = account(stage)
    cards = [stage.ask("alex", f"remove {address}", "It still holds") for _ in range(2)]
    for card in cards:
        stage.press("alex", "Delete…", card=card)
        until(lambda card=card: "Type its address" in stage.words("alex", card), what="it asks")

    for card in cards:
        stage.press("alex", "Delete", card=card, inputs={"typed": address})

    for card in cards:
        until(lambda card=card: f"{address} is deleted" in stage.words("alex", card), what="both say so")
    assert user(stage, person) is None


def test_a_delete_whose_answer_is_lost_is_done_and_recorded_once(stage: Stage) -> None:
    address, person = account(stage)
    card = stage.ask("alex", f"remove {address}", "It still holds")
    stage.press("alex", "Delete…", card=card)
    until(lambda: "Type its address" in stage.words("alex", card), what="it asks")
    rule = {"method": "DELETE", "path": f"/users/{person}$", "dropAfterWrite": True, "times": 1}
    stage.control("faults", {"rules": [rule]})

    stage.press("alex", "Delete", card=card, inputs={"typed": address})

    until(lambda: f"{address} is deleted" in stage.words("alex", card), seconds=30, what="it is deleted")
    assert user(stage, person) is None
    record = stage.words("alex", stage.ask("alex", f"audit {address}", "delete account"))
    assert "Problem" not in record


@pytest.mark.parametrize(
    ("sentence", "method", "path", "words"),
    [
        ("unblock", "PATCH", "/users/{}$", "can sign in again"),
        ("restore", "POST", "/deletedItems/{}/restore", "is back"),
    ],
)
def test_letting_in_again_whose_answer_is_lost_is_said_and_on_record(
    stage: Stage, sentence: str, method: str, path: str, words: str
) -> None:
    address, person = account(stage)
    stage.graph("PATCH", f"/users/{person}", {"accountEnabled": False})
    if sentence == "restore":
        stage.graph("DELETE", f"/users/{person}")
    rule = {"method": method, "path": path.format(person), "dropAfterWrite": True, "times": 1}
    stage.control("faults", {"rules": [rule]})

    stage.ask("alex", f"{sentence} {address}", words)

    stage.ask("alex", f"audit {address}", f"{sentence} · {address} · done")


def test_a_card_from_before_the_account_got_access_does_nothing(stage: Stage) -> None:
    address, person = account(stage)
    card = stage.ask("alex", f"remove {address}", "Nothing: no access package")
    stage.say("alex", f'assign {address} to "Invited users package" for 3 days')
    until(lambda: "delivered" in stage.held(address), seconds=30, what="it got access")

    stage.press("alex", "Block sign-in", card=card)

    until(lambda: "has changed since the card" in stage.words("alex", card), what="the card says what is new")
    assert "Access package “Invited users package”" in stage.words("alex", card)
    assert user(stage, person)["accountEnabled"] is True  # type: ignore[index]


def test_a_card_about_an_account_that_is_gone_touches_no_other_of_the_same_address(stage: Stage) -> None:
    address, person = account(stage)
    card = stage.ask("alex", f"remove {address}", "It still holds")
    block = next(one for one in actions(stage.card("alex", card)) if one.get("title") == "Block sign-in")
    gone = {**block["data"], "verb": block["verb"], "person": "99999999-9999-4999-8999-999999999001"}

    stage.execute("alex", gone, card=card)

    until(lambda: "It still holds" not in stage.words("alex", card), what="an answer")
    assert "is blocked" not in stage.words("alex", card)
    assert user(stage, person)["accountEnabled"] is True  # type: ignore[index]


def test_the_live_card_says_that_the_account_was_deleted(stage: Stage) -> None:
    address = delivered(stage)
    live = stage.shown("alex", address, "✔ Delivered", "Asked by")
    card = stage.ask("alex", f"remove {address}", "It still holds")
    stage.press("alex", "Delete…", card=card)
    until(lambda: "1 access package go" in stage.words("alex", card) or "Type its" in stage.words("alex", card))

    stage.press("alex", "Delete", card=card, inputs={"typed": address})

    until(lambda: "account was deleted" in stage.words("alex", live), seconds=30, what="the live card says so")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("remove adele@contoso.com", "That is not a guest"),
        ("remove alex@contoso.com", "That is not a guest"),
        ("remove nobody-here@fabrikam.com", "Nobody here has this address"),
        ("remove eva@adatum.com", "eva@adatum.com is deleted"),
        ("remove", "Which guest?"),
        ("block dan@northwindtraders.com", "Unblock"),
    ],
)
def test_what_cannot_be_removed_is_told(stage: Stage, sentence: str, words: str) -> None:
    stage.ask("alex", sentence, words)


def test_a_guest_who_holds_a_role_stays(stage: Stage, tenant: Server) -> None:
    address, person = account(stage)
    give_role(tenant.world, person, GUEST_INVITER)

    stage.ask("alex", f"remove {address}", "This account administers something", "Guest Inviter")

    assert user(stage, person)


def test_of_two_accounts_one_is_chosen(stage: Stage) -> None:
    address, _ = account(stage)
    stage.graph("PATCH", f"/users/{PEOPLE['lee'][0]}", {"otherMails": [address]})
    shown = set(stage.cards("alex"))

    card = stage.ask("alex", f"remove {address}", "Which account?")
    stage.press("alex", next(one for one in stage.titles("alex", card) if "(guest" in one), card=card)

    stage.news("alex", shown | {card}, "It still holds")
    stage.graph("PATCH", f"/users/{PEOPLE['lee'][0]}", {"otherMails": []})


def test_of_two_deleted_accounts_one_is_chosen_to_be_restored_and_of_two_the_blocked_one_is_let_in(
    stage: Stage,
) -> None:
    address, first = account(stage)
    stage.graph("DELETE", f"/users/{first}")
    stage.control("clock", {"advance": "P2D"})
    body = {"invitedUserEmailAddress": address, "inviteRedirectUrl": "https://myapps.microsoft.com"}
    second = stage.graph("POST", "/invitations", body)["invitedUser"]["id"]
    stage.graph("PATCH", f"/users/{second}", {"accountEnabled": False})
    shown = set(stage.cards("alex"))

    unblocked = stage.ask("alex", f"unblock {address}", "can sign in again")
    stage.graph("DELETE", f"/users/{second}")
    card = stage.ask("alex", f"restore {address}", "Which account?", "2 accounts")
    stage.press("alex", stage.titles("alex", card)[1], card=card)

    until(lambda: "account is back" in stage.words("alex", card), what="the one that was chosen is back")
    assert [bool(user(stage, one)) for one in (first, second)].count(True) == 1
    assert unblocked not in shown


def test_who_is_deleted_is_not_let_in_but_can_be_restored(stage: Stage) -> None:
    address, person = account(stage)
    stage.graph("PATCH", f"/users/{person}", {"accountEnabled": False})
    stage.graph("DELETE", f"/users/{person}")

    card = stage.ask("alex", f"unblock {address}", "is deleted", "Nothing was changed")

    assert stage.titles("alex", card) == ["Restore"]


def test_whoever_may_not_is_refused_also_on_somebody_elses_button(stage: Stage) -> None:
    address, person = account(stage)

    stage.ask("megan", f"remove {address}", "You may not do that", "User Administrator")
    shown = set(stage.cards("megan"))
    stage.execute(
        "megan", {"verb": "remove.block", "address": address, "person": person, "seen": "x"}, card="elsewhere"
    )

    stage.news("megan", shown, "You may not do that")
    assert user(stage, person)["accountEnabled"] is True  # type: ignore[index]


def test_revoking_the_last_access_says_what_becomes_of_the_account_and_the_live_card_follows(stage: Stage) -> None:
    address = delivered(stage)
    live = stage.shown("alex", address, "✔ Delivered", "Asked by")
    person = stage.user(address)["id"]
    until(lambda: _governed(stage, person), what="the account is governed")

    question = stage.ask("alex", f"revoke {address}", "loses “Invited users package”", "It is their last access")
    assert "blocks the account, and deletes it on" in stage.words("alex", question)
    stage.press("alex", "Yes, revoke", card=question)

    until(lambda: "Revoked" in stage.words("alex", live), seconds=30, what="the live card says so")
    assert stage.held(address) == ["expired"]


def _governed(stage: Stage, person: str) -> bool:
    path = f"/identityGovernance/entitlementManagement/subjects(objectId='{person}')"
    return bool(stage.graph("GET", path)["subjectLifecycle"] == "governed")
