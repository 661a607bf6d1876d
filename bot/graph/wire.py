"""Speak JSON with Graph through the SDK's adapter: same tokens, retries and telemetry, but plain data.

The SDK's models cost milliseconds an item and corrupt durations (`timedelta` leaves as "30 days, 0:00:00"),
so collections, policies and `$batch` travel as the bytes they are.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import httpx
import orjson
from kiota_abstractions.method import Method
from kiota_abstractions.request_adapter import RequestAdapter
from kiota_abstractions.request_information import RequestInformation
from kiota_abstractions.response_handler import ResponseHandler
from kiota_http.middleware.options import ResponseHandlerOption

from bot import errors
from bot.graph.faults import Refused, explain, explained
from bot.graph.retries import OnlyReads, Pause, retry_after, send_bare

Json = dict[str, Any]
Query = Mapping[str, str | int]
FOREIGN_LINK = "ForeignNextLink"
QUERY_SAFE = "$(),/:'=;"


def literal(text: str) -> str:
    """`text` as an OData string literal, so that nothing inside can end it."""
    return "'" + text.replace("'", "''") + "'"


def path(template: str, *segments: str) -> str:
    """`template` with each `{}` replaced by one segment, encoded so that it stays one segment."""
    return template.format(*(quote(segment, safe="") for segment in segments))


def with_query(address: str, query: Query | None) -> str:
    """`address` with OData query options, percent-encoded."""
    if not query:
        return address
    options = "&".join(f"{name}={quote(str(value), safe=QUERY_SAFE)}" for name, value in query.items())
    return f"{address}?{options}"


class Wire:
    """One Graph host, asked in JSON. Every method raises only `bot.errors`."""

    def __init__(self, adapter: RequestAdapter[Any], pause: Pause = asyncio.sleep) -> None:
        """`pause` waits between two tries."""
        self._adapter = adapter
        self.pause = pause
        self._origin = urlsplit(adapter.base_url)[:2]

    async def get(self, address: str, query: Query | None = None, *, eventual: bool = False) -> Json:
        """The object at `address` (a path below /v1.0)."""
        return await self._ask(Method.GET, self._url(address, query), eventual=eventual)

    async def post(self, address: str, body: Json | None, *, only_reads: bool = False) -> Json:
        """What Graph answers to `body`, `{}` for no content. `only_reads`: safe to repeat, changes nothing."""
        return await self._ask(Method.POST, self._url(address), body, only_reads=only_reads)

    async def put(self, address: str, body: Json) -> Json:
        """What Graph answers to the replacement of the object at `address`."""
        return await self._ask(Method.PUT, self._url(address), body)

    async def patch(self, address: str, body: Json) -> Json:
        """What Graph answers to a change; mostly `{}`."""
        return await self._ask(Method.PATCH, self._url(address), body)

    async def delete(self, address: str) -> None:
        """The object at `address` is gone."""
        await self._ask(Method.DELETE, self._url(address))

    async def pages(
        self, address: str, query: Query | None = None, *, eventual: bool = False
    ) -> AsyncIterator[list[Json]]:
        """Each page's items in turn, following nextLink word for word, and never to another host."""
        url = self._url(address, query)
        while url:
            page = await self._ask(Method.GET, url, eventual=eventual)
            yield list(page.get("value") or [])
            url = self._next(page)

    async def page(self, address: str, query: Query | None = None) -> tuple[list[Json], str]:
        """The items of a collection's first page, and the link of the next ("" when there is none)."""
        return await self.page_at(self._url(address, query))

    async def page_at(self, link: str) -> tuple[list[Json], str]:
        """The items of the page at a nextLink, and the link of the next. Never asks another host: Rejected."""
        with explained(writing=False):
            answer = await self._fetched(self._ours(link))
        page = _content(answer, writing=False)
        return page.get("value") or [], self._next(page)

    async def _fetched(self, url: str) -> httpx.Response:
        """With the adapter's token, client and retries, but past the rest of it, which doubles the price.

        It matters where there may be a thousand pages; of what the rest does they need nothing.
        """
        adapter: Any = self._adapter
        request = RequestInformation(Method.GET)
        request.url = url
        await adapter._authentication_provider.authenticate_request(request)  # noqa: SLF001
        http: httpx.AsyncClient = adapter._http_client  # noqa: SLF001
        headers = {"Accept": "application/json", "client-request-id": str(uuid4()), **(request.request_headers or {})}
        return await send_bare(http, http.build_request("GET", url, headers=headers), self.pause)

    async def all(self, address: str, query: Query | None = None, *, eventual: bool = False) -> list[Json]:
        """Every item of a collection, over all its pages."""
        return [item async for page in self.pages(address, query, eventual=eventual) for item in page]

    async def rest(self, page: Json, *, eventual: bool = False) -> list[Json]:
        """Every item of a collection whose first page came with a batch."""
        items: list[Json] = list(page.get("value") or [])
        url = self._next(page)
        while url:
            page = await self._ask(Method.GET, url, eventual=eventual)
            items += page.get("value") or []
            url = self._next(page)
        return items

    def _url(self, address: str, query: Query | None = None) -> str:
        return self._adapter.base_url.rstrip("/") + with_query(address, query)

    def _next(self, page: Json) -> str:
        link = str(page.get("@odata.nextLink") or "")
        return self._ours(link) if link else ""

    def is_ours(self, link: str) -> bool:
        """Whether it leads to the one host that tokens go to."""
        return urlsplit(link)[:2] == self._origin

    def _ours(self, link: str) -> str:
        if not self.is_ours(link):
            raise errors.Rejected("a page of results pointed to another host", code=FOREIGN_LINK)
        return link

    async def _ask(
        self,
        method: Method,
        url: str,
        body: Json | None = None,
        *,
        only_reads: bool = False,
        eventual: bool = False,
    ) -> Json:
        writing = method is not Method.GET and not only_reads
        request = _request(method, url, body, only_reads=only_reads, eventual=eventual)
        with explained(writing=writing):
            await self._adapter.send_primitive_async(request, "bytes", None)
            answer = _answer_of(request)
        return _content(answer, writing=writing)


