"""What the bot needs of Entra to see which access ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.access import Assignment


class Endings(Protocol):
    """Access that is there, through Microsoft Graph."""

    async def delivered(self, *, package_id: str = "") -> tuple[Assignment, ...]:
        """Every delivered assignment, of one package where one is named; a page is a round trip."""

    async def sponsored_by(self, sponsor_id: str, person_ids: Sequence[str]) -> frozenset[str]:
        """Those of these people whose sponsor this user is; a round trip for each three hundred."""
