"""Keep one connector token at hand, fetched and refreshed without making a turn wait."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Protocol

log = logging.getLogger(__name__)

SCOPE = "https://api.botframework.com/.default"
REFRESH_AHEAD_SECONDS = 300.0
# After a refresh that failed, the token at hand is used on and the next try waits this long.
PAUSE_SECONDS = 15.0


class AccessToken(Protocol):
    """What a token source answers: `expires_on` is in seconds since 1970 (azure-core's shape)."""

    @property
    def token(self) -> str: ...

    @property
    def expires_on(self) -> int: ...


TokenSource = Callable[[], Awaitable[AccessToken]]


class ConnectorToken:
    """The bot's own token for the connector, one for the process.

    `source` asks Entra for SCOPE off the event loop and raises a `bot.errors.UsherError` when it can't.
    """

    def __init__(self, source: TokenSource, *, now: Callable[[], float] = time.time) -> None:
        self._source = source
        self._now = now
        self._held: AccessToken | None = None
        self._refused_until = 0.0
        self._refreshing: asyncio.Task[AccessToken] | None = None

    async def get(self) -> str:
        """Return a token that is good now; only a caller who finds none at all waits for Entra.

        Raises what the source raises.
        """
        held = self._held
        if held is None or held.expires_on <= self._now():
            return (await asyncio.shield(self._refresh())).token
        if held.expires_on - self._now() < REFRESH_AHEAD_SECONDS and self._now() >= self._refused_until:
            self._refresh()
        return held.token

    def forget(self, token: str) -> None:
        """Ask anew next time, when the connector has refused this token."""
        if self._held is not None and self._held.token == token:
            self._held = None

    async def close(self) -> None:
        """End a refresh that is under way."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.gather(self._refreshing, return_exceptions=True)

    def _refresh(self) -> asyncio.Task[AccessToken]:
        if self._refreshing is None:
            self._refreshing = asyncio.create_task(self._fetch())
            self._refreshing.add_done_callback(self._refreshed)
        return self._refreshing

    async def _fetch(self) -> AccessToken:
        self._held = await self._source()
        return self._held

    def _refreshed(self, task: asyncio.Task[AccessToken]) -> None:
        self._refreshing = None
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            self._refused_until = self._now() + PAUSE_SECONDS
            log.error("connector token not refreshed", extra={"error": type(error).__name__})
