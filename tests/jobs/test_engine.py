import asyncio
import logging
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from bot import errors
from bot.jobs import engine as engine_module
from bot.jobs.engine import Again, Engine, Payload
from bot.jobs.job import Retries
from tests.jobs.until import until

QUICK = Retries(transient=4, unexpected=2, first_seconds=0.01, longest_seconds=0.02)
Job = Callable[[Payload], Awaitable[Again | None]]


@pytest.fixture(scope="session")
def empty_jobs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A job file with DBOS's tables: making them takes most of a short test's time."""
    folder = tmp_path_factory.mktemp("jobs")

    async def make() -> None:
        engine = Engine(f"sqlite:///{folder / 'usher.db'}")
        await engine.launch()
        await engine.close()

    asyncio.run(make())
    return folder / "usher-jobs.db"


@pytest.fixture
def url(tmp_path: Path, empty_jobs: Path) -> str:
    shutil.copy(empty_jobs, tmp_path)
    return f"sqlite:///{tmp_path / 'usher.db'}"


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


async def test_the_library_says_nothing_on_its_own(
    url: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        async with running(url, work=Work()) as engine:
            await engine.start("work", "k", {})
            assert await engine.wait("work", "k", 5)

    assert capfd.readouterr().err == ""
    assert [record for record in caplog.records if record.name.startswith("dbos")] == []
