"""The Bot Framework's token service, over our own session: who has signed in to the bot, and how one signs in.

The SDK's client for it is synchronous underneath and retries nothing.
https://learn.microsoft.com/azure/bot-service/bot-builder-concept-authentication
"""

import base64
import logging
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson
import stamina
from yarl import URL

from bot.errors import Rejected, SignInFailed, SignInNeeded, Throttled, Transient, Why
from bot.teams.credentials import ConnectorToken
from bot.teams.faults import PASSING, retry_after
from bot.teams.reference import Reference

log = logging.getLogger(__name__)

CHANNEL = "msteams"
ATTEMPTS = 3
# Teams waits some ten seconds for the answer to an invoke, and an exchange is part of one.
CALL_TIMEOUT = aiohttp.ClientTimeout(total=6, connect=3)
LONGEST_PAUSE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class SignInResource:
    """How somebody signs in: by `link`, or silently by exchanging what a Teams client gets for `uri`."""

    link: str = field(repr=False)
    exchange_id: str = ""
    exchange_uri: str = ""


class NotExchangedError(Rejected):
    """The sign-in of your Teams client was not enough."""


class TokenService:
    """One OAuth connection of one bot. Tokens go to `url`'s host only, and none is kept or logged here.

    `user_id` is a Teams id (29:…). Every method raises Transient (Throttled), SignInFailed when the bot itself is not
    let in.
    """

    def __init__(
        self, session: aiohttp.ClientSession, url: str, token: ConnectorToken, *, connection: str, app_id: str
    ) -> None:
        """`url` has no path. `token` is the bot's own, for the Bot Framework."""
        self._session = session
        self._url = url.rstrip("/")
        self._token = token
        self.connection = connection
        self._app_id = app_id

    async def token(self, user_id: str, *, code: str = "") -> str | None:
        """What this person signed in with, None when they have not; `code` proves a sign-in in a browser."""
        query = self._query(user_id) | ({"code": code} if code else {})
        status, body = await self._ask("GET", "/api/usertoken/GetToken", query)
        return _text(body, "token") or None if status == 200 else None

    async def exchange(self, user_id: str, token: str) -> str:
        """The person is signed in with what their Teams client got; their token. Raises NotExchangedError."""
        status, body = await self._ask("POST", "/api/usertoken/exchange", self._query(user_id), {"token": token})
        got = _text(body, "token")
        if status != 200 or not got:
            code, message = _error(body)
            raise NotExchangedError(f"{status} {code}: {message}"[:300], code=code or f"HTTP{status}")
        return got

    async def resource(self, chat: Reference) -> SignInResource:
        """How the person of this 1:1 chat signs in; each answer is good for one sign-in.

        Raises SignInNeeded ("off") for a connection that the bot's registration does not have.
        """
        status, body = await self._ask("GET", "/api/botsignin/GetSignInResource", {"state": self._state(chat)})
        link = _text(body, "signInLink")
        if status != 200 or not link:
            code, message = _error(body)
            log.error("no sign-in through this connection", extra={"connection": self.connection, "status": status})
            raise SignInNeeded(Why.OFF, f"{status} {code}: {message}"[:300], code=code)
        exchange = body.get("tokenExchangeResource")
        return SignInResource(link, _text(exchange, "id"), _text(exchange, "uri"))

    async def sign_out(self, user_id: str) -> None:
        """The service forgets the person's sign-in; it does not mind when there was none."""
        await self._ask("DELETE", "/api/usertoken/SignOut", self._query(user_id))

    def _query(self, user_id: str) -> dict[str, str]:
        return {"userId": user_id, "connectionName": self.connection, "channelId": CHANNEL}

    def _state(self, chat: Reference) -> str:
        """What the SDK's `create_token_exchange_state` writes: where the sign-in was asked for."""
        conversation = {
            "bot": {"id": chat.bot_id, "name": chat.bot_name},
            "user": {"id": chat.user_id, "name": chat.user_name, "aadObjectId": chat.person_id},
            "channelId": CHANNEL,
            "conversation": {"id": chat.conversation_id, "conversationType": chat.place.value},
            "serviceUrl": chat.service_url,
        }
        state = {"connectionName": self.connection, "conversation": conversation, "msAppId": self._app_id}
        return base64.b64encode(orjson.dumps(state)).decode()

    async def _ask(self, method: str, path: str, query: dict[str, str], body: Any = None) -> tuple[int, Any]:
        """Status and body of whatever is no passing fault."""
        url = URL(self._url + path)
        async for attempt in stamina.retry_context(
            on=_pause, attempts=ATTEMPTS, timeout=8.0, wait_initial=0.2, wait_max=1.0, wait_jitter=0.2
        ):
            with attempt:
                return await self._exchange(method, url.with_query({**query, "api-version": "token"}), body)
        raise AssertionError("the last try returns or raises")

    async def _exchange(self, method: str, url: URL, body: Any) -> tuple[int, Any]:
        token = await self._token.get()
        status, headers, answer = await self._request(method, url, body, token)
        if status == 401:
            self._token.forget(token)
            status, headers, answer = await self._request(method, url, body, await self._token.get())
        if status in (401, 403):
            raise SignInFailed("the token service refused the bot's own token", code=f"HTTP{status}")
        if status == 429:
            pause = retry_after(headers.get("Retry-After"))
            raise Throttled("the token service asks to slow down", code="HTTP429", retry_after=pause)
        if status >= 500 or (status in PASSING and status != 412):
            raise Transient(f"the token service answered {status}", code=f"HTTP{status}")
        return status, _json(answer)

    async def _request(self, method: str, url: URL, body: Any, token: str) -> tuple[int, Any, bytes]:
        headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}
        data = None if body is None else orjson.dumps(body)
        if data is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=CALL_TIMEOUT, allow_redirects=False
            ) as response:
                return response.status, response.headers, await response.read()
        except TimeoutError as error:
            raise Transient("the token service did not answer in time", code="Timeout") from error
        except aiohttp.ClientError as error:
            raise Transient(f"the token service is not reachable: {type(error).__name__}", code="Network") from error


def _pause(error: Exception) -> bool | float:
    if not isinstance(error, Transient):
        return False
    if error.retry_after is None:
        return True
    return error.retry_after if error.retry_after <= LONGEST_PAUSE_SECONDS else False


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body) if body else None
    except orjson.JSONDecodeError:
        return None


def _text(body: Any, name: str) -> str:
    found = body.get(name) if isinstance(body, dict) else None
    return found if isinstance(found, str) else ""


def _error(body: Any) -> tuple[str, str]:
    error = body.get("error") if isinstance(body, dict) else None
    return _text(error, "code"), _text(error, "message")
