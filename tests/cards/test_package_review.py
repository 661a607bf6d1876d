"""The review of an access package: how many settings it shows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.domain.outcomes import PackageReview
from cards import package_review
from cards.elements import LARGEST
from tests.cards.rules import of


def review(questions: int, length: int) -> dict[str, Any]:
    """The card of a package that asks so many questions of such a length."""
    asked = tuple(f"Question {n}: {'w' * length}" for n in range(1, questions + 1))
    sections = (("Requestor information", asked), ("Lifecycle", ("Access ends: never",)))
    return package_review.card(PackageReview("build", "stamp", "Guests", sections, ("Create it",)))


def titles(card: dict[str, Any]) -> list[str]:
    """The titles of all facts, in order."""
    return [fact["title"] for facts in of(card, "FactSet") for fact in facts["facts"]]


def test_the_review_shows_every_question_a_policy_may_have() -> None:
    card = review(50, 60)

    assert titles(card) == [*(f"Question {n}" for n in range(1, 51)), "Access ends"]


@pytest.mark.parametrize(("questions", "length"), [(50, 280), (200, 280)])
def test_what_is_left_out_for_want_of_room_is_counted_and_no_section_is_starved(questions: int, length: int) -> None:
    card = review(questions, length)

    shown = titles(card)
    assert shown[-1] == "Access ends"
    assert 12 < len(shown) <= questions
    assert f"and {questions - len(shown) + 1} more" in [one["text"] for one in of(card, "TextBlock")]
    assert len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode()) < LARGEST
