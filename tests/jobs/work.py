"""Jobs to watch, and an engine that runs them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.jobs.engine import Again, Engine, Payload
from bot.jobs.job import Retries

QUICK = Retries(transient=4, unexpected=2, first_seconds=0.01, longest_seconds=0.02)


Job = Callable[[Payload], Awaitable[Again | None]]


@asynccontextmanager
async def running(url: str, *, grace: float = 5.0, told: Any = None, **jobs: Job) -> AsyncIterator[Engine]:
    engine = Engine(url, retries=QUICK)
    for name, job in jobs.items():
        engine.register(name, job)
    if told:
        engine.on_failure(told)
    await engine.launch()
    try:
        yield engine
    finally:
        await engine.close(grace_seconds=grace)


class Work:
    """A job that notes what it was given and ends as the next of `ends` says; the last one stays."""

    def __init__(self, *ends: Exception | Again | None) -> None:
        self.ends = ends or (None,)
        self.seen: list[Payload] = []

    async def __call__(self, payload: Payload) -> Again | None:
        self.seen.append(payload)
        end = self.ends[min(len(self.seen), len(self.ends)) - 1]
        if isinstance(end, Exception):
            raise end
        return end


class Gate:
    """A job that waits until it is let through."""

    def __init__(self) -> None:
        self.entered = 0
        self.open = asyncio.Event()

    async def __call__(self, payload: Payload) -> None:
        self.entered += 1
        await self.open.wait()
