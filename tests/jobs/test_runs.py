"""What a run leaves behind when the engine is closed under it."""

import asyncio
import logging
from pathlib import Path

import pytest

from bot.jobs.order import Order
from bot.jobs.runs import Runs


async def test_a_run_that_the_shutdown_took_its_threads_from_is_left_in_silence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    began, closed = asyncio.Event(), asyncio.Event()

    async def carry_out(order: Order) -> str:
        began.set()
        await closed.wait()
        raise RuntimeError("cannot schedule new futures after shutdown")

    runs = Runs(f"sqlite:///{tmp_path / 'usher.db'}", "one", carry_out)
    await runs.open()
    await runs.begin(Order("look", "1", 1, {}))
    await began.wait()

    await runs.close()
    closed.set()
    await asyncio.sleep(0)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait([task])

    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


async def test_a_run_that_fails_at_any_other_time_is_told_to_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    began = asyncio.Event()

    async def carry_out(order: Order) -> str:
        began.set()
        raise RuntimeError("the database is away")

    runs = Runs(f"sqlite:///{tmp_path / 'usher.db'}", "one", carry_out)
    await runs.open()
    await runs.begin(Order("look", "1", 1, {}))
    await began.wait()
    await runs.close()

    assert "job is left for the next launch" in [one.message for one in caplog.records]
