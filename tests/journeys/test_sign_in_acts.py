"""A pressed card waits for its sign-in and is edited in place when it is there; what needs a name is done in that name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.journeys.approving import ask_for, case_card, met
from tests.journeys.signing import Client
from tests.journeys.stage import Stage, until


@pytest.fixture
def adele(stage: Stage) -> Iterator[Client]:
    """Not signed in when the journey begins, and consent is given."""
    stage.control("options", {"withoutConsent": False})
    met(stage, "adele")
    client = Client(stage, "adele")
    client.sign_out()
    yield client
    stage.control("options", {"withoutConsent": False})


def decisions(stage: Stage) -> list[str]:
    """With whose token each approval stage was decided."""
    stages = re.compile(r"/accessPackageAssignmentApprovals/[^/]+/stages/[^/]+$")
    return [one["token"] for one in stage.requests() if one["method"] == "PATCH" and stages.search(one["url"])]


def approved(stage: Stage, card: str) -> bool:
    return "Approved" in stage.words("adele", card)


def times_asked(stage: Stage) -> int:
    return stage.bot.log.read_text().count('"event": "sign-in needed"')


def test_a_press_is_kept_with_its_reason_and_its_card_is_edited_in_place(stage: Stage, adele: Client):
    card = case_card(stage, "adele", ask_for(stage))
    before, made = set(stage.cards("adele")), len(decisions(stage))

    stage.press("adele", "Approve", card=card, inputs={"reason": "they audit us"})
    question = adele.asked()

    assert {"Approve", "Deny"} <= set(stage.titles("adele", card))
    assert len(decisions(stage)) == made
    adele.exchange(question)
    until(lambda: approved(stage, card), what="the pressed card says so")
    assert "they audit us" in stage.words("adele", card)
    assert decisions(stage)[made:] == ["delegated"]
    assert [one for one in set(stage.cards("adele")) - before if "asks for" in stage.words("adele", one)] == []


def test_what_was_pressed_on_several_cards_goes_on_after_one_sign_in(stage: Stage, adele: Client):
    cards = [case_card(stage, "adele", ask_for(stage)) for _ in range(2)]
    made, asked = len(decisions(stage)), times_asked(stage)

    for card in cards:
        stage.press("adele", "Approve", card=card)
        stage.press("adele", "Approve", card=card)
    until(lambda: times_asked(stage) == asked + 4 and len(adele.questions()) == 1, what="one question stands")
    adele.exchange(adele.asked())

    until(lambda: all(approved(stage, card) for card in cards), what="both go on")
    assert decisions(stage)[made:] == ["delegated"] * 2


def test_consent_that_is_missing_leaves_the_pressed_card_as_it_is(stage: Stage, adele: Client):
    stage.control("options", {"withoutConsent": True})
    card = case_card(stage, "adele", ask_for(stage))
    before, made = set(stage.cards("adele")), len(decisions(stage))
    stage.press("adele", "Approve", card=card)
    adele.exchange(adele.asked())
    told = stage.news("adele", before, "An administrator has to agree first")
    assert {"Approve", "Deny"} <= set(stage.titles("adele", card))
    assert len(decisions(stage)) == made

    stage.control("options", {"withoutConsent": False})
    stage.press("adele", "Try again", card=told)

    until(lambda: approved(stage, card), what="the pressed card says so")
    assert decisions(stage)[made:] == ["delegated"]


def test_a_sign_in_that_comes_after_somebody_else_decided_changes_nothing(stage: Stage, adele: Client):
    address = ask_for(stage)
    card = case_card(stage, "adele", address)
    made = len(decisions(stage))
    stage.press("adele", "Deny", card=card, inputs={"reason": "too late"})
    question = adele.asked()
    stage.act(address, "approve", "99999999-9999-4999-8999-999999999992")

    adele.exchange(question)

    until(lambda: "Approved" in stage.words("adele", card), what="the card says how it was decided")
    until(lambda: stage.held(address) == ["delivered"], what="the approval holds")
    assert len(decisions(stage)) == made
