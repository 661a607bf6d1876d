"""The card with what came of a review: a chart, and each decision with its reason."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import ReviewResult
from bot.domain.reviews.facts import Item
from cards import listing
from cards.chart import chart, lines
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.presses import buttons
from cards.review_words import bars, decided, named, standing
from cards.tones import MARKS

_MORE = "and {count} more: take the CSV for all of them"
_APPLIED = {
    "AppliedSuccessfully": "applied",
    "AppliedSuccessfullyButObjectNotFound": "the access was gone already",
    "AppliedWithUnknownFailure": "could not be applied",
    "ApplyNotSupported": "cannot be applied",
}


def card(outcome: ReviewResult) -> dict[str, Any]:
    """Those who lose the access come first."""
    tone, said = standing(outcome.campaign)
    mark = MARKS[tone]
    entries = ([words(_name(one), bold=True, spacing="Small"), small(_what(one))] for one in outcome.items)
    body: list[CardElement] = [
        words(f"{mark.icon} {said}", colour=mark.colour, bold=True),
        heading(_title(outcome)),
        *chart(bars(outcome.counts)),
        *listing.fitting(entries, total=len(outcome.items), more=_MORE),
        *buttons(outcome.presses),
    ]
    return finished(body, text(outcome))


def text(outcome: ReviewResult) -> str:
    """The same in plain text."""
    tone, said = standing(outcome.campaign)
    told = [f"{_name(one)}: {_what(one)}" for one in outcome.items]
    shown = listing.lines(told, total=len(told), more=_MORE)
    return "\n".join([f"{_title(outcome)}: {MARKS[tone].icon} {said}", *lines(bars(outcome.counts)), *shown])


def _title(outcome: ReviewResult) -> str:
    return f"Result of the review of {named(outcome.campaign, 'an access package')}"


def _name(item: Item) -> str:
    return plain(item.person_name, 100) or "Somebody"


def _what(item: Item) -> str:
    applied = "" if item.is_open else _APPLIED.get(item.applied, "")
    return decided(item) + (f" · {applied}" if applied else "")
