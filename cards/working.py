"""The card shown while a slower answer is on its way."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import Tone, Working
from cards.elements import finished, words
from cards.literal import plain
from cards.tones import MARKS


def card(outcome: Working) -> dict[str, Any]:
    """One line that says what is being done."""
    return finished([words(text(outcome))], text(outcome))


def text(outcome: Working) -> str:
    """The same in plain text."""
    return f"{MARKS[Tone.WORKING].icon} {plain(outcome.text, 300) or 'Working on it'}"
