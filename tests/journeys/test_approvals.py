"""Requests are decided by a press of their approvers, in their own name, once, whatever happens on the way."""

from __future__ import annotations

import threading

import pytest

from tests.journeys.approving import (
    PROJECT,
    ask_for,
    case_card,
    decisions,
    named,
    package,
    request,
    sign_in,
    stage_of,
)
from tests.journeys.rough import held, hold
from tests.journeys.signing import Client
from tests.journeys.stage import PEOPLE, Stage, readable, until

pytestmark = pytest.mark.usefixtures("approvers_met")


@pytest.mark.usefixtures("adele_signed_in")
def test_a_press_approves_in_the_approver_s_own_name_and_the_requestor_is_told_by_whom(stage: Stage) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)
    assert stage.titles("adele", card) == ["Approve", "Deny", "Open My Access"]

    stage.press("adele", "Approve", card=card, inputs={"reason": "Welcome on board"})

    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), what="the card says so")
    mail = until(lambda: stage.mails(address), what="the guest is told by mail")[0]
    assert mail["subject"] == f"Your request for “{PROJECT}” was approved"
    assert "Adele Vance" in mail["body"]["content"]
    assert "Welcome on board" in mail["body"]["content"]
    (decision,) = decisions(stage, address)
    assert decision["token"] == "delegated"
    assert stage.titles("adele", card) == []


@pytest.mark.usefixtures("adele_signed_in")
def test_a_denial_wants_a_reason_which_the_requestor_is_told(stage: Stage) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)

    stage.press("adele", "Deny", card=card, inputs={"reason": "  "})
    until(lambda: "Say why you deny it" in stage.words("adele", card), what="the reason is asked for")
    assert decisions(stage, address) == []
    stage.press("adele", "Deny", card=card, inputs={"reason": "The *project* has ended"})

    until(lambda: "Denied by Adele Vance" in stage.words("adele", card), what="the card says so")
    mail = until(lambda: stage.mails(address), what="the guest is told")[0]
    assert mail["subject"] == f"Your request for “{PROJECT}” was declined"
    assert "The *project* has ended" in mail["body"]["content"]
    assert request(stage, address)["state"] == "denied"


@pytest.mark.usefixtures("adele_signed_in")
def test_where_the_policy_wants_a_reason_approving_takes_one(stage: Stage) -> None:
    ids, _ = package(stage, stage_of(named("adele"), reason=True))
    address = ask_for(stage, package=ids)
    card = case_card(stage, "adele", address)

    stage.press("adele", "Approve", card=card, inputs={"reason": ""})
    until(lambda: "The policy wants a reason" in stage.words("adele", card), what="the reason is asked for")
    stage.press("adele", "Approve", card=card, inputs={"reason": "audit"})

    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), what="the card says so")


@pytest.mark.usefixtures("both_signed_in")
def test_of_two_who_press_at_once_one_decides_and_every_copy_says_who(stage: Stage) -> None:
    ids, _ = package(stage, stage_of(named("adele"), named("lee")))
    address = ask_for(stage, package=ids)
    cards = {who: case_card(stage, who, address) for who in ("adele", "lee")}
    presses = [
        threading.Thread(target=stage.press, args=("adele", "Approve"), kwargs={"card": cards["adele"]}),
        threading.Thread(
            target=stage.press, args=("lee", "Deny"), kwargs={"card": cards["lee"], "inputs": {"reason": "no"}}
        ),
    ]

    for one in presses:
        one.start()
    for one in presses:
        one.join()

    (decision,) = until(lambda: decisions(stage, address), what="one of them decided")
    said = "Approved by Adele Vance" if decision["requestBody"]["reviewResult"] == "Approve" else "Denied by Lee Gu"
    for who, card in cards.items():
        until(lambda who=who, card=card: said in stage.words(who, card), what=f"{who} reads by whom")
    assert len(decisions(stage, address)) == 1
    until(lambda: stage.mails(address), what="the guest is told")
    assert len(stage.mails(address)) == 1


@pytest.mark.usefixtures("adele_signed_in")
def test_the_same_press_delivered_twice_decides_once(stage: Stage) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)

    stage.press("adele", "Approve", card=card)
    stage.execute(
        "adele", {"verb": "approval.approve", "request": request(stage, address)["id"], "stage": 1}, card=card
    )

    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), what="the card says so")
    assert len(decisions(stage, address)) == 1


