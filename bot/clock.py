"""The present moment: the machine's own, or that of a simulated tenant whose clock can be moved."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import aiohttp

log = logging.getLogger(__name__)

FOLLOW_SECONDS = 0.5
_HELD = aiohttp.ClientTimeout(total=30)
"""A tenant holds its answer until the clock was moved, for ten seconds at most."""


class SystemClock:
    """`bot.ports.Clock` on this machine's time."""

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC)


class TenantClock:
    """This machine's time, shifted as far as the simulated tenant's clock was moved."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        """Aware UTC; a move of the tenant's clock shows at once, or FOLLOW_SECONDS later where moves have no names."""
        return datetime.now(UTC) + self._offset

    async def follow(self, url: str) -> None:
        """Read the tenant's clock at `url` (answers {"now": "…Z", "moves": name}) at every move; ends when cancelled."""
        async with aiohttp.ClientSession(timeout=_HELD) as session:
            known = ""
            while True:
                known = await self._read(session, url, known)
                if not known:
                    await asyncio.sleep(FOLLOW_SECONDS)

    async def _read(self, session: aiohttp.ClientSession, url: str, known: str) -> str:
        """The name of the latest move, "" where nobody names it. `known`: answer once there is a later one."""
        try:
            async with session.get(url, params={"after": known}) as answer:
                told = await answer.json()
                said = datetime.fromisoformat(told["now"])
        except (aiohttp.ClientError, TimeoutError, KeyError, TypeError, ValueError) as error:
            log.warning("tenant clock not read", extra={"reason": type(error).__name__})
            return ""
        offset = said - datetime.now(UTC)
        # Below a second or two it is the rounding of the wire, not a move.
        self._offset = offset if abs(offset) > timedelta(seconds=2) else timedelta()
        return str(told.get("moves") or "")


@asynccontextmanager
async def open_clock(url: str) -> AsyncIterator[SystemClock | TenantClock]:
    """A clock that follows the tenant's at `url` within the block; without a `url`, the machine's own."""
    if not url:
        yield SystemClock()
        return
    clock = TenantClock()
    task = asyncio.create_task(clock.follow(url))
    try:
        yield clock
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
