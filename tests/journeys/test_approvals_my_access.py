"""Without sign-in in Teams approvers learn in a card what waits for them, decide in My Access, and the card follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Server
from tests.journeys.approving import PARTNER, ask_for, case_card, met, named, package, stage_of
from tests.journeys.stage import PEOPLE, Bot, Stage, until


@pytest.fixture(scope="module")
def bot(tenant: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    folder: Path = tmp_path_factory.mktemp("bot")
    process = Bot(tenant.url, folder, {"USHER_OAUTH_CONNECTION": "off"}).start()
    yield process
    process.stop()


@pytest.fixture(autouse=True)
def _met(stage: Stage) -> None:
    met(stage, "adele")


def test_the_card_says_who_what_why_and_why_you_and_leads_to_my_access(stage: Stage) -> None:
    address = ask_for(stage, reason="Phoenix needs me")

    card = case_card(stage, "adele", address)

    words = stage.words("adele", card)
    assert "Waiting for your decision" in words
    assert "Phoenix needs me" in words
    assert "Which project are you working on?" in words
    assert "names you as an approver" in words
    assert "90 days" in words
    assert "signing in to Usher is not set up" in words
    assert stage.titles("adele", card) == ["Open My Access"]


def test_the_card_names_the_guest_s_sponsor_and_what_was_answered_to_the_package_s_questions(stage: Stage) -> None:
    stage.act("ben@fabrikam.com", "request", PARTNER, justification="the autumn audit")

    card = case_card(stage, "adele", "ben@fabrikam.com", "the autumn audit")

    words = stage.words("adele", card).splitlines()
    assert words[words.index("Sponsor") + 1] == "Alex Wilber"
    assert words[words.index("Which project are you working on?") + 1] == "Answered for a test"


@pytest.mark.parametrize(("decision", "word"), [("approve", "Approved"), ("deny", "Denied")])
def test_what_was_decided_in_my_access_shows_on_the_card_and_whoever_asked_is_told_once(
    stage: Stage, decision: str, word: str
) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)

    stage.act(address, decision, PARTNER)

    until(lambda: f"{word} outside Usher" in stage.words("adele", card), what="the card follows")
    subject = "was approved" if decision == "approve" else "was declined"
    until(lambda: [one for one in stage.mails(address) if subject in one["subject"]], what="the requestor is told")
    assert len(stage.mails(address)) == 1
    assert stage.titles("adele", card) == []


def test_a_withdrawn_request_shows_on_the_card_and_nobody_else_hears_of_it(stage: Stage) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)

    stage.act(address, "cancel", PARTNER)

    until(lambda: "Withdrawn by the requestor" in stage.words("adele", card), what="the card follows")
    assert stage.mails(address) == []


def test_typed_decisions_lead_to_my_access_too(stage: Stage) -> None:
    address = ask_for(stage)
    case_card(stage, "adele", address)

    stage.ask("adele", f'deny {address} because "no"', "signing in to Usher is not set up", address)
    listed = stage.ask("adele", "approvals", "wait for your approval", "Decide them in My Access")

    assert "Open My Access" in stage.titles("adele", listed)


def test_with_two_stages_the_next_approvers_are_asked_once_the_first_was_decided_in_my_access(stage: Stage) -> None:
    met(stage, "lee")
    ids, _ = package(stage, stage_of(named("adele")), stage_of(named("lee")))
    address = ask_for(stage, package=ids)
    first = case_card(stage, "adele", address)
    stage.act(address, "approve", ids, by=PEOPLE["adele"][0])

    stage.control("clock", {"advance": "PT6M"})

    second = case_card(stage, "lee", address, "2 of 2", "Decide this in My Access")
    assert stage.titles("lee", second) == ["Open My Access"]
    until(lambda: "the next approvers are asked" in stage.words("adele", first), what="the first copy says so")
    stage.act(address, "approve", ids, by=PEOPLE["lee"][0])
    until(lambda: "Approved outside Usher" in stage.words("lee", second), what="the card follows to the end")
    until(lambda: stage.mails(address), what="the requestor is told")
