"""Send to Teams over one pooled session: in order, at a bearable rate, again when it may pass."""

import asyncio
import logging
from typing import Any
from urllib.parse import quote
from weakref import WeakValueDictionary

import aiohttp
import orjson
import stamina
from aiolimiter import AsyncLimiter
from yarl import URL

from bot.errors import Ambiguous, Transient, Unreachable
from bot.teams.credentials import ConnectorToken
from bot.teams.faults import translate
from bot.teams.hosts import ServiceHosts

log = logging.getLogger(__name__)

# A pause the connector asks for beyond this is handed to the caller, who can plan better than wait.
LONGEST_PAUSE_SECONDS = 30.0
CALL_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
# Teams allows 50 a second per app and tenant (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit).
PER_SECOND = 40.0
ATTEMPTS = 4


class Connector:
    """The Bot Connector's conversation calls.

    Bodies are plain JSON as Teams defines it. Every method raises `Unreachable` when Teams refuses for
    good, `Throttled` or `Transient` when it kept failing, `Ambiguous` when a message may or may not have
    arrived, and what the token source raises. `token` is None for the simulated channel only.

    Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        hosts: ServiceHosts,
        token: ConnectorToken | None,
        *,
        per_second: float = PER_SECOND,
    ) -> None:
        """`per_second`: messages this process sends at most, over all conversations."""
        self._session = session
        self._hosts = hosts
        self._token = token
        self._rate = AsyncLimiter(per_second, 1)
        self._order: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def send(
        self, service_url: str, conversation_id: str, activity: dict[str, Any], *, reply_to: str | None = None
    ) -> str:
        """Post an activity after all earlier ones of the conversation; return its id ("" if Teams names none)."""
        path = _activities(conversation_id) + (f"/{_part(reply_to)}" if reply_to else "")
        answer = await self._in_order(conversation_id, "POST", service_url, path, activity)
        return _id(answer)

    async def update(self, service_url: str, conversation_id: str, activity_id: str, activity: dict[str, Any]) -> None:
        """Replace an activity; safe to repeat."""
        path = f"{_activities(conversation_id)}/{_part(activity_id)}"
        await self._in_order(conversation_id, "PUT", service_url, path, {**activity, "id": activity_id})

    async def delete(self, service_url: str, conversation_id: str, activity_id: str) -> None:
        """Take an activity away; safe to repeat."""
        path = f"{_activities(conversation_id)}/{_part(activity_id)}"
        await self._in_order(conversation_id, "DELETE", service_url, path, None)

    async def create_conversation(self, service_url: str, parameters: dict[str, Any]) -> str:
        """Open a conversation, or find the 1:1 chat that exists; return its id."""
        answer = await self._call("POST", service_url, "/v3/conversations", parameters)
        found = _id(answer)
        if not found:
            raise Transient("a conversation was created without an id")
        return found

    async def member(self, service_url: str, conversation_id: str, user_id: str) -> dict[str, Any]:
        """Return one member of a conversation; `user_id` is a Teams id (29:…) or an object id."""
        path = f"/v3/conversations/{_part(conversation_id)}/members/{_part(user_id)}"
        answer = await self._call("GET", service_url, path, None)
        return answer if isinstance(answer, dict) else {}

    async def members(self, service_url: str, conversation_id: str) -> list[dict[str, Any]]:
        """Return every member of a conversation, page by page."""
        base = f"/v3/conversations/{_part(conversation_id)}/pagedmembers?pageSize=500"
        found: list[dict[str, Any]] = []
        seen: set[str] = set()
        token = ""
        while token not in seen:
            seen.add(token)
            page = await self._call(
                "GET", service_url, base + (f"&continuationToken={_part(token)}" if token else ""), None
            )
            if not isinstance(page, dict):
                break
            found += [m for m in page.get("members") or [] if isinstance(m, dict)]
            token = page.get("continuationToken") or ""
        return found

    async def _in_order(
        self, conversation_id: str, method: str, service_url: str, path: str, body: dict[str, Any] | None
    ) -> Any:
        """Teams answers 412 to two writers in one conversation, and an edit must not overtake its card."""
        lock = self._order.get(conversation_id)
        if lock is None:
            lock = self._order[conversation_id] = asyncio.Lock()
        async with lock:
            return await self._call(method, service_url, path, body)

    async def _call(self, method: str, service_url: str, path: str, body: dict[str, Any] | None) -> Any:
        if not self._hosts.allows(service_url):
            raise Unreachable("the service URL is not on the allow-list", code="ServiceUrlNotAllowed")
        url = URL(service_url.rstrip("/") + path, encoded=True)
        data = None if body is None else orjson.dumps(body)
        async for attempt in stamina.retry_context(
            on=_pause, attempts=ATTEMPTS, timeout=60.0, wait_initial=0.2, wait_max=5.0, wait_jitter=0.3
        ):
            with attempt:
                return await self._exchange(method, url, data)
        raise AssertionError("the last try returns or raises")

    async def _exchange(self, method: str, url: URL, data: bytes | None) -> Any:
        token = await self._token.get() if self._token else None
        await self._rate.acquire()
        status, headers, answer = await self._request(method, url, data, token)
        if status == 401 and self._token and token:
            # The one answer that a new token cures: a secret was rolled or the token was revoked.
            self._token.forget(token)
            status, headers, answer = await self._request(method, url, data, await self._token.get())
        if 200 <= status < 300:
            return _json(answer)
        raise translate(status, headers, answer)

    async def _request(self, method: str, url: URL, data: bytes | None, token: str | None) -> tuple[int, Any, bytes]:
        headers = {"Accept": "application/json"}
        if data is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=CALL_TIMEOUT, allow_redirects=False
            ) as response:
                return response.status, response.headers, await response.read()
        except TimeoutError as error:
            # The connection was made and the message written: it may well have arrived.
            if method == "POST" and not isinstance(error, aiohttp.ConnectionTimeoutError):
                raise Ambiguous("the connector did not answer in time", code="Timeout") from error
            raise Transient("the connector did not answer in time", code="Timeout") from error
        except aiohttp.ClientError as error:
            raise Transient(f"the connector is not reachable: {type(error).__name__}", code="Network") from error


def _pause(error: Exception) -> bool | float:
    """Decide for stamina: True to wait as it sees fit, seconds to wait as Teams asks, False to give up."""
    if not isinstance(error, Transient) or isinstance(error, Ambiguous):
        return False
    if error.retry_after is None:
        return True
    return error.retry_after if error.retry_after <= LONGEST_PAUSE_SECONDS else False


def _activities(conversation_id: str) -> str:
    return f"/v3/conversations/{_part(conversation_id)}/activities"


def _part(value: str) -> str:
    """Quote one part of a path; ids come from outside, and "..", which quoting leaves alone, would climb."""
    if value.strip(".") == "":
        raise Unreachable("not an id of a conversation, activity or person", code="BadArgument")
    return quote(value, safe="")


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body) if body else None
    except orjson.JSONDecodeError:
        return None


def _id(answer: Any) -> str:
    found = answer.get("id") if isinstance(answer, dict) else None
    return found if isinstance(found, str) else ""
