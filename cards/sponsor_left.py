"""The card about a sponsor who left: who has nobody now, and ways to see that somebody answers for them."""

from __future__ import annotations

from typing import Any

from bot.domain.leaving import Alone, Left, LeftState
from bot.domain.outcomes import Press, SponsorLeft, Style, Tone
from cards import listing
from cards.elements import CardElement, finished, heading, words
from cards.literal import plain
from cards.presses import buttons
from cards.tones import MARKS

_MORE = "and {count} more"


def card(outcome: SponsorLeft) -> dict[str, Any]:
    """Buttons only while somebody has to be found."""
    left = outcome.book.left
    mark = MARKS[_tone(left)]
    alone = left.guests if left else ()
    body: list[CardElement] = [
        words(f"{mark.icon} {_standing(left)}", colour=mark.colour, bold=True),
        heading(_title(outcome)),
        words(_said(outcome)),
        *listing.fitting(([words(_line(one), spacing="Small")] for one in alone), total=len(alone), more=_MORE),
        *buttons(_presses(outcome)),
    ]
    return finished(body, text(outcome))


def text(outcome: SponsorLeft) -> str:
    """The same in plain text."""
    left = outcome.book.left
    alone = left.guests if left else ()
    shown = listing.lines([_line(one) for one in alone], total=len(alone), more=_MORE)
    return "\n".join([f"{MARKS[_tone(left)].icon} {_title(outcome)}", _standing(left), _said(outcome), *shown])


def _title(outcome: SponsorLeft) -> str:
    left = outcome.book.left
    name = plain(outcome.book.name, 80) or "A sponsor"
    count = len(left.guests) if left else 0
    what = "left" if left and left.deleted else "can no longer sign in"
    if count == 1:
        return f"{name} {what}; 1 guest has nobody"
    return f"{name} {what}; {count} guests have nobody"


def _tone(left: Left | None) -> Tone:
    if left is None or left.state is not LeftState.OPEN:
        return Tone.GOOD
    return Tone.WORKING if left.adopted_by else Tone.WARNING


def _standing(left: Left | None) -> str:
    if left is None or left.state is LeftState.DONE:
        return "Done: somebody answers for all of them"
    if left.state is LeftState.BACK:
        return "They are back and answer for them again"
    if left.adopted_by:
        return f"Going to {plain(left.adopted_by, 80)}"
    return "Somebody has to answer for these guests"


def _said(outcome: SponsorLeft) -> str:
    left = outcome.book.left
    if left is None or left.state is not LeftState.OPEN:
        return "Nothing is left to do."
    if not outcome.administrator:
        return "You are asked as their manager. Whoever answers for guests is told before their access ends."
    if left.asked_name:
        return f"{plain(left.asked_name, 80)}, their manager, was asked and has not answered."
    return "They have no manager here who could be asked."


def _line(one: Alone) -> str:
    name, address = plain(one.name, 80), plain(one.address, 120)
    return f"• {f'{name} ({address})' if name and address and name != address else name or address or 'A guest'}"


def _presses(outcome: SponsorLeft) -> tuple[Press, ...]:
    left = outcome.book.left
    if left is None or left.state is not LeftState.OPEN or left.adopted_by:
        return ()
    about = {"sponsor": outcome.book.sponsor_id}
    looks = tuple(
        Press(f"Look at {plain(one.name, 20) or 'guest'}", "sponsor", {"guest": one.guest_id})
        for one in left.guests[:3]
    )
    return (
        Press("I answer for all", "adopt.all", about, style=Style.PRIMARY),
        Press("Somebody else…", "adopt.other", about),
        *looks,
    )
