"""Whoever has to do with a request hears what became of it: in chat, by mail, in their language, in the record."""

from __future__ import annotations

import pytest

from tests.journeys.approving import (
    PARTNER,
    PROJECT,
    ask_for,
    case_card,
    met,
    named,
    package,
    stage_of,
)
from tests.journeys.stage import PEOPLE, Stage, until

pytestmark = pytest.mark.usefixtures("approvers_met")


@pytest.mark.usefixtures("both_signed_in")
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


@pytest.mark.usefixtures("adele_signed_in")
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


@pytest.mark.usefixtures("adele_signed_in")
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


@pytest.mark.usefixtures("adele_signed_in")
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


@pytest.mark.usefixtures("adele_signed_in")
def test_the_record_tells_who_decided_and_from_which_message(stage: Stage) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)
    stage.press("adele", "Approve", card=card, inputs={"reason": "Welcome"})
    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), what="it is decided")

    stage.ask("alex", f"audit {address}", "Adele Vance", "approve a request", PROJECT, "Welcome")
