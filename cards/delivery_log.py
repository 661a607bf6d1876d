"""The card with every try to reach a guest: when, which way, and what became of it."""

from __future__ import annotations

from typing import Any

from bot.domain.delivery import Receipt
from bot.domain.outcomes import DeliveryLog
from cards import listing
from cards.delivery_words import RUNGS, STATES, reason
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.presses import buttons
from cards.when import moment

_MORE = "and {count} more; older tries are kept in the ledger"
_NONE = "Nothing has been sent to this address."


def card(outcome: DeliveryLog) -> dict[str, Any]:
    """Newest first."""
    entries = (_entry(receipt, outcome.time_zone) for receipt in outcome.receipts)
    body: list[CardElement] = [
        heading(_title(outcome)),
        *listing.fitting(entries, total=len(outcome.receipts), more=_MORE),
        *([] if outcome.receipts else [words(_NONE)]),
        *buttons(outcome.presses),
    ]
    return finished(body, text(outcome))


def text(outcome: DeliveryLog) -> str:
    """The same in plain text."""
    lines = [f"{_what(each)}: {_detail(each, outcome.time_zone)}" for each in outcome.receipts]
    shown = listing.lines(lines, total=len(lines), more=_MORE) or [_NONE]
    return "\n".join([_title(outcome), *shown])


def _title(outcome: DeliveryLog) -> str:
    return f"Delivery to {plain(outcome.address, 120)}"


def _entry(receipt: Receipt, time_zone: str) -> list[CardElement]:
    return [
        words(_what(receipt), bold=True, spacing="Small"),
        small(_detail(receipt, time_zone)),
    ]


def _what(receipt: Receipt) -> str:
    icon, word = STATES[receipt.state]
    return f"{icon} {RUNGS[receipt.rung]}: {word}"


def _detail(receipt: Receipt, time_zone: str) -> str:
    why = reason(receipt)
    told = f"{plain(receipt.occasion, 80)}, {moment(receipt.at, time_zone)}"
    return f"{told}: {why}" if why else told
