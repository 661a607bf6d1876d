"""A sign-in that fails, lacks consent, or is not enough for Entra is explained, and nobody is signed in as somebody else."""

from __future__ import annotations

import pytest

from tests.journeys.signing import Client, begins, signed_in
from tests.journeys.stage import Stage, until


@pytest.mark.parametrize("state", ["CancelledByUser", "", None, {"x": 1}, "12345"])
def test_a_window_that_was_closed_is_explained(stage: Stage, adele: Client, state: object):
    before = begins(stage)
    question = adele.asked()

    assert adele.invoke("signin/verifyState", {"state": state})[0] == 200

    stage.news("adele", before, "You were not signed in", "window was closed")
    assert [one.card for one in adele.questions()] == [question.card]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("installappfailed", "could not be added"),
        ("resourcematchfailed", "set up wrongly"),
        ("authrequestfailed", "You were not signed in"),
        ("somethingnew", "could not sign you in"),
        ("", "could not sign you in"),
    ],
)
def test_a_failure_that_teams_names_is_explained(stage: Stage, adele: Client, code: str, words: str):
    before = begins(stage)
    adele.asked()

    assert adele.invoke("signin/failure", {"code": code, "message": "x"})[0] == 200

    stage.news("adele", before, words)


def test_consent_that_an_administrator_must_give_is_explained_and_tried_again(stage: Stage, adele: Client):
    stage.control("options", {"withoutConsent": True})
    before = begins(stage)
    adele.exchange(adele.asked())

    card = stage.news("adele", before, "An administrator has to agree first", "AADSTS65001", "/adminconsent?client_id=")
    assert stage.titles("adele", card) == ["Try again", "Open the link"]

    stage.control("options", {"withoutConsent": False})
    stage.press("adele", "Try again", card=card)

    until(lambda: "I act in your own name" in stage.words("adele", card), what="it goes on")


def test_an_entra_that_wants_more_is_satisfied_by_a_real_sign_in(stage: Stage, adele: Client):
    stage.control("options", {"interactionRequired": True})
    before = begins(stage)
    first = adele.asked()
    adele.exchange(first)
    until(lambda: [one.card for one in adele.questions()] not in ([], [first.card]), what="a second question")
    second = adele.asked()
    assert "tokenExchangeResource" not in second.content
    assert "29:1adele" not in signed_in(stage)
    stage.control("options", {"interactionRequired": False})

    stage.say("adele", adele.code(second))

    stage.news("adele", before, "I act in your own name")


def test_an_entra_that_is_never_satisfied_is_explained_and_asks_no_third_time(stage: Stage, adele: Client):
    stage.control("options", {"interactionRequired": True})
    before = begins(stage)
    first = adele.asked()
    adele.exchange(first)
    until(lambda: [one.card for one in adele.questions()] not in ([], [first.card]), what="a second question")

    stage.say("adele", adele.code(adele.asked()))

    stage.news("adele", before, "Signing in did not help", "AADSTS50076", "Conditional Access")
    assert adele.questions() == []


def test_somebody_else_s_token_signs_nobody_in(stage: Stage, adele: Client):
    begins(stage)
    question = adele.asked()

    status, body = adele.exchange(question, as_who="alex")

    assert (status, "another account" in body["failureDetail"]) == (412, True)
    assert "29:1adele" not in signed_in(stage)


def test_a_browser_that_signs_in_as_somebody_else_is_noticed(stage: Stage, adele: Client):
    before = begins(stage)
    code = adele.code(adele.asked(), as_who="alex")

    adele.invoke("signin/verifyState", {"state": code})

    stage.news("adele", before, "That was another account")
    assert "29:1adele" not in signed_in(stage)


def test_another_person_s_sign_in_continues_nothing_of_mine(stage: Stage, adele: Client):
    begins(stage)
    mine = adele.asked()
    lee = Client(stage, "lee")
    lee.sign_out()
    before = begins(stage, "lee")

    assert lee.exchange(lee.asked()) == (200, {})

    stage.news("lee", before, "I act in your own name")
    assert [one.card for one in adele.questions()] == [mine.card]
    assert lee.exchange(mine, as_who="adele")[0] == 412
    assert lee.invoke("signin/verifyState", {"state": adele.code(mine)})[0] == 404
