"""Requests are decided by their approvers, in their own name, once; everybody concerned is told by whom and why."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.journeys.approving import (
    PARTNER,
    PROJECT,
    ask_for,
    case_card,
    copies,
    met,
    named,
    package,
    sign_in,
    stage_of,
)
from tests.journeys.signing import Client
from tests.journeys.stage import PEOPLE, Stage, until

READERS = "77777777-7777-4777-8777-777777777771"


@pytest.fixture(autouse=True)
def _met(stage: Stage) -> None:
    met(stage, "adele", "lee")


@pytest.fixture
def adele(stage: Stage) -> None:
    sign_in(stage, "adele")


@pytest.fixture
def both(stage: Stage, adele: None) -> None:
    sign_in(stage, "lee")


def request(stage: Stage, address: str) -> dict[str, Any]:
    person = stage.user(address)["id"]
    return next(one for one in reversed(stage.state()["assignmentRequests"]) if one["requestor"]["objectId"] == person)


def decisions(stage: Stage, address: str) -> list[dict[str, Any]]:
    """What was decided about this guest's request, and was accepted."""
    key = request(stage, address)["id"]
    sent = [one for one in stage.requests() if one["method"] == "PATCH" and f"Approvals/{key}/stages" in one["url"]]
    return [one for one in sent if one["status"] == 204]


@pytest.mark.usefixtures("adele")
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


@pytest.mark.usefixtures("adele")
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


@pytest.mark.usefixtures("adele")
def test_where_the_policy_wants_a_reason_approving_takes_one(stage: Stage) -> None:
    ids, _ = package(stage, stage_of(named("adele"), reason=True))
    address = ask_for(stage, package=ids)
    card = case_card(stage, "adele", address)

    stage.press("adele", "Approve", card=card, inputs={"reason": ""})
    until(lambda: "The policy wants a reason" in stage.words("adele", card), what="the reason is asked for")
    stage.press("adele", "Approve", card=card, inputs={"reason": "audit"})

    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), what="the card says so")


@pytest.mark.usefixtures("both")
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


@pytest.mark.usefixtures("adele")
def test_the_same_press_delivered_twice_decides_once(stage: Stage) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)

    stage.press("adele", "Approve", card=card)
    stage.execute(
        "adele", {"verb": "approval.approve", "request": request(stage, address)["id"], "stage": 1}, card=card
    )

    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), what="the card says so")
    assert len(decisions(stage, address)) == 1


@pytest.mark.usefixtures("both")
def test_what_was_decided_in_my_access_shows_with_name_and_reason(stage: Stage) -> None:
    ids, _ = package(stage, stage_of(named("adele"), named("lee")))
    address = ask_for(stage, package=ids)
    cards = {who: case_card(stage, who, address) for who in ("adele", "lee")}

    stage.act(address, "deny", ids, by=PEOPLE["lee"][0], justification="not this year")

    for who, card in cards.items():
        until(lambda who=who, card=card: "Denied by Lee Gu" in stage.words(who, card), what=f"{who} reads by whom")
    mail = until(lambda: stage.mails(address), what="the guest is told")[0]
    assert "not this year" in mail["body"]["content"]
    assert "Lee Gu" in mail["body"]["content"]


@pytest.mark.usefixtures("both")
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


@pytest.mark.usefixtures("both")
def test_with_two_stages_the_next_approvers_are_asked_once_the_first_said_yes(stage: Stage) -> None:
    ids, _ = package(stage, stage_of(named("adele")), stage_of(named("lee")))
    address = ask_for(stage, package=ids)
    first = case_card(stage, "adele", address)
    assert copies(stage, "lee", address) == []

    stage.press("adele", "Approve", card=first, inputs={"reason": "fine by me"})

    second = case_card(stage, "lee", address)
    assert "fine by me" in stage.words("lee", second)
    assert "2 of 2" in stage.words("lee", second)
    until(lambda: "the next approvers are asked" in stage.words("adele", first), what="the first copy says so")
    assert stage.mails(address) == []

    stage.press("lee", "Approve", card=second)

    until(lambda: "Approved by Lee Gu" in stage.words("adele", first), what="the first copy follows to the end")
    until(lambda: stage.mails(address), what="the guest is told")
    assert len(decisions(stage, address)) == 2


