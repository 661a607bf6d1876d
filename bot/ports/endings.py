"""What the bot needs of Entra to see which access ends."""

from __future__ import annotations

from typing import Protocol

from bot.domain.access import Assignment


class Endings(Protocol):
    """Access that is there, through Microsoft Graph."""

    async def delivered(self, *, package_id: str = "") -> tuple[Assignment, ...]:
        """Every delivered assignment, of one package where one is named; a page is a round trip."""
