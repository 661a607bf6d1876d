"""What the job engine does by itself: fire schedules, show that it lives, take over from the silent, tidy up."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from bot.jobs.replicas import Heartbeats, Watch

log = logging.getLogger(__name__)


async def tick(seconds: float, start_slot: Callable[[int], Awaitable[None]]) -> None:
    """Call `start_slot` now and whenever a new slot of `seconds` begins; slots have the same number on all replicas."""
    while True:
        slot = int(time.time() // seconds)
        await _surely("schedule", start_slot(slot))
        await asyncio.sleep(max((slot + 1) * seconds - time.time(), 0.001))


async def beat(
    heartbeats: Heartbeats,
    replica: str,
    watch: Watch,
    beat_seconds: float,
    take_over: Callable[[str], Awaitable[None]],
) -> None:
    """Beat every `beat_seconds` and let the work of silent replicas be taken over."""
    while True:
        await _surely("heartbeat", _beat_once(heartbeats, replica, watch, take_over))
        await asyncio.sleep(beat_seconds)


async def _beat_once(
    heartbeats: Heartbeats, replica: str, watch: Watch, take_over: Callable[[str], Awaitable[None]]
) -> None:
    counts = await heartbeats.beat(replica)
    for silent in watch.silent({name: count for name, count in counts.items() if name != replica}):
        log.warning("taking over from a silent replica", extra={"replica": silent})
        await take_over(silent)
        # Only now: whoever dies between the two lines leaves the row for the next to find.
        await heartbeats.forget(silent, counts[silent])


async def now_and_then(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    """Do `work` now and `seconds` after it ended, for ever."""
    while True:
        await _surely("tidying", work())
        await asyncio.sleep(seconds)


async def _surely(what: str, work: Awaitable[None]) -> None:
    try:
        await work
    except Exception:  # The job loop: a database that is away for a minute must not end the beat for good.
        log.exception("%s failed and will be tried again", what)
