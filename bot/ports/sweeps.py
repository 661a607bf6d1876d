"""Reading everybody's access: page by page, by one replica at a time, going on where the last one was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.sweeps import Page, Sweep


class AssignmentPages(Protocol):
    """All access there is, through Microsoft Graph, a page for each round trip."""

    async def page(self, cursor: str = "") -> Page:
        """The page that `cursor` (of the page before, "" for the first) names; what was delivered comes first.

        Raises NotFound when Graph no longer knows the cursor: begin anew. Throttled says how long to wait.
        """


class Sweeps(Protocol):
    """The one sweep of a tenant: how far it is and who is at it. One transaction per method."""

    async def take(self, holder: str, now: datetime, lease: timedelta) -> tuple[Sweep | None, timedelta | None]:
        """(the newest sweep, None) and `holder` alone is at it until `now + lease`; (None, how long to wait) when
        somebody else is.
        """

    async def keep(self, holder: str, sweep: Sweep, now: datetime, lease: timedelta) -> bool:
        """`sweep` is stored and held on to for another `lease`; False, and nothing is, when `holder` lost it."""

    async def leave(self, holder: str) -> None:
        """`holder` is not at it any more; whoever comes next need not wait."""

    async def finished(self) -> Sweep | None:
        """The newest sweep that came to its end, with what it counted; None before the first."""
