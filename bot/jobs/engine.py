"""Run jobs durably: started once, resumed after a crash, repeated until done."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import contextvars
import dataclasses
import functools
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from datetime import timedelta
from typing import Any, ClassVar, TypeVar

from bot import errors
from bot.jobs.attempt import Verdict, attempt
from bot.jobs.caretaker import beat, now_and_then, tick
from bot.jobs.drive import Drive, gone
from bot.jobs.job import ONCE, PATIENT, Again, FailureFunction, JobFunction, Payload, Retries
from bot.jobs.order import Order
from bot.jobs.registry import Registry
from bot.jobs.replicas import Heartbeats, Watch, fresh_name
from bot.jobs.runs import Runs, Steps
from bot.jobs.tasks import Tasks
from bot.jobs.where import jobs_url, prepare

__all__ = ["Again", "Engine", "FailureFunction", "JobFunction", "Payload", "Retries"]

T = TypeVar("T")

_ROUNDS = 200  # attempts of one run before a successor takes over, so that no history grows without end
_TURN_SECONDS = 0.1  # between two looks whether the run before is over
_SLOTS_KEPT = timedelta(minutes=10)


class Engine(Registry):
    """The durable job runner; one per process, because DBOS is a singleton.

    A job is known by (name, key). Its JSON payload is stored when it is started; from then on it
    runs until it returns None or fails for good, on this replica or, when this one dies, on another.
    """

    _live: ClassVar[Engine | None] = None

    def __init__(
        self,
        database_url: str,
        *,
        heartbeats: Heartbeats | None = None,
        retries: Retries = PATIENT,
        concurrency: int = 16,
        beat_seconds: float = 5.0,
        silence_seconds: float = 30.0,
        job_timeout_seconds: float = 600.0,
        keep_days: float = 14.0,
    ) -> None:
        """`heartbeats` is needed as soon as several replicas may share a PostgreSQL; SQLite is never shared.

        Alone, the process resumes its own runs when it starts again. With heartbeats it has a name of its
        own, and whoever is silent for `silence_seconds`, or has ended on this machine, is taken over.
        """
        super().__init__()
        self._url = jobs_url(database_url)
        self._heartbeats = None if self._url.startswith("sqlite") else heartbeats
        self._replica = fresh_name() if self._heartbeats else "local"
        self._retries = retries
        # Of each job so many: a hundred guests being invited must not keep a question waiting.
        self._slots = collections.defaultdict[str, asyncio.Semaphore](lambda: asyncio.Semaphore(concurrency))
        self._beat_seconds = beat_seconds
        self._watch = Watch(silence_seconds, time.monotonic)
        self._job_timeout = job_timeout_seconds
        self._keep = timedelta(days=keep_days)
        self._runs = Runs(self._url, self._replica, self._carry_out)
        self._state = "new"
        self._ready = asyncio.Event()
        self._tasks = Tasks()  # beats and ticks
        self._questions = Tasks()  # to DBOS, under way
        self._executing = Tasks()  # runs, on this replica
        self._busy = 0  # how many of those are inside a step rather than waiting

    async def launch(self) -> None:
        """Jobs run from here on, those left over by an earlier process included. Raises what the database raises."""
        if Engine._live is not None:
            raise RuntimeError("an engine runs in this process already")
        Engine._live, self._state, self._complete = self, "launching", True
        try:
            await asyncio.to_thread(prepare, self._url)
            if self._heartbeats:
                await self._heartbeats.beat(self._replica)  # before the first run: a run's owner must be seen alive
            await self._runs.open()
        except BaseException:
            await self._end()
            raise
        self._state = "running"
        self._ready.set()
        for name, seconds in self._schedules.items():
            self._tasks.begin(tick(seconds, functools.partial(self._start_slot, name)))
        self._tasks.begin(now_and_then(_SLOTS_KEPT.total_seconds(), self._tidy))
        if self._heartbeats:
            self._tasks.begin(
                beat(self._heartbeats, self._replica, self._watch, self._beat_seconds, self._runs.take_over)
            )

    async def close(self, *, grace_seconds: float = 5.0) -> None:
        """Nothing runs any more. Jobs get the grace time to end; what has not ended is resumed by a later launch."""
        if self._state != "running":
            return
        self._state = "closed"
        await self._tasks.cancel()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace_seconds):
                while self._busy or self._questions:
                    await asyncio.sleep(0.01)
        await self._executing.cancel()
        await self._end()
        if self._heartbeats:
            with contextlib.suppress(errors.Transient):  # Nobody to say goodbye to: the silence will be noticed.
                await self._heartbeats.leave(self._replica)

    async def start(self, name: str, key: str, payload: Mapping[str, Any]) -> None:
        """A run of `name` for `key` is on disk and under way; a second call with the same two finds the first.

        `payload` must be JSON. A run is remembered for `keep_days` after its end (default 14).
        """
        await self._begin(name, key, 1, payload)

    async def run_again(self, name: str, key: str, payload: Mapping[str, Any]) -> None:
        """A fresh run is under way, or follows the one that still runs; at most one waits to follow.

        One that runs may be past the point at which it would see why it is wanted again.
        """
        generation, is_over = await self._newest(name, key) or (0, True)
        newest = Order(name, key, generation, {})
        if is_over or not await self._ask(functools.partial(self._runs.follows, newest)):
            # Two people pressing at once compute the same generation, so they start the same run.
            await self._begin(name, key, generation + 1, payload)

    async def wait(self, name: str, key: str, timeout: float) -> bool:
        """Whether the newest run of (name, key) ended, well or not, within `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while True:
            newest = await self._newest(name, key)
            if newest is not None and newest[1]:
                return True
            if time.monotonic() >= deadline:
                return False
            await asyncio.sleep(min(0.05, max(deadline - time.monotonic(), 0.0)))

    async def _end(self) -> None:
        await self._runs.close()
        Engine._live, self._state = None, "closed"
        self._ready.set()

    # Questions to the runs, from anywhere

    async def _begin(self, name: str, key: str, generation: int, payload: Mapping[str, Any]) -> None:
        if name not in self._jobs:
            raise ValueError(f"no job is called {name}")
        await self._ask(functools.partial(self._runs.begin, Order(name, key, generation, dict(payload))))

    async def _newest(self, name: str, key: str) -> tuple[int, bool] | None:
        return await self._ask(functools.partial(self._runs.newest, name, key))

    async def _ask(self, question: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The answer to `question`, asked outside any job's own record and carried through to its end.

        A caller cancelled half-way must not leave a run on disk that nobody executes.
        """
        if self._state == "new":
            raise RuntimeError("the engine has not been launched")
        await self._ready.wait()
        if self._state != "running":
            raise errors.Transient("Usher is shutting down")
        return await asyncio.shield(self._questions.begin(question(), context=contextvars.Context()))

    async def _start_slot(self, name: str, slot: int) -> None:
        """The run for this slot of the schedule is under way, unless nothing is due or an earlier one still is."""
        due = self._due.get(name)
        if due is not None and not await due():
            return
        if not await self._ask(functools.partial(self._runs.any_under_way, name)):
            await self._begin(name, str(slot), 1, {"slot": slot})

    async def _tidy(self) -> None:
        """Runs that ended more than `keep_days` ago are gone, those of schedules after ten minutes."""
        for name in self._schedules:
            await self._forget(_SLOTS_KEPT, name)
        await self._forget(self._keep)

    async def _forget(self, kept: timedelta, name: str | None = None) -> None:
        while await self._ask(functools.partial(self._runs.forget, kept, name)):
            pass

    # One run, from the inside

    async def _carry_out(self, order: Order) -> str:
        task = asyncio.current_task()
        if task is not None:
            self._executing.adopt(task)
        await self._its_turn(order)
        return await self._fulfil(order)

    async def _its_turn(self, order: Order) -> None:
        """The run before this one is over: two of the same job and key never work at the same time."""
        await self._ready.wait()
        while await self._questions.begin(self._runs.follows(order), context=contextvars.Context()):
            await asyncio.sleep(_TURN_SECONDS)

    async def _fulfil(self, order: Order) -> str:
        job = self._jobs.get(order.name, gone)
        scheduled = order.name in self._schedules
        # The next slot is a schedule's second try, and its failures are nobody's but the log's.
        drive = Drive(Steps(self._at_work), self._attempt, ONCE if scheduled else self._retries)
        told = None if scheduled else self._told
        end = await drive.to_its_end(order.name, job, order.payload, told, rounds=_ROUNDS)
        if end == "unfinished":
            await self._runs.begin(dataclasses.replace(order, generation=order.generation + 1))
        return end

    async def _attempt(self, name: str, job: JobFunction, payload: Payload) -> Verdict:
        async with self._slots[name]:
            return await attempt(name, job, payload, timeout_seconds=self._job_timeout)

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
