"""Codes, tokens and failures of a sign-in are read whatever somebody sends."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sign_in import KEPT_FOR, KeptTurn, code_in, failure_in_words, kept_id, whose
from bot.domain.turns import Caller, Conversation, Place, Turn

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TURN = Turn("key", Caller("adele"), Conversation("a:1", Place.PERSONAL, ""), value={"verb": "approve", "id": "1"})


def token(claims: object) -> str:
    return f"x.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.y"


@given(st.from_regex(r"[0-9]{6}", fullmatch=True), st.sampled_from(["", " ", "-"]), st.sampled_from(["", " ", "\n"]))
def test_six_digits_are_a_code_however_they_are_typed(digits: str, between: str, around: str):
    assert code_in(f"{around}{digits[:3]}{between}{digits[3:]}{around}") == digits


@given(st.text())
def test_a_code_is_six_plain_digits_or_nothing(words: str):
    code = code_in(words)

    assert not code or (len(code) == 6 and code.isascii() and code.isdigit())


@pytest.mark.parametrize("words", ["12345", "1234567", "code 123456", "123456 please", "１２３４５６", "12 3456", ""])
def test_what_is_more_or_less_than_a_code_is_none(words: str):
    assert code_in(words) == ""


@given(st.text())
def test_any_text_can_be_asked_whose_token_it_is(text: str):
    assert isinstance(whose(text), str)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_claims_can_be_asked_whose_they_are(claims: object):
    assert isinstance(whose(token(claims)), str)


def test_a_token_names_its_owner_in_lower_case():
    assert whose(token({"oid": "ABC-é"})) == "abc-é"
    assert whose(token({"sub": "abc"})) == ""


def test_the_same_wish_of_the_same_person_is_one():
    assert kept_id(TURN) == kept_id(replace(TURN, key="other", card="m2"))
    assert kept_id(TURN) != kept_id(replace(TURN, value={"verb": "deny", "id": "1"}))
    assert kept_id(TURN) != kept_id(replace(TURN, caller=Caller("lee")))


def test_a_wish_is_late_after_an_hour():
    kept = KeptTurn("1", "adele", TURN, NOW)

    assert not kept.is_late(NOW + KEPT_FOR - timedelta(seconds=1))
    assert kept.is_late(NOW + KEPT_FOR)


@given(st.text())
def test_every_failure_has_words_and_a_next_step(code: str):
    title, text = failure_in_words(code)

    assert title
    assert text.endswith(".")
