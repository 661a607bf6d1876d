"""The card for the inviter when nothing else reached the guest: link and words, ready to paste."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import PasteText, Press, Tone
from cards.elements import CardElement, finished, heading, words
from cards.fields import copying
from cards.literal import plain, plain_lines
from cards.presses import buttons
from cards.tones import MARKS

_LONGEST = 2000
_LONGEST_REASON = 150


def card(outcome: PasteText) -> dict[str, Any]:
    """Why the inviter must pass it on, then link and text in fields they can copy from."""
    mark = MARKS[Tone.WARNING]
    body: list[CardElement] = [
        words(mark.label, colour=mark.colour, bold=True),
        heading(_title(outcome)),
        *(words(reason, spacing="Small") for reason in _reasons(outcome)),
        *copying(outcome.link, "\n".join(plain_lines(outcome.text, _LONGEST))),
    ]
    data = {"invite": outcome.invite_id}
    again = (Press("Resend", "resend", data),) if outcome.invite_id else ()
    return finished([*body, *buttons(again)], text(outcome))


def text(outcome: PasteText) -> str:
    """The same in plain text."""
    title = f"{MARKS[Tone.WARNING].icon} {_title(outcome)}"
    return "\n".join([title, *_reasons(outcome), *plain_lines(outcome.text, _LONGEST), outcome.link])


def _title(outcome: PasteText) -> str:
    return f"Please pass this on to {plain(outcome.address, 120)}" if outcome.address else "Ready to copy"


def _reasons(outcome: PasteText) -> list[str]:
    return [f"• {plain(reason, _LONGEST_REASON)}" for reason in outcome.reasons[:6]]
