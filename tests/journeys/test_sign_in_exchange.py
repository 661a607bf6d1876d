"""The token that a Teams client brings is exchanged once, however many bring it and whatever dies or fails on the way."""

from __future__ import annotations

import contextlib
import http.client as http_client
import threading

import pytest

from tests.journeys.rough import held
from tests.journeys.signing import Client, Question, begins, exchanges, signed_in
from tests.journeys.stage import PEOPLE, Stage, until

ADELE = PEOPLE["adele"][0]


def test_two_clients_that_bring_the_same_exchange_make_it_once(stage: Stage, adele: Client):
    before = begins(stage)
    question = adele.asked()
    count, answers = exchanges(stage), []
    clients = [threading.Thread(target=lambda: answers.append(adele.exchange(question))) for _ in range(4)]

    for one in clients:
        one.start()
    for one in clients:
        one.join()

    assert answers == [(200, {})] * 4
    assert exchanges(stage) == count + 1
    done = stage.news("adele", before, "I act in your own name")
    assert [card for card in set(stage.cards("adele")) - before if card not in (done, question.card)] == []


def test_consent_that_is_missing_at_the_exchange_leads_to_the_button(stage: Stage, adele: Client):
    stage.control("options", {"withoutSignInConsent": True})
    before = begins(stage)
    question = adele.asked()

    status, body = adele.exchange(question)

    assert (status, body["id"]) == (412, question.exchange_id)
    assert "regular sign-in" in body["failureDetail"]
    assert "Need admin approval" in adele.page(question)
    stage.control("options", {"withoutSignInConsent": False})
    assert adele.exchange(question) == (200, {})
    stage.news("adele", before, "I act in your own name")


@pytest.mark.parametrize("changes", [{"id": ""}, {"connectionName": "other"}, {"token": ""}, {"token": {"a": 1}}])
def test_an_exchange_that_cannot_be_read_signs_nobody_in(stage: Stage, adele: Client, changes: dict[str, object]):
    begins(stage)

    assert adele.exchange(adele.asked(), **changes)[0] == 412

    assert "29:1adele" not in signed_in(stage)


def test_a_token_service_that_does_not_answer_leaves_the_button(stage: Stage, adele: Client):
    before = begins(stage)
    question = adele.asked()
    stage.control("faults", {"rules": [{"method": "POST", "path": "usertoken/exchange", "status": 503}]})
    assert adele.exchange(question)[0] == 412
    stage.control("faults", {"rules": []})

    assert adele.exchange(question) == (200, {})

    stage.news("adele", before, "I act in your own name")


def test_a_bot_that_dies_between_question_and_sign_in_goes_on(stage: Stage, adele: Client):
    before = begins(stage)
    question = adele.asked()
    stage.bot.kill()
    stage.bot.start()

    assert adele.exchange(question) == (200, {})

    stage.news("adele", before, "I act in your own name")


@pytest.mark.parametrize("made", [True, False])
def test_a_bot_that_dies_at_an_exchange_lets_the_repeat_sign_in(stage: Stage, adele: Client, made: bool):
    # Words of their own: an answer that a kill cut off before is given again, and the same wish would be answered there.
    before = begins(stage, words="log in" if made else "login")
    question = adele.asked()
    lost = {} if made else {"status": 503}
    rule = {"method": "POST", "path": "usertoken/exchange", "delaySeconds": 1, "times": 1, **lost}
    stage.control("faults", {"rules": [rule]})
    first = threading.Thread(target=_lost, args=(adele, question))
    first.start()
    until(lambda: held(stage), what="the exchange is under way")
    stage.bot.kill()
    first.join()
    stage.bot.start()

    assert adele.exchange(question) == (200, {})

    stage.news("adele", before, "I act in your own name")
    assert signed_in(stage)["29:1adele"] == ADELE


def _lost(client: Client, question: Question) -> None:
    """An exchange whose Usher dies before it answers."""
    with contextlib.suppress(OSError, http_client.HTTPException):
        client.exchange(question)


def test_an_exchange_that_was_made_signs_nobody_in_again_after_they_signed_out(stage: Stage, adele: Client):
    begins(stage)
    question = adele.asked()
    adele.exchange(question)
    until(lambda: not adele.questions(), what="the question is answered")
    adele.sign_out()

    assert adele.exchange(question) == (200, {})

    assert "29:1adele" not in signed_in(stage)
