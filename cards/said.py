"""The card for a few plain words: an answer, a refusal, a finding, a question with buttons."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import Said
from cards import listing
from cards.elements import CardElement, block, facts, finished, heading, words
from cards.literal import literal_paragraphs, plain, plain_lines
from cards.presses import buttons
from cards.tones import MARKS

_LONGEST = 3000
_LONGEST_POINT = 400
_MOST_FACTS = 20


def card(outcome: Said) -> dict[str, Any]:
    """What was said, its tone as icon and word, and the next steps as buttons."""
    mark = MARKS[outcome.tone]
    said = literal_paragraphs(outcome.text, _LONGEST)
    points = ([words(f"• {point}"[:_LONGEST_POINT], spacing="Small")] for point in outcome.points)
    body: list[CardElement] = [
        words(mark.label, colour=mark.colour, bold=True),
        heading(outcome.title),
        *([block(said)] if said else []),
        *facts(outcome.facts[:_MOST_FACTS]),
        *listing.fitting(points, total=len(outcome.points), more="and {count} more"),
        *buttons(outcome.presses),
    ]
    return finished(body, text(outcome))


def text(outcome: Said) -> str:
    """The same in plain text."""
    points = [f"• {plain(point, _LONGEST_POINT)}" for point in outcome.points]
    return "\n".join(
        [
            f"{MARKS[outcome.tone].icon} {plain(outcome.title)}",
            *plain_lines(outcome.text, _LONGEST),
            *(f"{plain(title)}: {plain(value)}" for title, value in outcome.facts[:_MOST_FACTS]),
            *listing.lines(points, total=len(points), more="and {count} more"),
        ]
    )
