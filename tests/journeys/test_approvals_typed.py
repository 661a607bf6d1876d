"""Approvers list what waits for them and decide by typing, wherever they type."""

from __future__ import annotations

import pytest

from tests.journeys.approving import ask_for, case_card, met, named, package, request, stage_of
from tests.journeys.stage import Stage, until

pytestmark = pytest.mark.usefixtures("approvers_met")


@pytest.mark.usefixtures("adele_signed_in")
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
    stage.ask("adele", f"approve {one}", "You denied this already")
    stage.ask("adele", "approve nobody@fabrikam.com", "No request of nobody@fabrikam.com waits")


def test_with_nothing_waiting_the_list_says_so(stage: Stage) -> None:
    met(stage, "megan")

    stage.ask("megan", "approvals", "Nothing waits for your approval")
    stage.ask("megan", "approve", "Nothing waits for your approval")


@pytest.mark.usefixtures("adele_signed_in")
def test_typed_in_a_channel_it_goes_on_in_the_private_chat(stage: Stage) -> None:
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


@pytest.mark.usefixtures("adele_signed_in")
@pytest.mark.parametrize("other", ["Sales portal", '"Sales portal"', "sales portal because done"])
def test_a_request_for_another_package_than_the_typed_one_is_not_decided(stage: Stage, other: str) -> None:
    address = ask_for(stage)
    case_card(stage, "adele", address)

    stage.ask("adele", f"approve {address} {other}", "Which request?", address.partition("@")[0], "Partner project")

    assert request(stage, address)["state"] == "pendingApproval"
    stage.ask("adele", f"approve {address} Partner project", "Approved by Adele Vance", address)


@pytest.mark.usefixtures("adele_signed_in")
def test_a_button_pressed_in_a_channel_decides_in_the_private_chat(stage: Stage) -> None:
    address = ask_for(stage)
    mine = case_card(stage, "adele", address)
    channel = {"conversationType": "channel", "id": "19:pressed@thread.tacv2", "isGroup": True}
    data = {"verb": "approval.approve", "request": request(stage, address)["id"], "stage": 1}
    value = {"action": {"type": "Action.Execute", "verb": "approval.approve", "data": data}}
    press = stage.activity("adele", type="invoke", name="adaptiveCard/action", value=value, conversation=channel)

    stage.post(press)

    until(lambda: [one for one in stage.cards("adele") if said(stage, one, address)], what="their own chat says so")
    until(lambda: stage.teams.chats.get(channel["id"]), what="the channel hears where")
    assert address not in str(stage.teams.chats[channel["id"]])
    assert mine in stage.cards("adele")


def said(stage: Stage, card: str, address: str) -> bool:
    return all(words in stage.words("adele", card) for words in ("Approved by Adele Vance", address))
