"""Access reviews as the clauses of a sentence describe them."""

from __future__ import annotations

from typing import Any

from bot.domain.building import values
from bot.domain.building.drafts import ReviewWish
from bot.domain.building.grammar import FREQUENCIES, NO_ANSWERS
from bot.domain.building.phrases import Token
from bot.domain.building.refs import SELF, standard, unnamed
from bot.domain.building.singles import Singles

_SINGLES = ("frequency", "days", "no_answer", "recommendations", "justification", "starts")


class Reviewing:
    """What was said about reviews so far."""

    KEYS = frozenset(
        "review reviewer review-days review-fallback no-answer recommendations reviewer-justification review-start".split()
    )

    def __init__(self, singles: Singles) -> None:
        self._singles = singles
        self._lists: dict[str, tuple[str, ...]] = {}

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
                self._give("days", values.days(rest))
            case "review-start":
                self._give("starts", values.date(rest))
            case "recommendations":
                self._give("recommendations", values.yes_no(rest))
            case "reviewer-justification":
                self._give("justification", values.yes_no(rest))
            case "no-answer":
                word = values.number(rest).casefold()
                self._give("no_answer", NO_ANSWERS.get(word, word))

    def wish(self) -> ReviewWish:
        """All of it; no reviews at all leave nothing to be said about them."""
        said = {name: self._singles.values.get(f"review {name}", "") for name in _SINGLES}
        if said["frequency"] == "no" and "review details" in self._singles.written:
            self._singles.clash("review", "review frequency", self._singles.written["review details"])
        wish: dict[str, Any] = {**said, **self._lists}
        return ReviewWish(**wish)

    def _give(self, name: str, value: str) -> None:
        self._singles.give(f"review {name}", value, field="review")
        self._singles.note("review details")

    def _review(self, rest: list[Token]) -> None:
        """Yes, no or how often; whoever is named instead reviews."""
        word = values.front(rest)
        if word in FREQUENCIES:
            rest.pop(0)
            self._often(FREQUENCIES[word].value)
        elif standard(word) == SELF or unnamed(standard(word)):
            rest.pop(0)
            self._add("reviewers", [standard(word)])
        else:
            self._often(values.yes_no(rest))

    def _often(self, value: str) -> None:
        """A plain yes is no other answer than a rhythm."""
        key = "review frequency"
        before = self._singles.values.get(key, "no")
        if value == "yes" and before != "no":
            return
        if before == "yes" and value != "no":
            del self._singles.values[key]
        self._singles.give(key, value, field="review")

    def _add(self, name: str, refs: list[str]) -> None:
        self._lists[name] = (*self._lists.get(name, ()), *refs)
        self._singles.note("review details")