@pytest.mark.usefixtures("both_signed_in")
def test_a_press_after_somebody_else_decided_says_by_whom_and_changes_nothing(stage: Stage) -> None:
    ids, _ = package(stage, stage_of(named("adele"), named("lee")))
    address = ask_for(stage, package=ids)
    card = case_card(stage, "adele", address)
    data = {"verb": "approval.approve", "request": request(stage, address)["id"], "stage": 1}
    stage.act(address, "deny", ids, by=PEOPLE["lee"][0])

    stage.execute("adele", data, card=card)

    until(lambda: "Denied by Lee Gu" in stage.words("adele", card), what="the card says by whom")
    assert decisions(stage, address) == []
    assert request(stage, address)["state"] == "denied"


def test_without_a_sign_in_the_press_asks_for_it_and_goes_on_by_itself(stage: Stage) -> None:
    client = Client(stage, "adele")
    client.sign_out()
    address = ask_for(stage)
    card = case_card(stage, "adele", address)

    stage.press("adele", "Approve", card=card, inputs={"reason": "Welcome"})
    question = client.asked()
    assert decisions(stage, address) == []
    client.exchange(question)

    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), what="the press went on by itself")
    (decision,) = decisions(stage, address)
    assert decision["requestBody"]["justification"] == "Welcome"


@pytest.mark.usefixtures("both_signed_in")
def test_whoever_decides_a_moment_after_somebody_else_reads_that_it_was_already_decided_and_by_whom(
    stage: Stage,
) -> None:
    ids, _ = package(stage, stage_of(named("adele"), named("lee")))
    address = ask_for(stage, package=ids)
    card = case_card(stage, "adele", address)
    hold(stage, "PATCH", "/stages/", seconds=2)
    press = threading.Thread(target=stage.press, args=("adele", "Approve"), kwargs={"card": card})
    press.start()
    until(lambda: held(stage), what="the approval is on its way")
    stage.act(address, "deny", ids, by=PEOPLE["lee"][0])
    press.join()

    # All copies are drawn anew right after, and say by whom without what was pressed where.
    until(lambda: was_told(stage, "Already denied by Lee Gu. Nothing was changed"), what="it is said")
    until(lambda: "Denied by Lee Gu on" in stage.words("adele", card), what="the card says by whom")
    key = request(stage, address)["id"]
    assert 409 in [one["status"] for one in stage.requests() if one["method"] == "PATCH" and key in one["url"]]
    assert request(stage, address)["state"] == "denied"


def was_told(stage: Stage, words: str) -> bool:
    """Whether a card with these words ever stood in a chat."""
    drawn = [body["attachments"][0]["content"] for _, _, body in list(stage.teams.calls) if body.get("attachments")]
    return any(words in readable(one) for one in drawn)


def test_a_press_after_one_s_own_decision_elsewhere_says_so_and_everybody_hears_who_it_was(stage: Stage) -> None:
    for who in ("adele", "lee"):
        Client(stage, who).sign_out()
    ids, _ = package(stage, stage_of(named("adele"), named("lee")))
    address = ask_for(stage, package=ids)
    cards = {who: case_card(stage, who, address) for who in ("adele", "lee")}
    data = {"verb": "approval.approve", "request": request(stage, address)["id"], "stage": 1}
    stage.act(address, "approve", ids, by=PEOPLE["adele"][0])
    for who, card in cards.items():
        until(lambda who=who, card=card: "Approved outside Usher" in stage.words(who, card), what="it is over")
    sign_in(stage, "adele")

    stage.execute("adele", data, card=cards["adele"])

    until(
        lambda: "You approved this already, and that stands" in stage.words("adele", cards["adele"]),
        what="it was their own decision",
    )
    until(lambda: "Approved by Adele Vance" in stage.words("lee", cards["lee"]), what="the other copy says by whom")
    assert decisions(stage, address) == []


@pytest.mark.usefixtures("adele_signed_in")
def test_a_throttled_decision_waits_and_is_made_once(stage: Stage) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)
    stage.control(
        "faults", {"rules": [{"method": "PATCH", "path": "/stages/", "status": 429, "times": 2, "retryAfter": 1}]}
    )

    stage.press("adele", "Approve", card=card)

    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), seconds=40, what="it is decided")
    assert len(decisions(stage, address)) == 1


@pytest.mark.usefixtures("adele_signed_in")
def test_a_decision_whose_answer_is_lost_is_made_once(stage: Stage) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)
    stage.control("faults", {"rules": [{"method": "PATCH", "path": "/stages/", "dropAfterWrite": True, "times": 1}]})

    stage.press("adele", "Approve", card=card, inputs={"reason": "yes"})

    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), seconds=40, what="it is decided")
    until(lambda: stage.mails(address), what="the guest is told")
