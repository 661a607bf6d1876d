"""The measurements, each a function that returns rows of the table."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.bench import Bench, Server, call
from benchmarks.load import card_click, longest_stall, send, text_turn

Turn = Callable[[Server], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """One line: what was measured, Usher's figure, everybody else's, and the budget it is held to."""

    what: str
    usher: str
    peers: str
    budget: str
    met: bool


@dataclass(frozen=True)
class Size:
    """How much is measured: turns in a round, and rounds."""

    turns: int = 60
    rounds: int = 5


@dataclass(frozen=True)
class Field:
    """The servers of one run. `slow` is a connector that answers in 200 ms."""

    bench: Bench
    tenant: Server
    connector: Server
    slow: Server
    usher: Server
    raw: Server
    botbuilder: Server
    agents: Server


async def cpu_per_turn(servers: list[Server], connector: Server, turn: Turn, size: Size) -> list[float]:
    """Milliseconds of CPU a turn costs each server: medians of interleaved rounds."""
    spent: list[list[float]] = [[] for _ in servers]
    for server in servers:
        await send(server, [turn(connector) for _ in range(20)], at_once=4)
    for _ in range(size.rounds):
        for server, costs in zip(servers, spent, strict=True):
            before = server.cpu
            await send(server, [turn(connector) for _ in range(size.turns)])
            costs.append((server.cpu - before) / size.turns * 1000)
    return [median(costs) for costs in spent]


async def text(field: Field, size: Size) -> Row:
    """`help`, typed."""
    servers = [field.usher, field.raw, field.botbuilder, field.agents]
    usher, raw, botbuilder, agents = await cpu_per_turn(servers, field.connector, text_turn, size)
    ratio = usher / raw
    return Row(
        "text turn `help`, CPU",
        f"{usher:.2f} ms = {ratio:.1f}×",
        f"raw {raw:.2f} ms = 1×, Agents SDK echo {agents / raw:.1f}×, botbuilder echo {botbuilder / raw:.1f}×",
        "≤ 4× raw",
        ratio <= 4,
    )


async def click(field: Field, size: Size) -> Row:
    """Help, pressed; its card is replaced. The stock botbuilder answers presses with 500."""
    usher, raw = await cpu_per_turn([field.usher, field.raw], field.connector, card_click, size)
    ratio = usher / raw
    return Row(
        "card click that replaces the card, CPU",
        f"{usher:.2f} ms = {ratio:.1f}×",
        f"raw {raw:.2f} ms = 1×, botbuilder: HTTP 500",
        "≤ 5× raw",
        ratio <= 5,
    )


async def throughput(field: Field, size: Size) -> Row:
    """32 turns at once while the connector takes 200 ms."""
    rates = []
    for server in (field.usher, field.raw, field.botbuilder, field.agents):
        slow = server if server is not field.usher else _signed_for(field)
        best = 0.0
        for _ in range(2):
            began = time.perf_counter()
            await send(slow, [text_turn(field.slow) for _ in range(size.turns * 2)], at_once=32)
            best = max(best, size.turns * 2 / (time.perf_counter() - began))
        rates.append(best)
    usher, raw, botbuilder, agents = rates
    return Row(
        "turns a second, connector answers in 200 ms, 32 at once",
        f"{usher:.0f}/s = {usher / raw:.2f} of raw",
        f"raw {raw:.0f}/s, Agents SDK {agents:.0f}/s, botbuilder {botbuilder:.0f}/s",
        "≥ 0.8 of raw",
        usher / raw >= 0.8,
    )


def _signed_for(field: Field) -> Server:
    """Usher, with a token for the slow connector's service URL."""
    asked = {"aud": "22222222-2222-4222-8222-222222222222", "serviceurl": f"{field.slow.url}/teams"}
    token = call(f"{field.tenant.url}/_control/botframework/token", asked)["token"]
    return Server(field.usher.name, field.usher.url, field.usher.child, token)


async def stall(field: Field, size: Size) -> Row:
    """A fresh process under load while sign-in and the channel's keys take 100 ms an answer."""
    rules = [{"path": path, "delaySeconds": 0.1, "times": 1000} for path in ("oauth2", "openid")]
    usher = field.bench.usher(field.tenant, field.connector)
    call(f"{field.tenant.url}/_control/faults", {"rules": rules})
    turns = [text_turn(field.connector) for _ in range(size.turns)]
    busy = asyncio.create_task(send(usher, turns, at_once=8))
    longest = await longest_stall(usher, busy)
    await busy
    call(f"{field.tenant.url}/_control/faults", {"rules": []})
    usher.child.process.terminate()
    return Row(
        "longest stall of the event loop, slow authority, first turns",
        f"{longest * 1000:.0f} ms",
        "botbuilder 1,750 ms (it asks the authority on the loop)",
        "≤ 50 ms",
        longest <= 0.05,
    )


async def start(field: Field, size: Size) -> list[Row]:
    """CPU from the first instruction to /readyz, and memory at rest."""
    usher, botbuilder, resting = [], [], 0.0
    for _ in range(max(1, size.rounds // 2)):
        for costs, begin in (
            (usher, lambda: field.bench.usher(field.tenant, field.connector)),
            (botbuilder, lambda: field.bench.peer("botbuilder_echo")),
        ):
            server = begin()
            costs.append(server.cpu)
            resting = server.memory if costs is usher else resting
            server.child.process.terminate()
    ratio = median(usher) / median(botbuilder)
    return [
        Row(
            "cold start to /readyz, CPU",
            f"{median(usher):.2f} s = {ratio:.1f}×",
            f"bare botbuilder echo {median(botbuilder):.2f} s = 1×",
            "≤ 3.5×",
            ratio <= 3.5,
        ),
        Row(
            "memory at rest",
            f"{resting:.0f} MiB",
            f"botbuilder echo {field.botbuilder.memory:.0f} MiB",
            "≤ 200 MiB",
            resting <= 200,
        ),
    ]


async def round_trips(field: Field, size: Size) -> Row:
    """Graph calls of one straight invite, from the typed sentence to the sent mail; polls (GET) aside."""
    address = f"bench{time.time_ns()}@fabrikam.com"
    seen = len(call(f"{field.tenant.url}/_control/requests"))
    sentence = f'invite {address} to "Invited users package" for 14 days because "audit"'
    await send(field.usher, [text_turn(field.connector, sentence)])
    while not _mailed(field, address):
        await asyncio.sleep(0.05)
    made = call(f"{field.tenant.url}/_control/requests")[seen:]
    trips = [one for one in made if "/v1.0/" in one["url"] and not one.get("inBatch") and one["method"] != "GET"]
    return Row("Graph round trips of one invite, polls aside", str(len(trips)), "", "≤ 6", 1 <= len(trips) <= 6)


def _mailed(field: Field, address: str) -> bool:
    box = call(f"{field.tenant.url}/_control/mailbox")
    return any(address in str(one["message"]) for one in box)
