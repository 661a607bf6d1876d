"""The card that says what this person may ask, in sentences they can type."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import Help
from cards import listing
from cards.elements import CardElement, finished, heading, small, subheading, words
from cards.literal import plain
from cards.presses import buttons

_MOST = 40
_MORE = "and {count} more: type what you need"


def card(outcome: Help) -> dict[str, Any]:
    """What may be asked, then what may not and why."""
    body: list[CardElement] = [heading(_title(outcome)), words(_lead(outcome))]
    open_lines = (_line(sentence, effect) for sentence, effect in outcome.lines)
    body += listing.fitting(open_lines, total=len(outcome.lines), more=_MORE, most=_MOST)
    if outcome.closed:
        shut = (_line(sentence, why) for sentence, why in outcome.closed[:6])
        body += [subheading("✖ Not open to you"), *listing.fitting(shut, total=0, more=_MORE)]
    return finished([*body, *buttons(outcome.presses)], text(outcome))


def text(outcome: Help) -> str:
    """The same in plain text."""
    lines = [f"{plain(sentence)}: {plain(effect)}" for sentence, effect in outcome.lines]
    shut = [f"✖ Not open to you: {plain(sentence)}: {plain(why)}" for sentence, why in outcome.closed[:6]]
    return "\n".join(
        [_title(outcome), _lead(outcome), *listing.lines(lines, total=len(lines), more=_MORE, most=_MOST), *shut]
    )


def _title(outcome: Help) -> str:
    name = plain(outcome.name, 80)
    return f"What Usher does for you, {name}" if name else "What Usher does for you"


def _lead(outcome: Help) -> str:
    if outcome.instead:
        return f"“{plain(outcome.instead, 40)}” is for members of the organisation. Type one of these:"
    return "Type a sentence like these:"


def _line(sentence: str, effect: str) -> list[CardElement]:
    return [words(sentence[:200], bold=True, spacing="Small"), small(effect[:300])]
