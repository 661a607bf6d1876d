"""What changes, in words: a setting, what it was, and what it becomes."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.outcomes import Difference
from cards import listing
from cards.elements import CardElement, small, words
from cards.literal import plain

MOST = 15
_LONGEST = 250
_MORE = "and {count} more settings"


def rows(differences: Sequence[Difference]) -> list[CardElement]:
    """The setting in bold, was and becomes under it."""
    entries = [[words(plain(one.what, _LONGEST), bold=True, spacing="Small"), small(_both(one))] for one in differences]
    return listing.fitting(entries, total=len(entries), more=_MORE, most=MOST)


def lines(differences: Sequence[Difference]) -> list[str]:
    """The same in plain text."""
    said = [f"{plain(one.what, _LONGEST)}: {_both(one)}" for one in differences]
    return listing.lines(said, total=len(said), more=_MORE, most=MOST)


def _both(one: Difference) -> str:
    was, becomes = plain(one.was, _LONGEST), plain(one.becomes, _LONGEST)
    return f"was: {was or 'nothing'} → becomes: {becomes or 'nothing'}"
