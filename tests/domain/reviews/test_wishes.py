"""What people type behind `review`, and the sheet that comes out in the end."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reviews.campaigns import Kind
from bot.domain.reviews.facts import Decision, Item, RoundRef, Unanswered
from bot.domain.reviews.sheet import HEADERS, written
from bot.domain.reviews.wishes import ReviewWish, read

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ('"Invited users package"', ReviewWish("Invited users package")),
        ("Invited users package by sponsors", ReviewWish("Invited users", Kind.SPONSORS)),
        ('"P" by adele@x.com for 7 days', ReviewWish("P", Kind.PEOPLE, ("adele@x.com",), "7")),
        ('"P" by adele@x.com, lee@x.com', ReviewWish("P", Kind.PEOPLE, ("adele@x.com", "lee@x.com"))),
        ('"P" by Adele Vance and Lee Gu for two weeks', ReviewWish("P", Kind.PEOPLE, ("Adele Vance", "Lee Gu"), "14")),
        ('"P" by me', ReviewWish("P", Kind.PEOPLE, ("me",))),
        ('"P" by managers otherwise remove', ReviewWish("P", Kind.MANAGERS, unanswered=Unanswered.REMOVE)),
        ('"P" by me with reasons', ReviewWish("P", Kind.PEOPLE, ("me",), reason=True)),
        ('"P" every quarter', ReviewWish("P", every="quarterly")),
        ('"P" quarterly by sponsors', ReviewWish("P", Kind.SPONSORS, every="quarterly")),
        ('"P" for -3 days by me', ReviewWish("P", Kind.PEOPLE, ("me",), "-3 days")),
        ('"P" sideways', ReviewWish("P", unknown=("sideways",))),
        ('"P" every blue moon', ReviewWish("P", unknown=("blue", "moon"))),
        ("", ReviewWish()),
    ],
)
def test_a_sentence_is_read_as_people_say_it(words: str, wish: ReviewWish) -> None:
    assert read(words) == wish


@given(st.text(max_size=200))
def test_any_words_are_read_without_harm(words: str) -> None:
    wish = read(words)

    assert len(wish.package) <= 256
    assert len(wish.people) <= 10
    assert (wish.kind is Kind.PEOPLE) <= bool(wish.people) or wish.kind in (None, Kind.SPONSORS, Kind.MANAGERS)


@given(st.text(), st.text(), st.sampled_from(Decision))
def test_the_sheet_holds_every_decision_and_runs_nothing(name: str, reason: str, decision: Decision) -> None:
    item = Item("i", RoundRef("d", "r"), "p", name, decision, reason=reason, by_name="=Adele", at=NOW, applied="New")

    rows = list(csv.reader(io.StringIO(written([item], "Package", ZoneInfo("Europe/Berlin")).lstrip("\ufeff"))))

    assert tuple(rows[0]) == HEADERS
    assert rows[1][5] == "'=Adele"
    assert not any(field.lstrip(" ").startswith(("=", "+", "-", "@")) for field in rows[1])
    assert rows[1][6] == "2026-11-26T13:00:00+01:00"
