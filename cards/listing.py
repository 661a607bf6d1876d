"""Long lists in a card that must stay small: as many entries as fit, and a line that says what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cards.elements import CardElement, small

ROOM = 14_000
"""Bytes that the entries of one list may take of the 25 KB of a card."""

MOST = 15
"""Entries that people will read."""


def fitting(entries: Iterable[Sequence[CardElement]], *, total: int, more: str, most: int = MOST) -> list[CardElement]:
    """The first entries, elements in a row, then "and N more: …" where `total` is higher. `more` says what to type."""
    shown: list[CardElement] = []
    count = room = 0
    for entry in entries:
        room += sum(len(element.model_dump_json(by_alias=True, exclude_none=True).encode()) for element in entry)
        if count == most or room > ROOM:
            break
        shown += entry
        count += 1
    left = total - count
    return [*shown, small(f"and {left} more: {more}")] if left > 0 else shown


def lines(entries: Sequence[str], *, total: int, more: str, most: int = MOST) -> list[str]:
    """The same for a text twin."""
    left = total - len(entries[:most])
    return [*entries[:most], f"and {left} more: {more}"] if left > 0 else list(entries)
