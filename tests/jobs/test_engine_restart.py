"""What one launch leaves, the next one finishes; before and after there is no engine to ask."""

import asyncio
import time
from pathlib import Path

import pytest

from bot import errors
from bot.jobs.engine import Again, Engine, Payload
from tests.jobs.until import until
from tests.jobs.work import Gate, Work, running


async def test_closing_waits_for_what_is_in_the_middle_of_work(url: str) -> None:
    gate = Gate()

    async with running(url, gate=gate) as engine:
        await engine.start("gate", "k", {})
        await until(lambda: gate.entered)
        asyncio.get_running_loop().call_later(0.1, gate.open.set)

    work = Work()
    async with running(url, gate=work) as engine:
        assert await engine.wait("gate", "k", 5)

    assert work.seen == []


async def test_what_closing_interrupts_the_next_launch_resumes(url: str) -> None:
    gate, work = Gate(), Work()

    async with running(url, grace=0.0, gate=gate) as engine:
        await engine.start("gate", "k", {"a": 1})
        await until(lambda: gate.entered)

    async with running(url, gate=work) as engine:
        assert await engine.wait("gate", "k", 10)

    assert work.seen == [{"a": 1}]


async def test_a_waiting_job_keeps_the_end_of_its_wait_over_a_restart(url: str) -> None:
    before, after = Work(Again(1.0)), Work()

    async with running(url, work=before) as engine:
        begun = time.monotonic()
        await engine.start("work", "k", {})
        await until(lambda: before.seen)
    async with running(url, work=after) as engine:
        assert await engine.wait("work", "k", 10)

    assert (len(before.seen), len(after.seen)) == (1, 1)
    assert time.monotonic() - begun >= 1.0


async def test_resumed_jobs_run_on_the_loop_of_the_bot(url: str) -> None:
    gate, loops = Gate(), []

    async def where(payload: Payload) -> None:
        loops.append(asyncio.get_running_loop())

    async with running(url, grace=0.0, gate=gate) as engine:
        await engine.start("gate", "k", {})
        await until(lambda: gate.entered)
    async with running(url, gate=where) as engine:
        assert await engine.wait("gate", "k", 10)

    assert loops == [asyncio.get_running_loop()]


async def test_a_resumed_job_that_no_longer_exists_is_reported(url: str) -> None:
    gate, heard = Gate(), []

    async def told(name: str, payload: Payload, failure: errors.UsherError) -> None:
        heard.append((name, failure.detail))

    async with running(url, grace=0.0, gate=gate) as engine:
        await engine.start("gate", "k", {})
        await until(lambda: gate.entered)
    async with running(url, told=told) as engine:
        assert await engine.wait("gate", "k", 10)

    assert heard == [("gate", "this version of Usher has no such job")]


async def test_questions_before_launch_and_after_close_are_refused(url: str) -> None:
    engine = Engine(url)
    engine.register("work", Work())

    with pytest.raises(RuntimeError, match="launched"):
        await engine.start("work", "k", {})
    await engine.launch()
    with pytest.raises(ValueError, match="no job"):
        await engine.start("other", "k", {})
    with pytest.raises(RuntimeError, match="before launch"):
        engine.register("late", Work())
    with pytest.raises(RuntimeError, match="already"):
        await Engine(url).launch()
    await engine.close()
    with pytest.raises(errors.Transient):
        await engine.start("work", "k", {})


async def test_a_start_during_launch_waits_for_it(url: str) -> None:
    work = Work()
    engine = Engine(url)
    engine.register("work", work)

    launching = asyncio.create_task(engine.launch())
    await asyncio.sleep(0)
    await engine.start("work", "k", {})
    ended = await engine.wait("work", "k", 5)
    await launching
    await engine.close()

    assert ended


async def test_a_launch_that_fails_leaves_room_for_another(tmp_path: Path, url: str) -> None:
    (tmp_path / "broken-jobs.db").write_text("this is no database, it only sits where one should be" * 100)

    with pytest.raises(Exception, match="not a database"):
        await Engine(f"sqlite:///{tmp_path / 'broken.db'}").launch()
    async with running(url, work=Work()) as engine:
        await engine.start("work", "k", {})
        assert await engine.wait("work", "k", 5)


async def test_the_loop_can_still_use_threads_after_close(url: str) -> None:
    async with running(url, work=Work()) as engine:
        await engine.start("work", "k", {})
        assert await engine.wait("work", "k", 5)

    assert await asyncio.to_thread(lambda: 1) == 1
