"""Keep runs on DBOS, which no other file knows: on disk before they begin, found again after a crash."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.jobs.attempt import Verdict
from bot.jobs.order import Order, run_prefix

if TYPE_CHECKING:
    from dbos import DBOSConfig
    from dbos import WorkflowStatus as Run

log = logging.getLogger(__name__)

# Recovery only touches runs of the same version, so an upgrade of Usher must not change it.
_VERSION = "usher-1"
_ACTIVE = ["PENDING", "ENQUEUED", "DELAYED"]
_OVER = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_GENERATIONS = 64  # of one (name, key), looked up at once
_BATCH = 500  # runs deleted at once


class Runs:
    """All runs in the database at `url`, opened once. One is open at a time in a process: DBOS is a singleton.

    `carry_out` does what a run is for and answers how it ended; it is called on the loop that opened the runs.
    """

    def __init__(self, url: str, replica: str, carry_out: Callable[[Order], Awaitable[str]]) -> None:
        self._url = url
        self._replica = replica
        self._carry_out = carry_out
        self._closing = False

    async def open(self) -> None:
        """Runs can begin, and those an earlier process left go on. Raises what the database raises."""
        dbos = await asyncio.to_thread(_import_dbos)
        instance = dbos.DBOS(config=_configuration(self._url, self._replica))
        # However often a process dies under it, a run is resumed: deployments must not use its chances up.
        self._workflow = dbos.DBOS.workflow(name="job", max_recovery_attempts=None)(self._workflow_function())
        # Resumed jobs must run on this loop, where the bot's sessions live; launch() adopts only a loop that
        # runs in its own thread, and there it would block. Not public in dbos 3.4, hence tested.
        instance._background_event_loop.set_main_loop()  # noqa: SLF001
        await asyncio.to_thread(dbos.DBOS.launch)

    async def close(self) -> None:
        """DBOS has let go of the process; another may be opened."""
        self._closing = True
        # DBOS made its own thread pool this loop's default and is about to shut it down.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(thread_name_prefix="default"))
        await asyncio.to_thread(functools.partial(_import_dbos().DBOS.destroy, destroy_registry=True))

    async def begin(self, order: Order) -> None:
        """The run is on disk and under way, or was before."""
        dbos = _import_dbos()
        with dbos.SetWorkflowID(order.run_id):
            await dbos.DBOS.start_workflow_async(self._workflow, order.to_json())

    async def newest(self, name: str, key: str) -> tuple[int, bool] | None:
        """The newest run's generation and whether it is over; None when there is none (or it was forgotten)."""
        found: tuple[int, bool] | None = None
        for first in range(1, 1_000_000, _GENERATIONS):
            ids = {Order(name, key, n, {}).run_id: n for n in range(first, first + _GENERATIONS)}
            runs = await _listed(workflow_ids=list(ids))
            if not runs:
                break
            found = max((ids[run.workflow_id], run.status in _OVER) for run in runs)
        return found

    async def follows(self, order: Order) -> bool:
        """Whether the run before this one is still under way."""
        before = order.before
        return before is not None and bool(await _listed(workflow_ids=[before.run_id], status=_ACTIVE))

    async def any_under_way(self, name: str) -> bool:
        """Whether a run of this job, whatever its key, is not over."""
        return bool(await _listed(workflow_id_prefix=run_prefix(name), status=_ACTIVE, limit=1))

    async def take_over(self, replica: str) -> None:
        """What `replica` was running is queued for the living. Asked twice, or by two, it happens once."""
        # What DBOS's own Conductor would ask for; not public in dbos 3.4, hence tested.
        await asyncio.to_thread(_import_dbos().DBOS._recover_pending_workflows, [replica])  # noqa: SLF001

    async def forget(self, kept: timedelta, name: str | None = None) -> bool:
        """Some runs (of the job `name`) that ended longer ago than `kept` are gone; False when there were none."""
        chosen = {} if name is None else {"workflow_id_prefix": run_prefix(name)}
        before = (datetime.now(UTC) - kept).isoformat()
        runs = await _listed(status=_OVER, completed_before=before, limit=_BATCH, **chosen)
        if runs:
            await _import_dbos().DBOS.delete_workflows_async([run.workflow_id for run in runs])
        return bool(runs)

    def _workflow_function(self) -> Callable[[str], Coroutine[Any, Any, str]]:
        async def job(text: str) -> str:
            order = Order.from_json(text)
            try:
                return await self._carry_out(order)
            except _import_dbos().error.DBOSException:
                raise  # DBOS's own signals, such as "another replica has taken this over"
            except Exception as error:  # The job loop: the database failed under a run.
                # Ended like this the run would count as over. Cancelled, it stays on disk for the next launch.
                # Whatever fails because its threads are being ended says nothing about the job.
                level = logging.INFO if self._closing else logging.ERROR
                log.log(level, "job is left for the next launch", extra={"job": order.name}, exc_info=not self._closing)
                raise asyncio.CancelledError from error

        return job


class Steps:
    """Steps and waits as DBOS records them. `at_work` spans a step with its record: closing waits for both."""

    def __init__(self, at_work: Callable[[], contextlib.AbstractContextManager[None]]) -> None:
        self._at_work = at_work

    async def step(self, name: str, work: Callable[[], Awaitable[Verdict]]) -> Verdict:
        """What `work` answered, or what it answered before the restart."""

        # Text in ASCII, because no database takes half a surrogate pair, which people's words may hold.
        async def recorded() -> str:
            return json.dumps(await work())

        with self._at_work():
            verdict: Verdict = json.loads(await _import_dbos().DBOS.run_step_async({"name": name}, recorded))
        return verdict

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` after this was first asked, a restart included."""
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


async def _listed(**chosen: Any) -> list[Run]:
    found: list[Run] = await _import_dbos().DBOS.list_workflows_async(load_input=False, load_output=False, **chosen)
    return found
