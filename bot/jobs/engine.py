"""Run jobs durably on DBOS, which no other file knows: started once, resumed after a crash, repeated until done."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import contextvars
import dataclasses
import functools
import json
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from bot import errors
from bot.jobs.attempt import Verdict, attempt
from bot.jobs.caretaker import beat, now_and_then, tick
from bot.jobs.drive import Drive, gone
from bot.jobs.job import ONCE, PATIENT, Again, FailureFunction, JobFunction, Payload, Retries
from bot.jobs.order import Order, run_prefix
from bot.jobs.registry import Registry
from bot.jobs.replicas import Heartbeats, Watch, fresh_name
from bot.jobs.tasks import Tasks
from bot.jobs.where import jobs_url, prepare

if TYPE_CHECKING:
    from dbos import DBOSConfig
    from dbos import WorkflowStatus as Run

__all__ = ["Again", "Engine", "FailureFunction", "JobFunction", "Payload", "Retries"]

log = logging.getLogger(__name__)

T = TypeVar("T")

# Recovery only touches runs of the same version, so an upgrade of Usher must not change it.
_VERSION = "usher-1"
_ACTIVE = ["PENDING", "ENQUEUED", "DELAYED"]
_OVER = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_GENERATIONS = 64  # of one (name, key), looked up at once
_ROUNDS = 200  # attempts of one run before a successor takes over, so that no history grows without end
_TURN_SECONDS = 0.1  # between two looks whether the run before is over
_BATCH = 500  # runs deleted at once
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
        self._state = "new"
        self._ready = asyncio.Event()
        self._tasks = Tasks()  # beats and ticks
        self._questions = Tasks()  # to DBOS, under way
        self._runs = Tasks()  # executing here
        self._busy = 0  # how many of those are inside a step rather than waiting

    async def launch(self) -> None:
        """Jobs run from here on, those left over by an earlier process included. Raises what the database raises."""
        if Engine._live is not None:
            raise RuntimeError("an engine runs in this process already")
        Engine._live, self._state, self._complete = self, "launching", True
        try:
            await self._launch_dbos()
        except BaseException:
            await self._destroy_dbos()
            raise
        self._state = "running"
        self._ready.set()
        for name, seconds in self._schedules.items():
            self._tasks.begin(tick(seconds, functools.partial(self._start_slot, name)))
        self._tasks.begin(now_and_then(_SLOTS_KEPT.total_seconds(), self._tidy))
        if self._heartbeats:
            self._tasks.begin(beat(self._heartbeats, self._replica, self._watch, self._beat_seconds, self._take_over))

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
        await self._runs.cancel()
        await self._destroy_dbos()
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
        last = await self._last_run(name, key)
        newest = Order(name, key, last[0] if last else 0, {})
        if last is None or last[1].status in _OVER or not await self._ask(functools.partial(_follows, newest)):
            # Two people pressing at once compute the same generation, so they start the same run.
            await self._begin(name, key, newest.generation + 1, payload)

    async def wait(self, name: str, key: str, timeout: float) -> bool:
        """Whether the newest run of (name, key) ended, well or not, within `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while True:
            last = await self._last_run(name, key)
            if last is not None and last[1].status in _OVER:
                return True
            if time.monotonic() >= deadline:
                return False
            await asyncio.sleep(min(0.05, max(deadline - time.monotonic(), 0.0)))

    # DBOS, from the outside

    async def _launch_dbos(self) -> None:
        dbos = await asyncio.to_thread(_import_dbos)
        await asyncio.to_thread(prepare, self._url)
        if self._heartbeats:
            await self._heartbeats.beat(self._replica)  # before the first run: a run's owner must be seen alive
        instance = dbos.DBOS(config=_configuration(self._url, self._replica))
        # However often a process dies under it, a run is resumed: deployments must not use its chances up.
        self._workflow = dbos.DBOS.workflow(name="job", max_recovery_attempts=None)(self._workflow_function())
        # Resumed jobs must run on this loop, where the bot's sessions live; launch() adopts only a loop that
        # runs in its own thread, and there it would block. Not public in dbos 3.4, hence tested.
        instance._background_event_loop.set_main_loop()  # noqa: SLF001
        await asyncio.to_thread(dbos.DBOS.launch)

    async def _destroy_dbos(self) -> None:
        # DBOS made its own thread pool this loop's default and is about to shut it down.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(thread_name_prefix="default"))
        await asyncio.to_thread(functools.partial(_import_dbos().DBOS.destroy, destroy_registry=True))
        Engine._live, self._state = None, "closed"
        self._ready.set()

    async def _begin(self, name: str, key: str, generation: int, payload: Mapping[str, Any]) -> None:
        if name not in self._jobs:
            raise ValueError(f"no job is called {name}")
        await self._ask(functools.partial(self._start_run, Order(name, key, generation, dict(payload))))

    async def _start_run(self, order: Order) -> None:
        dbos = _import_dbos()
        with dbos.SetWorkflowID(order.run_id):
            await dbos.DBOS.start_workflow_async(self._workflow, order.to_json())

    async def _last_run(self, name: str, key: str) -> tuple[int, Run] | None:
        """The newest run's generation and status; None when there is none (or it was tidied away)."""
        found: tuple[int, Run] | None = None
        for first in range(1, 1_000_000, _GENERATIONS):
            ids = {Order(name, key, n, {}).run_id: n for n in range(first, first + _GENERATIONS)}
            runs = await self._ask(functools.partial(_runs, workflow_ids=list(ids)))
            if not runs:
                break
            found = max(((ids[run.workflow_id], run) for run in runs), key=lambda pair: pair[0])
        return found

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
        """The run for this slot of the schedule is under way, unless an earlier one still is."""
        active = functools.partial(_runs, workflow_id_prefix=run_prefix(name), status=_ACTIVE, limit=1)
        if not await self._ask(active):
            await self._begin(name, str(slot), 1, {"slot": slot})

    async def _take_over(self, replica: str) -> None:
        """What `replica` was running is queued for the living. Asked twice, or by two, it happens once."""
        dbos = _import_dbos()
        # What DBOS's own Conductor would ask for; not public in dbos 3.4, hence tested.
        await asyncio.to_thread(dbos.DBOS._recover_pending_workflows, [replica])  # noqa: SLF001

    async def _tidy(self) -> None:
        """Runs that ended more than `keep_days` ago are gone, those of schedules after ten minutes."""
        for name in self._schedules:
            await self._delete_ended(_SLOTS_KEPT, workflow_id_prefix=run_prefix(name))
        await self._delete_ended(self._keep)

    async def _delete_ended(self, kept: timedelta, **chosen: Any) -> None:
        before = (datetime.now(UTC) - kept).isoformat()
        old = functools.partial(_runs, status=_OVER, completed_before=before, limit=_BATCH, **chosen)
        while runs := await self._ask(old):
            ids = [run.workflow_id for run in runs]
            await self._ask(functools.partial(_import_dbos().DBOS.delete_workflows_async, ids))

    # DBOS, from the inside

    def _workflow_function(self) -> Callable[[str], Coroutine[Any, Any, str]]:
        async def job(text: str) -> str:
            task = asyncio.current_task()
            if task is not None:
                self._runs.adopt(task)
            order = Order.from_json(text)
            try:
                await self._its_turn(order)
                return await self._fulfil(order)
            except _import_dbos().error.DBOSException:
                raise  # DBOS's own signals, such as "another replica has taken this over"
            except Exception as error:  # The job loop: the database failed under a run.
                # Ended like this the run would count as over. Cancelled, it stays on disk for the next launch.
                log.exception("job is left for the next launch", extra={"job": order.name})
                raise asyncio.CancelledError from error

        return job

    async def _its_turn(self, order: Order) -> None:
        """The run before this one is over: two of the same job and key never work at the same time."""
        await self._ready.wait()
        follows = functools.partial(_follows, order)
        while await self._questions.begin(follows(), context=contextvars.Context()):
            await asyncio.sleep(_TURN_SECONDS)

    async def _fulfil(self, order: Order) -> str:
        job = self._jobs.get(order.name, gone)
        scheduled = order.name in self._schedules
        # The next slot is a schedule's second try, and its failures are nobody's but the log's.
        drive = Drive(_DbosSteps(self._at_work), self._attempt, ONCE if scheduled else self._retries)
        told = None if scheduled else self._told
        end = await drive.to_its_end(order.name, job, order.payload, told, rounds=_ROUNDS)
        if end == "unfinished":
            await self._start_run(dataclasses.replace(order, generation=order.generation + 1))
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


class _DbosSteps:
    """Steps and waits as DBOS records them. `at_work` spans a step with its record: closing waits for both."""

    def __init__(self, at_work: Callable[[], contextlib.AbstractContextManager[None]]) -> None:
        self._at_work = at_work

    async def step(self, name: str, work: Callable[[], Awaitable[Verdict]]) -> Verdict:
        # Text in ASCII, because no database takes half a surrogate pair, which people's words may hold.
        async def recorded() -> str:
            return json.dumps(await work())

        with self._at_work():
            verdict: Verdict = json.loads(await _import_dbos().DBOS.run_step_async({"name": name}, recorded))
        return verdict

    async def sleep(self, seconds: float) -> None:
        await _import_dbos().DBOS.sleep_async(seconds)


def _import_dbos() -> Any:
    """The library, loaded when the first engine is launched: it costs a quarter of a second."""
    import dbos

    return dbos


def _configuration(url: str, replica: str) -> DBOSConfig:
    # DBOS adds a handler of its own only when there is none; its records belong to our log.
    library = logging.getLogger("dbos")
    library.addHandler(logging.NullHandler())
    return {
        "name": "usher",
        "system_database_url": url,
        "executor_id": replica,
        "application_version": _VERSION,
        "serializer": _import_dbos().DBOSPortableJSONSerializer(),  # not pickle, which runs what it reads
        "enable_otlp": False,
        "log_level": "WARNING",
        "use_listen_notify": False,  # Usher's runs exchange no messages, so the listener's connection is saved
        "notification_listener_polling_interval_sec": 0.2,  # its thread sleeps this long before it sees the shutdown
        "sys_db_pool_size": 5,
        "max_executor_threads": 32,
    }


async def _follows(order: Order) -> bool:
    """Whether the run before this one is still under way."""
    before = order.before
    return before is not None and bool(await _runs(workflow_ids=[before.run_id], status=_ACTIVE))


async def _runs(**chosen: Any) -> list[Run]:
    found: list[Run] = await _import_dbos().DBOS.list_workflows_async(load_input=False, load_output=False, **chosen)
    return found
