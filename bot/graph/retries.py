"""Repeat a Graph request only where a repeat cannot do a thing twice."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from kiota_abstractions.request_option import RequestOption
from kiota_http.middleware import REQUEST_OPTIONS_KEY, RetryHandler
from kiota_http.middleware.middleware import BaseMiddleware

THROTTLED = 429
PASSING = frozenset({500, 502, 503, 504})
SAFE_METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE"})
PATIENCE_SECONDS = 6.0
TRIES = 4


Pause = Callable[[float], Awaitable[None]]


class OnlyReads(RequestOption):
    """Marks a POST that changes nothing (`$batch` of reads, checkMemberObjects), so it may be repeated."""

    @staticmethod
    def get_key() -> str:
        """The name this option travels under."""
        return "UsherOnlyReads"


class CarefulRetry(RetryHandler):
    """Takes the place of kiota's handler, which replays every POST on 503 and 504.

    - 429: nothing was done, so any request waits as told and is repeated.
    - 500, 502, 503, 504 and a lost connection: only requests that may run twice are repeated. The others
      (POST /invitations, assignmentRequests, sendMail) are for the caller, who looks before making again.
    - A wait longer than `patience` seconds is handed to the caller with its Retry-After: a durable job can
      sleep that long, a person in a chat cannot.
    """

    def __init__(
        self,
        *,
        tries: int = TRIES,
        patience: float = PATIENCE_SECONDS,
        pause: Pause = asyncio.sleep,
    ) -> None:
        super().__init__()
        self._tries = tries
        self._patience = patience
        self._pause = pause

    async def send(self, request: httpx.Request, transport: httpx.AsyncBaseTransport) -> httpx.Response:
        """The first answer that is worth showing to the caller, or the last fault."""
        # The last handler strips the request of its options, so they are put back before each try.
        extensions, repeatable = dict(request.extensions), may_repeat(request)
        for attempt in range(1, self._tries):
            try:
                # Past RetryHandler.send, whose place this method takes: on to the next handler.
                response = await BaseMiddleware.send(self, request, transport)
            except httpx.TransportError as fault:
                if not (repeatable or _never_sent(fault)):
                    raise
                wait = backoff(attempt)
            else:
                told = self._wait(response, attempt, repeatable=repeatable)
                if told is None:
                    return response
                await response.aclose()
                wait = told
            await self._pause(wait)
            request.extensions = dict(extensions)
            request.headers["Retry-Attempt"] = str(attempt)
        return await BaseMiddleware.send(self, request, transport)

    def _wait(self, response: httpx.Response, attempt: int, *, repeatable: bool) -> float | None:
        """Seconds until the request is repeated, None when it is not."""
        passing = response.status_code in PASSING and repeatable
        if response.status_code != THROTTLED and not passing:
            return None
        told = retry_after(response.headers.get("Retry-After"))
        wait = backoff(attempt) if told is None else told
        return wait if wait <= self._patience else None


class _Client(httpx.AsyncBaseTransport):
    """A client in a transport's place, so that the handler that repeats can be used without the others."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        # Without kiota's options in its extensions, msgraph-core sends a request past all handlers.
        return await self._http.send(request)


async def send_bare(http: httpx.AsyncClient, request: httpx.Request, pause: Pause) -> httpx.Response:
    """The answer to `request`, which is repeated as by `CarefulRetry` and seen by no other handler."""
    return await CarefulRetry(pause=pause).send(request, _Client(http))


def may_repeat(request: httpx.Request) -> bool:
    """Whether doing this request twice ends as doing it once."""
    options = request.extensions.get(REQUEST_OPTIONS_KEY) or {}
    return request.method in SAFE_METHODS or OnlyReads.get_key() in options


def retry_after(header: str | None) -> float | None:
    """Seconds from a Retry-After header: whole or fractional seconds (Graph sends `2.128`) or an HTTP date."""
    if not header:
        return None
    try:
        seconds = float(header)
    except ValueError:
        return _until(header)
    return max(0.0, seconds) if seconds < float("inf") else None


def backoff(attempt: int) -> float:
    """Seconds before try `attempt + 1` when the other side did not say: about 0.3, 0.6, 1.2 ..., with jitter."""
    return float(0.3 * 2 ** (attempt - 1) * random.uniform(0.75, 1.25))


def _until(header: str) -> float | None:
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    # Retry-After is measured against the world's clock, which is what the header speaks of.
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _never_sent(fault: httpx.TransportError) -> bool:
    """The request cannot have reached Graph, so repeating it is safe for every method."""
    return isinstance(fault, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
