"""Long lists in a card that must stay small: as many entries as fit, and a line that says what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cards.elements import CardElement, small

ROOM = 14_000
"""Bytes that the entries of one list may take of the 25 KB of a card."""

MOST = 15
"""Entries that people will read."""


def fitting(entries: Iterable[Sequence[CardElement]], *, total: int, more: str, most: int = MOST) -> list[CardElement]:
    """The first entries, elements in a row, then `more` with the `{count}` left out, where `total` is higher."""
    shown = kept(entries, most)
    left = total - len(shown)
    row = [element for entry in shown for element in entry]
    return [*row, small(more.format(count=left))] if left > 0 else row


def kept(entries: Iterable[Sequence[CardElement]], most: int = MOST) -> list[Sequence[CardElement]]:
    """As many of the first entries as fit."""
    shown: list[Sequence[CardElement]] = []
    room = ROOM
    for entry in entries:
        room -= sum(len(element.model_dump_json(by_alias=True, exclude_none=True).encode()) for element in entry)
        if len(shown) == most or room < 0:
            break
        shown.append(entry)
    return shown


def lines(entries: Sequence[str], *, total: int, more: str, most: int = MOST) -> list[str]:
    """The same for a text twin."""
    shown = list(entries[:most])
    left = total - len(shown)
    return [*shown, more.format(count=left)] if left > 0 else shown
