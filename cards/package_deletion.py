"""The card that asks whether a package shall be deleted: what stands in the way, and the name to be typed."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import DeletionQuestion, Holder
from cards import fields, listing
from cards.elements import CardElement, finished, heading, small, subheading, words
from cards.literal import plain
from cards.presses import MOST, actions, row

_LONGEST_NAME = 120
_MOST_HOLDERS = 12
_MORE = "and {count} more people"


def card(outcome: DeletionQuestion) -> dict[str, Any]:
    """Only a button reads the field; whoever types the name elsewhere deletes nothing."""
    name = plain(outcome.name, _LONGEST_NAME)
    body: list[CardElement] = [
        heading(f"Delete “{name}”?"),
        *(words(f"✖ Not possible now: {plain(each, 400)}", colour="Attention") for each in outcome.blocked[:4]),
        *_holders(outcome),
        *_waiting(outcome),
        small("Nothing has been changed yet. A deleted package cannot be brought back."),
        *_typed(outcome, name),
        *row(actions(outcome.presses, with_inputs=outcome.typed)[:MOST]),
    ]
    return finished(body, text(outcome))


def text(outcome: DeletionQuestion) -> str:
    """The same in plain text."""
    name = plain(outcome.name, _LONGEST_NAME)
    holders = [_line(one) for one in outcome.holders]
    shown = listing.lines(holders, total=len(holders), more=_MORE, most=_MOST_HOLDERS)
    typed = [f"To go on, type its name into the field of this card: {name}"] if outcome.typed else []
    return "\n".join(
        [
            f"Delete “{name}”?",
            *(f"✖ Not possible now: {plain(each, 400)}" for each in outcome.blocked[:4]),
            *([f"⚠ {_lose(outcome)}", *shown] if holders else []),
            *([f"⚠ {_wait(outcome)}"] if outcome.waiting else []),
            *([f"✖ Problem: {plain(outcome.problem, 200)}"] if outcome.problem else []),
            *typed,
            "Nothing has been changed yet. A deleted package cannot be brought back.",
        ]
    )


def _lose(outcome: DeletionQuestion) -> str:
    people = len(outcome.holders)
    return "1 person loses the access first:" if people == 1 else f"{people} people lose the access first:"


def _wait(outcome: DeletionQuestion) -> str:
    if outcome.waiting == 1:
        return "1 request is still open. Entra keeps the package until it is decided or withdrawn."
    return f"{outcome.waiting} requests are still open. Entra keeps the package until they are decided or withdrawn."


def _holders(outcome: DeletionQuestion) -> list[CardElement]:
    if not outcome.holders:
        return []
    rows = [[words(_line(one), spacing="Small")] for one in outcome.holders]
    shown = listing.fitting(rows, total=len(rows), more=_MORE, most=_MOST_HOLDERS)
    return [subheading(f"⚠ {_lose(outcome)}"), *shown]


def _line(one: Holder) -> str:
    note = plain(one.note, 160)
    return f"• {plain(one.name, _LONGEST_NAME) or 'somebody without a name'}" + (f" ({note})" if note else "")


def _waiting(outcome: DeletionQuestion) -> list[CardElement]:
    return [words(f"⚠ {_wait(outcome)}", colour="Warning")] if outcome.waiting else []


def _typed(outcome: DeletionQuestion, name: str) -> list[CardElement]:
    if not outcome.typed:
        return []
    field = fields.line("confirm", f"To go on, type the package's name: {name}", "", limit=256)
    return [field, *fields.problem(outcome.problem)]
