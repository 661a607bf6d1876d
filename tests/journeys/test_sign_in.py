"""Somebody signs in, silently or with a code, and what they wanted goes on by itself; signing out ends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.signing import Client, begins, signed_in
from tests.journeys.stage import PEOPLE, TENANT, Bot, Stage, http, until

ADELE = PEOPLE["adele"][0]


def test_a_client_signs_in_silently_and_what_was_wanted_goes_on(stage: Stage, adele: Client):
    before = begins(stage)
    question = adele.asked()

    assert adele.exchange(question) == (200, {})

    stage.news("adele", before - {question.card}, "You are signed in", "I act in your own name")
    until(lambda: not adele.questions(), what="the question is answered")
    assert signed_in(stage)["29:1adele"] == ADELE


def test_who_is_signed_in_is_not_asked_again(stage: Stage, adele: Client):
    begins(stage)
    adele.exchange(adele.asked())
    until(lambda: not adele.questions(), what="the question is answered")

    stage.ask("adele", "sign in", "You are signed in")

    assert adele.questions() == []


def test_a_typed_code_signs_in(stage: Stage, adele: Client):
    before = begins(stage)
    code = adele.code(adele.asked())

    stage.say("adele", f" {code[:3]} {code[3:]} ")

    stage.news("adele", before, "I act in your own name")
    assert code not in stage.bot.log.read_text()


def test_a_wrong_code_is_told_and_the_question_stays(stage: Stage, adele: Client):
    before = begins(stage)
    question = adele.asked()

    stage.say("adele", "000000")

    stage.news("adele", before, "not good (any more)")
    assert [one.card for one in adele.questions()] == [question.card]


def test_six_digits_mean_nothing_while_nobody_waits_for_them(stage: Stage, adele: Client):
    stage.ask("adele", "123456", "did not understand")


def test_a_window_that_closes_brings_its_code_by_itself(stage: Stage, adele: Client):
    before = begins(stage)
    code = adele.code(adele.asked())

    assert adele.invoke("signin/verifyState", {"state": code}) == (200, {})

    stage.news("adele", before, "I act in your own name")


def test_a_code_is_good_once(stage: Stage, adele: Client):
    begins(stage)
    code = adele.code(adele.asked())
    adele.invoke("signin/verifyState", {"state": code})
    before = set(stage.cards("adele"))

    assert adele.invoke("signin/verifyState", {"state": code})[0] == 404

    stage.news("adele", before, "not good (any more)")


def test_signing_out_ends_it(stage: Stage, adele: Client):
    begins(stage)
    adele.exchange(adele.asked())
    until(lambda: not adele.questions(), what="the question is answered")

    stage.ask("adele", "signout", "You are signed out", "in your own name any more")

    assert "29:1adele" not in signed_in(stage)
    begins(stage)
    assert adele.asked().exchange_id


def test_the_newest_question_stands_and_what_was_said_twice_goes_on_once(stage: Stage, adele: Client):
    before = begins(stage)
    first = adele.asked()
    begins(stage)
    until(lambda: "moved down" in stage.words("adele", first.card), what="a new question")
    (second,) = adele.questions()

    adele.exchange(second)

    stage.news("adele", before, "I act in your own name")


@pytest.mark.parametrize("later", ["PT61M", "P32D"])
def test_a_question_answered_much_later_signs_in_and_does_nothing_by_itself(stage: Stage, adele: Client, later: str):
    before = begins(stage)
    question = adele.asked()
    stage.control("clock", {"advance": later})
    swept = _sweeps(stage)
    until(lambda: _sweeps(stage) > swept + 1, what="the bot has looked at the clock")

    assert adele.exchange(question) == (200, {})

    stage.news("adele", before, "You are signed in", "too long ago")
    assert not [one for name, one in stage.cards("adele").items() if name not in before and "I act in" in str(one)]


def _sweeps(stage: Stage) -> int:
    return stage.bot.log.read_text().count('"event": "sweep"')


def test_cancel_ends_the_waiting(stage: Stage, adele: Client):
    begins(stage)
    question = adele.asked()
    stage.ask("adele", "cancel", "no longer wait for your sign-in")
    until(lambda: "No sign-in is needed" in stage.words("adele", question.card), what="the question is taken back")
    before = set(stage.cards("adele"))

    adele.invoke("signin/verifyState", {"state": adele.code(question)})

    stage.news("adele", before, "You are signed in", "too long ago")


def test_in_a_channel_the_question_comes_in_the_chat_of_two(stage: Stage, adele: Client):
    before = set(stage.cards("adele"))
    place = {"conversationType": "channel", "id": "19:general@thread.tacv2", "tenantId": TENANT}
    stage.post(stage.activity("adele", text="sign in", conversation=place))
    question = adele.asked()
    until(lambda: "1:1 chat" in str(stage.teams.chats.get("19:general@thread.tacv2")), what="the channel is told")
    assert "oauth" not in str(stage.teams.chats["19:general@thread.tacv2"])

    adele.exchange(question)

    stage.news("adele", before, "I act in your own name")


def test_without_a_connection_the_way_leads_to_my_access(stage: Stage, tmp_path_factory: pytest.TempPathFactory):
    bot = Bot(stage.tenant_url, tmp_path_factory.mktemp("off"), {"USHER_OAUTH_CONNECTION": "off"}).start()
    try:
        other = Stage(stage.tenant_url, stage.teams, bot)

        card = other.ask("adele", "sign in", "do this in My Access", "not set up")

        assert other.titles("adele", card) == ["Open My Access"]
    finally:
        bot.stop()


def test_no_token_is_in_the_log_or_the_ledger(stage: Stage, adele: Client):
    begins(stage)
    question = adele.asked()
    adele.exchange(question)
    until(lambda: not adele.questions(), what="the question is answered")

    path = stage.bot.database_url.removeprefix("sqlite:///")
    for name in (path, f"{path}-wal"):
        assert b"eyJ" not in Path(name).read_bytes()
    assert "eyJ" not in stage.bot.log.read_text()
    assert question.link.rsplit("/", 1)[-1] not in stage.bot.log.read_text()
    assert http("GET", f"{stage.bot.url}/healthz")[0] == 200
