"""The bot's clock follows the simulated tenant's: once a move is answered, the bot knows of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count

import aiohttp
import pytest
from aiohttp import web

from bot.clock import SystemClock, TenantClock, open_clock
from sandbox import Server

Clock = SystemClock | TenantClock
DAY = timedelta(days=1)


def days_ahead(clock: Clock) -> int:
    return round((clock.now() - datetime.now(UTC)) / DAY)


async def move(url: str, body: dict[str, str], what: str = "clock") -> None:
    async with aiohttp.ClientSession() as session:
        (await session.post(f"{url}/_control/{what}", json=body)).raise_for_status()


async def _until(clock: Clock, days: int) -> None:
    async with asyncio.timeout(10):
        while days_ahead(clock) != days:
            await asyncio.sleep(0.01)


@asynccontextmanager
async def answering(said: list[dict[str, object]]) -> AsyncIterator[str]:
    """A tenant that answers these one after the other, the last for ever."""
    numbers = count()

    async def answer(_: web.Request) -> web.Response:
        return web.json_response(said[min(next(numbers), len(said) - 1)])

    app = web.Application()
    app.router.add_get("/clock", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/clock"
    await runner.cleanup()


async def test_once_a_move_is_answered_the_clock_shows_it() -> None:
    with Server() as tenant:
        await move(tenant.url, {"advance": "P3D"})
        async with open_clock(f"{tenant.url}/_control/clock") as clock:
            await _until(clock, 3)

            for day in range(4, 20):
                await move(tenant.url, {"advance": "P1D"})
                assert days_ahead(clock) == day


async def test_a_tenant_that_begins_anew_takes_the_clock_back() -> None:
    with Server() as tenant:
        async with open_clock(f"{tenant.url}/_control/clock") as clock:
            await move(tenant.url, {"advance": "P3D"})
            await _until(clock, 3)

            await move(tenant.url, {}, "reset")

            assert days_ahead(clock) == 0


async def test_a_follower_that_is_gone_holds_up_no_move() -> None:
    with Server() as tenant:
        async with open_clock(f"{tenant.url}/_control/clock") as clock:
            await move(tenant.url, {"advance": "P1D"})
            await _until(clock, 1)

        async with asyncio.timeout(5):
            await move(tenant.url, {"advance": "P1D"})


@pytest.mark.parametrize("odd", [[], {}, {"now": 7}, {"now": "soon"}, None])
async def test_a_tenant_whose_moves_have_no_names_is_read_again_and_again(odd: object) -> None:
    later = {"now": (datetime.now(UTC) + DAY).isoformat()}

    async with answering([odd, later]) as url, open_clock(url) as clock:  # type: ignore[list-item]
        await _until(clock, 1)


async def test_without_a_tenant_it_is_this_machine_s_time() -> None:
    async with open_clock("") as clock:
        assert days_ahead(clock) == 0
