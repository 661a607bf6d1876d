"""What Usher remembers of acts on many guests."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Protocol

from bot.domain.guest_runs import GuestRun, RunKind


class GuestRuns(Protocol):
    """Acts on many guests, each claimed once. One transaction per method."""

    async def claim(self, run: GuestRun) -> tuple[GuestRun, bool]:
        """The one stored run with this id, and whether this call began it."""

    async def run(self, run_id: str) -> GuestRun | None:
        """By id."""

    async def amend(self, run_id: str, how: Callable[[GuestRun], GuestRun]) -> GuestRun:
        """`how` applied to the stored run under a row lock; what it returned is stored. Raises NotFound."""

    async def recent(self, kinds: Collection[RunKind], *, since: datetime) -> tuple[GuestRun, ...]:
        """Runs of these kinds that were begun since then, newest first."""
