"""The card that shows a file as text, ready to copy."""

from __future__ import annotations

from typing import Any

from microsoft_teams.cards.core import TextInput

from bot.domain.outcomes import LONGEST_PART, PackageFile, weight
from cards import listing
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain

_LONGEST_NAME = 120
_MOST_NAMES = 10


def card(outcome: PackageFile) -> dict[str, Any]:
    """Which packages it holds, and the text in a field people can copy from."""
    names = [[words(f"• {plain(name, _LONGEST_NAME)}", spacing="None")] for name in outcome.packages]
    field = TextInput(
        id="file_text", label="The file: select all of it and copy", value=_kept(outcome.text), is_multiline=True
    )
    body: list[CardElement] = [
        heading(_title(outcome)),
        *listing.fitting(names, total=len(names), more="and {count} more", most=_MOST_NAMES),
        *([words(outcome.note, spacing="Small")] if outcome.note else []),
        field,
        small(outcome.hint),
    ]
    return finished(body, text(outcome))


def text(outcome: PackageFile) -> str:
    """The same in plain text, without the file itself."""
    names = [f"• {plain(name, _LONGEST_NAME)}" for name in outcome.packages]
    note = [plain(outcome.note, 400)] if outcome.note else []
    return "\n".join([_title(outcome), *listing.lines(names, total=len(names), more="and {count} more"), *note])


def _title(outcome: PackageFile) -> str:
    name = plain(outcome.name, _LONGEST_NAME) or "Access packages"
    return f"{name} (part {outcome.part} of {outcome.parts})" if outcome.parts > 1 else name


def _kept(text: str) -> str:
    """All of it: whoever writes a file parts it before. A longer one is halved until it fits, so that the card does."""
    while weight(text) > LONGEST_PART:
        text = text[: len(text) // 2]
    return text
