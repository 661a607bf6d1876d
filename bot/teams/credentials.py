"""Keep one connector token at hand, fetched and refreshed without making a turn wait."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Protocol

from botframework.connector.auth import AppCredentials, ServiceClientCredentialsFactory

from bot.errors import UsherError

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

    def at_hand(self) -> str | None:
        """Return the token without looking further, for callers that cannot wait."""
        return self._held.token if self._held else None

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


class _HeldCredentials(AppCredentials):  # type: ignore[misc]
    """What the SDK's own clients sign with: the token at hand, never a call of their own."""

    def __init__(self, app_id: str, token: ConnectorToken) -> None:
        super().__init__(app_id=app_id)
        self._token = token

    def get_access_token(self, force_refresh: bool = False) -> str | None:
        del force_refresh  # refreshing here would block the event loop; ConnectorToken does it
        return self._token.at_hand()


class BotCredentials(ServiceClientCredentialsFactory):  # type: ignore[misc]
    """The SDK's way to the same token.

    The app id is compared each time: without that, the bot's own outbound token, sent back to it,
    would be taken for a caller's.
    """

    def __init__(self, app_id: str, token: ConnectorToken) -> None:
        self._app_id = app_id
        self._token = token

    async def is_valid_app_id(self, app_id: str) -> bool:
        """Say whether a token issued to `app_id` is for this bot; an empty id never is."""
        return bool(self._app_id) and app_id == self._app_id

    async def is_authentication_disabled(self) -> bool:
        """Authentication is never off here; the gate alone lets local callers of the simulated tenant in."""
        return False

    async def create_credentials(
        self, app_id: str, oauth_scope: str, login_endpoint: str, validate_authority: bool
    ) -> AppCredentials:
        """Return credentials that sign with the token at hand. Raises UsherError for another app id."""
        del oauth_scope, login_endpoint, validate_authority
        if not await self.is_valid_app_id(app_id):
            raise UsherError("credentials were asked for another app id")
        await self._token.get()
        return _HeldCredentials(self._app_id, self._token)
