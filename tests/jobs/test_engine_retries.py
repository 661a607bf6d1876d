"""A job that fails, hangs or asks for it is run again, and who waits hears how it ended."""

import asyncio
import time

import pytest

from bot import errors
from bot.jobs import engine as engine_module
from bot.jobs.engine import Again, Engine, Payload
from tests.jobs.until import until
from tests.jobs.work import QUICK, Gate, Work, running


async def test_a_transient_error_is_tried_again(url: str) -> None:
    work = Work(errors.Transient("503"), errors.Throttled("429", retry_after=0.02), None)

    async with running(url, work=work) as engine:
        await engine.start("work", "k", {})
        assert await engine.wait("work", "k", 5)

    assert len(work.seen) == 3


async def test_the_wait_the_other_side_asks_for_is_kept(url: str) -> None:
    work = Work(errors.Throttled("429", retry_after=0.5), None)

    async with running(url, work=work) as engine:
        begun = time.monotonic()
        await engine.start("work", "k", {})
        assert await engine.wait("work", "k", 5)

    assert time.monotonic() - begun >= 0.5


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (errors.Transient("503"), QUICK.transient),
        (errors.Rejected("no", code="BadRequest"), 1),
        (KeyError("unforeseen"), QUICK.unexpected),
    ],
)
async def test_who_waits_hears_of_a_job_that_failed_for_good(url: str, error: Exception, tries: int) -> None:
    work, heard = Work(error), []

    async def told(name: str, payload: Payload, failure: errors.UsherError) -> None:
        heard.append((name, payload, failure))

    async with running(url, told=told, work=work) as engine:
        await engine.start("work", "k", {"a": 1})
        assert await engine.wait("work", "k", 5)

    [(name, payload, failure)] = heard
    assert (name, payload, len(work.seen)) == ("work", {"a": 1}, tries)
    if isinstance(error, errors.UsherError):
        assert (type(failure), failure.detail, failure.code) == (type(error), error.detail, error.code)
    else:
        assert "unforeseen" in failure.detail


async def test_telling_of_a_failure_is_tried_again_too(url: str) -> None:
    times = []

    async def told(name: str, payload: Payload, failure: errors.UsherError) -> None:
        times.append(name)
        if len(times) < 3:
            raise errors.Transient("Teams is away")

    async with running(url, told=told, work=Work(errors.NotFound("gone"))) as engine:
        await engine.start("work", "k", {})
        assert await engine.wait("work", "k", 5)

    assert len(times) == 3


async def test_a_job_may_ask_to_be_run_again(url: str) -> None:
    work = Work(Again(0.05), Again(0), errors.Transient("x"), Again(0.01), None)

    async with running(url, work=work) as engine:
        await engine.start("work", "k", {"a": 1})
        assert await engine.wait("work", "k", 5)

    assert work.seen == [{"a": 1}] * 5


async def test_a_job_that_asks_again_and_again_gets_successors(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_ROUNDS", 3)
    work = Work(*[Again(0)] * 10, None)

    async with running(url, work=work) as engine:
        await engine.start("work", "k", {"a": 1})
        await until(lambda: len(work.seen) == 11)
        assert await engine.wait("work", "k", 5)
        await engine.start("work", "k", {"a": 2})

    assert work.seen == [{"a": 1}] * 11


async def test_run_again_runs_a_finished_job_once_more_with_its_new_payload(url: str) -> None:
    work = Work()

    async with running(url, work=work) as engine:
        for n in range(3):
            await engine.run_again("work", "k", {"n": n})
            assert await engine.wait("work", "k", 5)

    assert [seen["n"] for seen in work.seen] == [0, 1, 2]


async def test_run_again_follows_a_running_job_once_however_often_it_is_asked(url: str) -> None:
    """The run that has just shown its failure may still be ending when somebody presses Try again."""
    gate = Gate()

    async with running(url, gate=gate) as engine:
        await engine.start("gate", "k", {})
        await until(lambda: gate.entered == 1)
        for _ in range(3):
            await engine.run_again("gate", "k", {})
        assert gate.entered == 1
        gate.open.set()
        await until(lambda: gate.entered == 2)
        assert await engine.wait("gate", "k", 5)

    assert gate.entered == 2


async def test_a_run_that_waits_for_the_one_before_still_comes_after_a_restart(url: str) -> None:
    gate, after = Gate(), Work()
    async with running(url, grace=0.1, work=gate) as engine:
        await engine.start("work", "k", {"n": 1})
        await until(lambda: gate.entered == 1)
        await engine.run_again("work", "k", {"n": 2})

    async with running(url, work=after):
        await until(lambda: len(after.seen) == 2)

    assert [seen["n"] for seen in after.seen] == [1, 2]


async def test_people_who_press_retry_at_once_do_not_each_start_a_run(url: str) -> None:
    work = Work(errors.NotFound("gone"), None)

    async with running(url, work=work) as engine:
        await engine.start("work", "k", {})
        assert await engine.wait("work", "k", 5)
        await asyncio.gather(*(engine.run_again("work", "k", {}) for _ in range(5)))
        assert await engine.wait("work", "k", 5)

    assert len(work.seen) in (2, 3)  # whoever comes a moment later finds a run under way, and one more follows it


async def test_a_cancellation_that_leaks_out_of_a_library_is_a_failed_try(url: str) -> None:
    tries = []

    async def leaky(payload: Payload) -> None:
        tries.append(payload)
        if len(tries) == 1:
            raise asyncio.CancelledError

    async with running(url, leaky=leaky) as engine:
        await engine.start("leaky", "k", {})
        assert await engine.wait("leaky", "k", 5)

    assert len(tries) == 2


async def test_a_job_that_hangs_is_stopped_and_tried_again(url: str) -> None:
    tries = []

    async def hangs(payload: Payload) -> None:
        tries.append(payload)
        if len(tries) == 1:
            await asyncio.Event().wait()

    engine = Engine(url, retries=QUICK, job_timeout_seconds=0.05)
    engine.register("hangs", hangs)
    await engine.launch()
    await engine.start("hangs", "k", {})
    ended = await engine.wait("hangs", "k", 5)
    await engine.close()

    assert (ended, len(tries)) == (True, 2)
