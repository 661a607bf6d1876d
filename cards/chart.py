"""A small chart of counts: a line of words for each, and under it a bar as long as its share of the largest."""

from __future__ import annotations

from collections.abc import Sequence

from microsoft_teams.cards.core import Column, ColumnSet, ContainerStyle, TextBlock

from cards.elements import CardElement, words

_SHORTEST = 6
_WHOLE = 100

Bar = tuple[str, str, int, ContainerStyle]
"""Icon, what is counted, how many, and the ground the bar is drawn on."""


def chart(bars: Sequence[Bar]) -> list[CardElement]:
    """The words alone say everything; the bars only let the counts be seen side by side."""
    largest = max((count for _, _, count, _ in bars), default=0)
    shown: list[CardElement] = []
    for icon, what, count, style in bars:
        shown.append(words(f"{icon} {what}: {count}", spacing="Small"))
        if count > 0:
            shown.append(_bar(icon, max(_SHORTEST, round(_WHOLE * count / largest)), style))
    return shown


def lines(bars: Sequence[Bar]) -> list[str]:
    """The same in plain text."""
    return [f"{icon} {what}: {count}" for icon, what, count, _ in bars]


def _bar(icon: str, share: int, style: ContainerStyle) -> ColumnSet:
    filled = Column(items=[TextBlock(text=icon, size="Small", wrap=True)], width=share, style=style)
    rest = [Column(items=[], width=_WHOLE - share)] if share < _WHOLE else []
    return ColumnSet(columns=[filled, *rest], spacing="None")
