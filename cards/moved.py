"""What stands in place of a card once a newer one in the same chat follows the same thing, in the reader's language."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import Followed, Moved, Tone
from cards.elements import finished, heading, words
from cards.tones import MARKS
from cards.when import Say, english


def card(outcome: Moved, say: Say = english) -> dict[str, Any]:
    """Where to look now."""
    return finished([heading(f"{_icon()} {_title(say)}"), words(_where(outcome, say))], text(outcome, say))


def text(outcome: Moved, say: Say = english) -> str:
    """The same in plain text."""
    return f"{_icon()} {_title(say)}\n{_where(outcome, say)}"


def _icon() -> str:
    return MARKS[Tone.INFO].icon


def _title(say: Say) -> str:
    return say("This card moved")


def _where(outcome: Moved, say: Say) -> str:
    match outcome.followed:
        case Followed.ACCESS:
            return say("The card further down shows where you stand.")
        case Followed.INVITE:
            return "The card further down follows this invite."
        case Followed.PACKAGE:
            return "The card further down follows this package."
        case Followed.FILE:
            return "The card further down follows this file."
        case Followed.APPROVAL:
            return "The card further down shows this request."
        case Followed.DRAFT:
            return "Another card in this chat goes on with this package."