@pytest.mark.usefixtures("adele")
def test_approvals_lists_what_waits_and_typed_words_decide(stage: Stage) -> None:
    ids, name = package(stage, stage_of(named("adele")))
    one, other = (ask_for(stage, package=ids, reason="audit") for _ in range(2))
    cards = [case_card(stage, "adele", address) for address in (one, other)]

    listed = stage.ask("adele", "approvals", "wait for your approval", "Denied automatically in 14 days", "audit")
    which = stage.ask("adele", f'approve "{name}"', "Which request?", one.partition("@")[0], other.partition("@")[0])
    stage.ask("adele", f"deny {one}", one, "Say why you deny it", "Deny")
    stage.ask("adele", f'deny {one} because "no audit this year"', "Denied by Adele Vance", one)
    stage.ask("adele", f'approve {other} "{name}"', "Approved by Adele Vance", other)

    assert any(title.startswith("Decide") for title in stage.titles("adele", listed))
    assert any(title.startswith("Decide") for title in stage.titles("adele", which))
    assert request(stage, one)["state"] == "denied"
    assert "no audit this year" in until(lambda: stage.mails(one))[0]["body"]["content"]
    for card in cards:
        until(lambda card=card: "This card moved" in stage.words("adele", card), what="the earlier copy moved")
    stage.ask("adele", f"approve {one}", "Already denied by Adele Vance")
    stage.ask("adele", "approve nobody@fabrikam.com", "No request of nobody@fabrikam.com waits")


def test_with_nothing_waiting_the_list_says_so(stage: Stage) -> None:
    met(stage, "megan")

    stage.ask("megan", "approvals", "Nothing waits for your approval")
    stage.ask("megan", "approve", "Nothing waits for your approval")


@pytest.mark.usefixtures("both")
def test_nobody_is_asked_about_their_own_request_nor_can_decide_it(stage: Stage) -> None:
    ids, name = package(stage, stage_of(named("adele"), named("lee")))
    stage.act("lee@contoso.com", "request", ids, justification="for myself")
    card = case_card(stage, "adele", "lee@contoso.com", "for myself", name)
    key = next(
        one["id"] for one in reversed(stage.state()["assignmentRequests"]) if one["justification"] == "for myself"
    )
    before = set(stage.cards("lee"))

    stage.execute("lee", {"verb": "approval.approve", "request": key, "stage": 1}, card="nowhere")

    stage.news("lee", before, "Nobody approves their own request")
    assert [one for one in copies(stage, "lee", "lee@contoso.com") if name in stage.words("lee", one)] == []
    stage.press("adele", "Approve", card=card)
    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), what="another approver decides it")


@pytest.mark.usefixtures("both")
def test_whoever_is_not_asked_any_more_changes_nothing(stage: Stage) -> None:
    address = ask_for(stage)
    case_card(stage, "adele", address)
    before = set(stage.cards("lee"))

    stage.execute("lee", {"verb": "approval.approve", "request": request(stage, address)["id"], "stage": 1}, card="x")

    stage.news("lee", before, "This does not wait for you")
    assert decisions(stage, address) == []


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(
    "press",
    [{"verb": "approval.show"}, {"verb": "approval.approve", "stage": 7}, {"verb": "approval.deny", "stage": 1}],
)
def test_whoever_was_never_asked_is_shown_nothing_of_a_request(stage: Stage, press: dict[str, Any]) -> None:
    address = ask_for(stage)
    case_card(stage, "adele", address)
    before = set(stage.cards("lee"))

    stage.execute("lee", {**press, "request": request(stage, address)["id"]}, card="x")

    stage.news("lee", before, "This does not wait for you")
    assert copies(stage, "lee", address) == []


@pytest.mark.usefixtures("adele")
@pytest.mark.parametrize(
    "data",
    [
        {"request": "no such request"},
        {"request": "00000000-0000-4000-8000-000000000000", "stage": "one"},
        {"request": ["r"], "stage": 1},
        {"request": "../../users"},
    ],
)
def test_a_button_that_carries_nonsense_is_answered_in_words(stage: Stage, data: dict[str, Any]) -> None:
    before = set(stage.cards("adele"))

    stage.execute("adele", {"verb": "approval.approve", **data}, card="nowhere")

    until(
        lambda: any(
            words in stage.words("adele", card)
            for card in set(stage.cards("adele")) - before
            for words in ("This request is gone", "for your approval", "Which request?")
        ),
        what="it is answered",
    )


