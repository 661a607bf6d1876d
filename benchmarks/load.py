"""Send turns to a server as Teams would, and say how long each took."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import Any

import aiohttp

from benchmarks.bench import TENANT, Server

_numbers = itertools.count(1_700_000_000_000)
ALEX = "33333333-3333-4333-8333-333333333333"


def text_turn(connector: Server, words: str = "help") -> dict[str, Any]:
    """Alex types `words` in one of fifty chats."""
    return {**_activity(connector), "type": "message", "text": words, "textFormat": "plain"}


def card_click(connector: Server) -> dict[str, Any]:
    """Alex presses Help on a card; the answer takes the card's place."""
    value = {"action": {"type": "Action.Execute", "verb": "help", "data": {"verb": "help", "v": 1}}}
    click = {"type": "invoke", "name": "adaptiveCard/action", "value": value, "replyToId": "1700000000000"}
    return {**_activity(connector), **click}


def _activity(connector: Server) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "id": str(number),
        "channelId": "msteams",
        "serviceUrl": f"{connector.url}/teams",
        "locale": "en-US",
        "from": {"id": "29:1alex", "name": "Alex Wilber", "aadObjectId": ALEX},
        "recipient": {"id": "28:22222222-2222-4222-8222-222222222222", "name": "Usher"},
        "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": f"a:{number % 50}"},
        "channelData": {"tenant": {"id": TENANT}},
        "entities": [{"type": "clientInfo", "locale": "en-US", "platform": "Web", "timezone": "UTC"}],
    }


async def send(server: Server, turns: list[dict[str, Any]], *, at_once: int = 1) -> list[float]:
    """Every turn was answered with 2xx; seconds each took. Raises RuntimeError for any other answer."""
    waiting, took = iter(turns), []
    headers = {"authorization": f"Bearer {server.token}"} if server.token else {}
    async with aiohttp.ClientSession(headers=headers) as session:

        async def worker() -> None:
            for turn in waiting:
                began = time.perf_counter()
                async with session.post(f"{server.url}/api/messages", json=turn) as answer:
                    await answer.read()
                    if answer.status >= 300:
                        raise RuntimeError(f"{server.name} answered {answer.status}")
                took.append(time.perf_counter() - began)

        await asyncio.gather(*(worker() for _ in range(at_once)))
    return took


async def longest_stall(server: Server, busy: asyncio.Task[Any]) -> float:
    """Seconds the server's event loop did not answer /healthz for at the longest, while `busy` runs."""
    longest = 0.0
    async with aiohttp.ClientSession() as session:
        while not busy.done():
            began = time.perf_counter()
            async with session.get(f"{server.url}/healthz") as answer:
                await answer.read()
            longest = max(longest, time.perf_counter() - began)
            await asyncio.sleep(0.002)
    return longest
