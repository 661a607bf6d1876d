"""What Usher remembers of sponsors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot.domain.leaving import SponsorBook


class SponsorBooks(Protocol):
    """One book for each sponsor. One transaction per method."""

    async def books(self) -> tuple[SponsorBook, ...]:
        """Every sponsor who is remembered."""

    async def book(self, sponsor_id: str) -> SponsorBook | None:
        """By object id."""

    async def amend(self, book: SponsorBook, how: Callable[[SponsorBook], SponsorBook]) -> SponsorBook:
        """`how` applied to the stored book under a row lock, or to `book` where none was stored; the result is stored."""
