"""A job that is started runs once, with what it was given."""

import asyncio
import logging
import time
from statistics import median

import pytest

from bot.jobs.engine import Again, Engine, Payload
from tests.jobs.until import until
from tests.jobs.work import QUICK, Gate, Work, running


async def test_a_job_gets_the_payload_it_was_started_with(url: str) -> None:
    work = Work()

    async with running(url, work=work) as engine:
        await engine.start("work", "k", {"text": "ä\x00\ud83d", "list": [1, None, {"deep": 1.5}]})
        assert await engine.wait("work", "k", 5)

    assert work.seen == [{"text": "ä\x00\ud83d", "list": [1, None, {"deep": 1.5}]}]


async def test_the_same_name_and_key_is_one_run_however_often_and_at_once_it_is_started(url: str) -> None:
    work = Work()

    async with running(url, work=work) as engine:
        await asyncio.gather(*(engine.start("work", "k", {"n": n}) for n in range(10)))
        assert await engine.wait("work", "k", 5)
        await engine.start("work", "k", {"n": 10})

    assert len(work.seen) == 1


async def test_keys_that_look_alike_are_different_runs(url: str) -> None:
    work = Work()
    keys = ["a", "a/1", "a/", "A", "a%2F1", "ä", "19:x@thread.tacv2;messageid=1|2", "\x00\ud83d", ""]

    async with running(url, work=work) as engine:
        for key in keys:
            await engine.start("work", key, {"key": key})
        for key in keys:
            assert await engine.wait("work", key, 5)

    assert sorted(seen["key"] for seen in work.seen) == sorted(keys)


async def test_start_returns_while_the_job_still_works(url: str) -> None:
    gate = Gate()

    async with running(url, gate=gate) as engine:
        await engine.start("gate", "k", {})
        ended_before = await engine.wait("gate", "k", 0.05)
        gate.open.set()
        ended_after = await engine.wait("gate", "k", 5)

    assert (ended_before, ended_after) == (False, True)


async def test_start_costs_a_turn_next_to_nothing(url: str) -> None:
    took = []

    async with running(url, work=Work()) as engine:
        for n in range(20):
            begun = time.perf_counter()
            await engine.start("work", str(n), {})
            took.append(time.perf_counter() - begun)

    # 5 ms on an idle machine; the bound leaves room for a busy one.
    assert median(took) < 0.1


async def test_a_job_can_start_another(url: str) -> None:
    work, engines = Work(), []

    async def parent(payload: Payload) -> None:
        await engines[0].start("work", "child", {"from": "parent"})

    async with running(url, parent=parent, work=work) as engine:
        engines.append(engine)
        await engine.start("parent", "k", {})
        assert await engine.wait("parent", "k", 5)
        assert await engine.wait("work", "child", 5)

    assert work.seen == [{"from": "parent"}]


async def test_a_start_whose_caller_was_cancelled_still_runs(url: str) -> None:
    work = Work()

    async with running(url, work=work) as engine:
        caller = asyncio.create_task(engine.start("work", "k", {}))
        await asyncio.sleep(0)
        caller.cancel()
        assert await engine.wait("work", "k", 5)

    assert len(work.seen) == 1


async def test_only_so_many_jobs_run_at_once_and_waiting_ones_take_no_place(url: str) -> None:
    gate, waiting = Gate(), Work(Again(30))
    engine = Engine(url, retries=QUICK, concurrency=2)
    engine.register("gate", gate)
    engine.register("waiting", waiting)
    await engine.launch()

    for n in range(3):
        await engine.start("waiting", str(n), {})
    await until(lambda: len(waiting.seen) == 3)
    for n in range(4):
        await engine.start("gate", str(n), {})
    await until(lambda: gate.entered == 2)
    at_once = gate.entered
    gate.open.set()
    ended = [await engine.wait("gate", str(n), 5) for n in range(4)]
    await engine.close(grace_seconds=0)

    assert (at_once, ended) == (2, [True] * 4)


async def test_the_library_says_nothing_on_its_own(
    url: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        async with running(url, work=Work()) as engine:
            await engine.start("work", "k", {})
            assert await engine.wait("work", "k", 5)

    assert capfd.readouterr().err == ""
    assert [record for record in caplog.records if record.name.startswith("dbos")] == []
