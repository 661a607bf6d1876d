"""A setting's word with one letter dropped, doubled or swapped is read and told, or answered with what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.building.grammar import WORDS
from bot.domain.building.phrases import key_of
from bot.domain.building.sentence import read


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """(a word of the grammar, the same with one slip)."""
    word = draw(st.sampled_from(sorted(WORDS)))
    at = draw(st.integers(0, len(word) - 1))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    ways = [before + after, before + 2 * letter + after, before + after[:1] + letter + after[1:]]
    slip = draw(st.sampled_from([one for one in ways if one and one != word and one not in WORDS] or [word]))
    return word, slip


@given(slips())
def test_no_slip_of_one_letter_is_passed_over_or_read_as_something_else(slip: tuple[str, str]) -> None:
    word, written = slip

    key, near = key_of(written)

    assert key in ("", WORDS[word])
    assert near or written == word


@pytest.mark.parametrize(
    ("clause", "key"),
    [
        ("fro:all-users", "for"),
        ("dyas:14", "days"),
        ("aprove:no", "approve"),
        ("timline:yes", "timeline"),
        ("approvre:Megan", "approver"),
        ("reviwe:no", "review"),
    ],
)
def test_a_slip_that_can_mean_one_setting_is_read_and_told(clause: str, key: str) -> None:
    word, _, value = clause.partition(":")

    reading = read(f'"X" {clause}')

    assert reading.draft == read(f'"X" {key}:{value}').draft
    assert reading.corrected == ((word, key),)


def test_two_letters_are_asked_about() -> None:
    reading = read('"X" ap:App4Guest')

    assert reading.unknown == (("ap:App4Guest", "app:"),)
    assert reading.draft.resources == ()