def refused(status: int, content: Any, header: str | None) -> Refused:
    """What an unsuccessful answer says, whatever shape its body has."""
    error = content.get("error") if isinstance(content, dict) else None
    error = error if isinstance(error, dict) else {}
    return Refused(status, str(error.get("code") or ""), str(error.get("message") or ""), retry_after(header))


class _Kept(ResponseHandler):
    """Keeps the native answer, so that its status and headers can be read."""

    def __init__(self) -> None:
        self.answer: httpx.Response | None = None

    async def handle_response_async(self, response: Any, error_map: Any) -> Any:
        """Called by the adapter in place of its own parsing."""
        self.answer = response


def _request(method: Method, url: str, body: Json | None, *, only_reads: bool, eventual: bool) -> RequestInformation:
    request = RequestInformation(method)
    request.url = url
    request.headers.try_add("Accept", "application/json")
    if eventual:
        request.headers.try_add("ConsistencyLevel", "eventual")
    if body is not None:
        request.set_stream_content(orjson.dumps(body), "application/json")
    request.add_request_options([ResponseHandlerOption(_Kept())])
    if only_reads:
        request.add_request_options([OnlyReads()])
    return request


def _answer_of(request: RequestInformation) -> httpx.Response:
    option = request.request_options[ResponseHandlerOption.get_key()]
    kept = option.response_handler if isinstance(option, ResponseHandlerOption) else None
    if not isinstance(kept, _Kept) or kept.answer is None:
        raise errors.Transient("the adapter returned without an answer")
    return kept.answer


def _content(answer: httpx.Response, *, writing: bool) -> Json:
    content = _json(answer.content)
    if not answer.is_success:
        raise explain(refused(answer.status_code, content, answer.headers.get("Retry-After")), writing=writing)
    if not answer.content:
        return {}
    if not isinstance(content, dict):
        # A proxy's own page with status 200 says nothing about what Graph did.
        kind = errors.Ambiguous if writing else errors.Transient
        raise kind("Graph's answer is not a JSON object", code="UnreadableAnswer")
    return content


def _json(content: bytes) -> Any:
    try:
        return orjson.loads(content) if content else None
    except orjson.JSONDecodeError:
        return None
