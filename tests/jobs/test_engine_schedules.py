"""Schedules fire once a slot, and ended runs are tidied away."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot import errors
from bot.jobs import engine as engine_module
from bot.jobs.engine import Engine, Payload
from tests.jobs.until import until
from tests.jobs.work import QUICK, Work, running


async def test_a_schedule_fires_every_so_often_and_never_twice_at_a_time(url: str) -> None:
    fired, active, most = [], 0, 0

    async def sweep(payload: Payload) -> None:
        nonlocal active, most
        active += 1
        most = max(most, active)
        fired.append(time.monotonic())
        await asyncio.sleep(0.15)
        active -= 1

    engine = Engine(url, retries=QUICK)
    engine.every(0.1, "sweep", sweep)
    await engine.launch()
    await until(lambda: len(fired) >= 4)
    await engine.close()

    assert most == 1


async def test_a_slot_of_a_schedule_that_has_fired_does_not_fire_again_after_a_restart(url: str) -> None:
    work = Work()

    for _ in range(2):
        engine = Engine(url, retries=QUICK)
        engine.every(1_000_000, "sweep", work)
        await engine.launch()
        await until(lambda: work.seen)
        await engine.close()

    assert len(work.seen) == 1


async def test_a_slot_for_which_nothing_is_due_has_no_run(url: str) -> None:
    work, answers = Work(), [False, False, True]
    asked: list[int] = []

    async def due() -> bool:
        asked.append(len(work.seen))
        return answers.pop(0) if answers else False

    engine = Engine(url, retries=QUICK)
    engine.every(0.05, "look", work, due)
    await engine.launch()
    await until(lambda: len(asked) >= 5)
    await engine.close()

    assert asked[:3] == [0, 0, 0]
    assert len(work.seen) == 1


async def test_a_question_that_fails_is_asked_again_at_the_next_slot(url: str) -> None:
    work, asked = Work(), []

    async def due() -> bool:
        asked.append(1)
        if len(asked) == 1:
            raise errors.Transient("the database is away")
        return len(asked) == 2

    engine = Engine(url, retries=QUICK)
    engine.every(0.05, "look", work, due)
    await engine.launch()
    await until(lambda: work.seen)
    await engine.close()

    assert len(work.seen) == 1


async def test_a_schedule_that_fails_is_heard_of_in_the_log_only_and_goes_on(url: str) -> None:
    work, heard = Work(errors.Transient("503"), KeyError("x"), None), []

    async def told(name: str, payload: Payload, failure: errors.UsherError) -> None:
        heard.append(name)

    engine = Engine(url)
    engine.every(0.1, "sweep", work)
    engine.on_failure(told)
    await engine.launch()
    await until(lambda: len(work.seen) >= 3)
    await engine.close()

    assert len({seen["slot"] for seen in work.seen}) == len(work.seen)
    assert heard == []


async def test_a_schedule_that_is_refused_raises_no_alarm_since_the_next_slot_tries_again(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    work = Work(errors.NotLicensed("no P2"), errors.NotLicensed("no P2"), None)

    engine = Engine(url)
    engine.every(0.1, "sweep", work)
    await engine.launch()
    await until(lambda: len(work.seen) >= 3)
    await engine.close()

    said = [(one.levelname, one.message) for one in caplog.records if one.name.startswith("bot.jobs")]
    assert said.count(("WARNING", "job failed")) == 2
    assert "ERROR" not in {level for level, _ in said}


async def test_runs_of_schedules_are_tidied_away_sooner(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work()
    engine = Engine(url)
    engine.every(1_000_000, "sweep", work)
    engine.register("work", work)
    await engine.launch()
    await engine.start("work", "k", {})
    assert await engine.wait("work", "k", 5)
    await until(lambda: len(work.seen) == 2)
    [slot] = [str(seen["slot"]) for seen in work.seen if seen]
    assert await engine.wait("sweep", slot, 5)

    monkeypatch.setattr(engine_module, "_SLOTS_KEPT", timedelta(seconds=-1))
    await engine._tidy()
    left = [await engine.wait("sweep", slot, 0), await engine.wait("work", "k", 0)]
    await engine.close()

    assert left == [False, True]


async def test_old_finished_runs_are_tidied_away(url: str) -> None:
    work = Work()

    async with running(url, work=work) as engine:
        await engine.start("work", "k", {})
        assert await engine.wait("work", "k", 5)
        engine._keep *= -1
        await engine._tidy()
        forgotten = not await engine.wait("work", "k", 0)

    assert forgotten
