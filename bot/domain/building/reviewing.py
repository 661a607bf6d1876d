"""Access reviews as the clauses of a sentence describe them."""

from __future__ import annotations

from typing import Any

from bot.domain.building import values
from bot.domain.building.drafts import ReviewWish
from bot.domain.building.grammar import FREQUENCIES, NO_ANSWERS
from bot.domain.building.phrases import Token
from bot.domain.building.refs import SELF, standard, unnamed


class Reviewing:
    """What was said about reviews so far."""

    KEYS = frozenset(
        "review reviewer review-days review-fallback no-answer recommendations reviewer-justification review-start".split()
    )

    def __init__(self) -> None:
        self._said: dict[str, Any] = {}

    def clause(self, key: str, rest: list[Token]) -> None:
        """Reads what one of KEYS takes from the front of `rest`."""
        match key:
            case "review":
                self._review(rest)
            case "reviewer":
                self._add("reviewers", values.people(rest))
            case "review-fallback":
                self._add("fallbacks", values.people(rest))
            case "review-days":
                self._said["days"] = values.days(rest)
            case "review-start":
                self._said["starts"] = values.date(rest)
            case "recommendations":
                self._said["recommendations"] = values.yes_no(rest)
            case "reviewer-justification":
                self._said["justification"] = values.yes_no(rest)
            case "no-answer":
                word = values.number(rest).casefold()
                self._said["no_answer"] = NO_ANSWERS.get(word, word)

    def wish(self) -> ReviewWish:
        """All of it."""
        return ReviewWish(**self._said)

    def _review(self, rest: list[Token]) -> None:
        """Yes, no or how often; whoever is named instead reviews."""
        word = values.front(rest)
        if word in FREQUENCIES:
            rest.pop(0)
            self._said.setdefault("frequency", FREQUENCIES[word].value)
        elif standard(word) == SELF or unnamed(standard(word)):
            rest.pop(0)
            self._add("reviewers", [standard(word)])
        else:
            self._said.setdefault("frequency", values.yes_no(rest))

    def _add(self, name: str, refs: list[str]) -> None:
        self._said[name] = (*self._said.get(name, ()), *refs)
