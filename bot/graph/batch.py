"""Ask Graph up to twenty things in one round trip (`POST /$batch`)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot import errors
from bot.graph.faults import Refused, explain
from bot.graph.retries import PASSING, PATIENCE_SECONDS, THROTTLED, backoff
from bot.graph.wire import Json, Query, Wire, refused, with_query

MOST = 20
FAILED_DEPENDENCY = 424
TRIES = 3
MOST_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Ask:
    """One request inside a batch. `address` is a path below /v1.0; `after` names asks that must succeed first."""

    id: str
    address: str
    query: Query | None = None
    method: str = "GET"
    body: Json | None = None
    after: tuple[str, ...] = ()
    eventual: bool = False

    @property
    def only_reads(self) -> bool:
        """Safe to repeat."""
        return self.method == "GET" or self.address.rsplit("/", 1)[-1] in READING_ACTIONS

    def as_json(self, waiting: frozenset[str]) -> Json:
        """The item as `$batch` wants it; `waiting` are the asks of the same round."""
        item: Json = {"id": self.id, "method": self.method, "url": with_query(self.address, self.query)}
        headers = {"ConsistencyLevel": "eventual"} if self.eventual else {}
        if self.body is not None:
            item["body"] = self.body
            headers["Content-Type"] = "application/json"
        if headers:
            item["headers"] = headers
        if after := [name for name in self.after if name in waiting]:
            item["dependsOn"] = after
        return item


READING_ACTIONS = frozenset({"checkMemberObjects", "checkMemberGroups", "getByIds"})


class Answers:
    """What a batch brought back; reading one answer raises what that one request met."""

    def __init__(self, asks: Sequence[Ask]) -> None:
        self._asks = {ask.id: ask for ask in asks}
        self._items: dict[str, Json] = {}

    def __getitem__(self, name: str) -> Json:
        """The body of the ask's answer, `{}` for no content. Raises one of `bot.errors`."""
        said = self.refusal(name)
        if said is not None:
            raise explain(said, writing=not self._asks[name].only_reads)
        body = self._items[name].get("body")
        return body if isinstance(body, dict) else {}

    def __contains__(self, name: str) -> bool:
        """Whether this was asked."""
        return name in self._asks

    def names(self) -> tuple[str, ...]:
        """Everything that was asked, in its order."""
        return tuple(self._asks)

    def maybe(self, name: str) -> Json | None:
        """The body, or None when Graph says there is no such thing."""
        try:
            return self[name]
        except errors.NotFound:
            return None

    def refusal(self, name: str) -> Refused | None:
        """What the ask met instead of success, or None."""
        item = self._items.get(name)
        if item is None:
            return Refused(503, "NoAnswer", "the batch brought no answer to this request")
        status = _status(item)
        if 200 <= status < 300:
            return None
        return refused(status, item.get("body"), _header(item, "retry-after"))

    def take(self, items: Sequence[Any]) -> None:
        """Keep what a round brought; an id nobody asked for is dropped."""
        for item in items:
            if isinstance(item, dict) and str(item.get("id")) in self._asks:
                self._items[str(item["id"])] = item

    def join(self, others: Answers) -> None:
        """Keep what another batch asked and brought."""
        self._asks |= others._asks
        self._items |= others._items

    def unsettled(self) -> list[Ask]:
        """Asks to repeat: told to wait, broken where a repeat is safe, or held up only by one of these."""
        again = {name for name, ask in self._asks.items() if self._passing(ask)}
        held = {
            name
            for name, item in self._items.items()
            if _status(item) == FAILED_DEPENDENCY and again & set(self._asks[name].after)
        }
        return [ask for name, ask in self._asks.items() if name in again | held]

    def _passing(self, ask: Ask) -> bool:
        said = self.refusal(ask.id)
        if said is None:
            return False
        return said.status == THROTTLED or (ask.only_reads and said.status in PASSING)

    def longest_wait(self, asks: Sequence[Ask], attempt: int) -> float:
        """Seconds until all of `asks` may be repeated."""
        told = [said.retry_after for ask in asks if (said := self.refusal(ask.id)) and said.retry_after]
        return max(told, default=backoff(attempt))


async def send(wire: Wire, asks: Sequence[Ask]) -> Answers:
    """The answers to at most twenty asks, in one round trip when all goes well.

    A 429 inside, and a read that failed in passing, is repeated here, because the SDK's retry sees only the
    batch as a whole; for no longer than a person waits. https://learn.microsoft.com/graph/json-batching
    """
    if not 0 < len(asks) <= MOST:
        raise ValueError(f"a batch holds 1 to {MOST} requests")
    answers, waiting = Answers(asks), list(asks)
    for attempt in range(1, TRIES + 1):
        names = frozenset(ask.id for ask in waiting)
        body = {"requests": [ask.as_json(names) for ask in waiting]}
        page = await wire.post("/$batch", body, only_reads=all(ask.only_reads for ask in waiting))
        answers.take(page.get("responses") or [])
        waiting = answers.unsettled()
        if not waiting or attempt == TRIES:
            break
        wait = answers.longest_wait(waiting, attempt)
        if wait > PATIENCE_SECONDS:
            break
        await wire.pause(wait)
    return answers


async def send_all(wire: Wire, asks: Sequence[Ask]) -> Answers:
    """The answers to any number of asks that do not depend on each other, twenty in a round trip, some side by side."""
    parts = [asks[start : start + MOST] for start in range(0, len(asks), MOST)]
    gate = asyncio.Semaphore(MOST_AT_ONCE)

    async def one(part: Sequence[Ask]) -> Answers:
        async with gate:
            return await send(wire, part)

    answers = Answers(asks)
    for answered in await asyncio.gather(*map(one, parts)):
        answers.join(answered)
    return answers


def _status(item: Json) -> int:
    status = item.get("status")
    return status if isinstance(status, int) else 0


def _header(item: Json, name: str) -> str | None:
    headers = item.get("headers")
    pairs = headers.items() if isinstance(headers, dict) else ()
    return next((str(value) for key, value in pairs if str(key).lower() == name), None)