@pytest.mark.usefixtures("adele")
def test_pressed_in_a_channel_it_goes_on_in_the_private_chat(stage: Stage) -> None:
    address = ask_for(stage)
    case_card(stage, "adele", address)
    channel = {"conversationType": "channel", "tenantId": stage.activity("adele")["channelData"]["tenant"]["id"]}
    channel |= {"id": "19:approvals@thread.tacv2", "isGroup": True}
    before = set(stage.cards("adele"))

    stage.say("adele", f"approve {address}", conversation=channel)

    stage.news("adele", before, "Approved by Adele Vance", address)
    said = until(lambda: stage.teams.chats.get(channel["id"]), what="the channel hears where")
    until(lambda: "I answered in our 1:1 chat" in str(said), what="the channel hears where")
    assert address not in str(said)


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


@pytest.mark.usefixtures("adele")
def test_whoever_invited_the_guest_is_told_and_the_guest_in_their_language(stage: Stage) -> None:
    address = stage.fresh("asker")
    question = stage.ask("alex", f'invite {address} to "{PROJECT}" for 30 days in German', "needs approval")
    stage.press("alex", "Invite, approval comes later", card=question)
    until(lambda: stage.mails(address), what="the guest was told")
    stage.act(address, "redeem")
    stage.act(address, "request", PARTNER)
    card = case_card(stage, "adele", address)

    stage.press("adele", "Deny", card=card, inputs={"reason": "Erst im Mai"})

    stage.shown("alex", f"Denied: “{PROJECT}”", address, "Adele Vance", "Erst im Mai")
    mails = until(lambda: [one for one in stage.mails(address) if "abgelehnt" in one["subject"]], what="in German")
    assert "Adele Vance schreibt" in mails[0]["body"]["content"]
    until(
        lambda: "Denied" in stage.words("alex", stage.shown("alex", address, "Asked by")), what="the live card follows"
    )


@pytest.mark.usefixtures("adele")
def test_a_throttled_decision_waits_and_is_made_once(stage: Stage) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)
    stage.control(
        "faults", {"rules": [{"method": "PATCH", "path": "/stages/", "status": 429, "times": 2, "retryAfter": 1}]}
    )

    stage.press("adele", "Approve", card=card)

    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), seconds=40, what="it is decided")
    assert len(decisions(stage, address)) == 1


@pytest.mark.usefixtures("adele")
def test_a_decision_whose_answer_is_lost_is_made_once(stage: Stage) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)
    stage.control("faults", {"rules": [{"method": "PATCH", "path": "/stages/", "dropAfterWrite": True, "times": 1}]})

    stage.press("adele", "Approve", card=card, inputs={"reason": "yes"})

    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), seconds=40, what="it is decided")
    until(lambda: stage.mails(address), what="the guest is told")


@pytest.mark.usefixtures("adele")
def test_a_guest_with_a_chat_is_told_there_and_by_mail_once(stage: Stage) -> None:
    met(stage, "ben")
    ids, name = package(stage, stage_of(named("adele")))
    stage.act("ben@fabrikam.com", "request", ids, justification="for the audit")
    card = case_card(stage, "adele", "ben@fabrikam.com", name)

    stage.press("adele", "Deny", card=card, inputs={"reason": "Ask *me* in May"})

    told = stage.shown("ben", f"Your request for “{name}” was declined", "Adele Vance", "Ask *me* in May")
    assert "Open the request link" in stage.titles("ben", told)
    mails = until(
        lambda: [one for one in stage.mails("ben@fabrikam.com") if name in one["subject"]], what="a mail, too"
    )
    assert len(mails) == 1


@pytest.mark.usefixtures("adele")
def test_an_approver_whom_no_chat_reaches_gets_a_mail_with_the_link_to_my_access(stage: Stage) -> None:
    chat = f"a:new-{PEOPLE['megan'][0]}"
    stage.teams.refusals |= {
        one: (403, {"error": {"code": "BotNotInConversationRoster"}}) for one in (chat, "a:1megan")
    }
    ids, name = package(stage, stage_of(named("megan")))

    address = ask_for(stage, package=ids)

    mail = until(
        lambda: [one for one in stage.mails("megan@contoso.com") if name in one["subject"]], what="a mail instead"
    )[0]
    assert address.partition("@")[0] in mail["subject"]
    assert "#/request-approval" in mail["body"]["content"]


@pytest.mark.usefixtures("adele")
def test_the_record_tells_who_decided_and_from_which_message(stage: Stage) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)
    stage.press("adele", "Approve", card=card, inputs={"reason": "Welcome"})
    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), what="it is decided")

    stage.ask("alex", f"audit {address}", "Adele Vance", "approve a request", PROJECT, "Welcome")
