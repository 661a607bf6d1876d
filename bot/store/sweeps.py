"""Keep how far the sweep of a tenant is, and let one replica at a time go on with it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.domain.sweeps import Sweep
from bot.ports import Sweeps
from bot.store.database import Database
from bot.store.lifecycle import sweeps
from bot.store.upsert import inserted

if TYPE_CHECKING:
    from pydantic import TypeAdapter

log = logging.getLogger(__name__)

_NULL = sa.null()


class SqlSweeps:
    """`bot.ports.Sweeps`: one row of the table `sweeps`."""

    def __init__(self, database: Database, *, tenant_id: str) -> None:
        """Sweeps of another tenant in the same database stay out of sight."""
        self._database = database
        self._tenant_id = tenant_id
        self._mine = sweeps.c.tenant_id == tenant_id

    async def take(self, holder: str, now: datetime, lease: timedelta) -> tuple[Sweep | None, timedelta | None]:
        """(the newest sweep, None) and `holder` alone is at it; (None, how long to wait) when somebody else is."""
        fresh = {"tenant_id": self._tenant_id, "holder": holder, "held_until": now + lease}
        async with self._database.write() as connection:
            if await inserted(connection, sweeps, {**fresh, "document": _NULL, "finished": _NULL}):
                return None, None
            row = (await connection.execute(sa.select(sweeps).where(self._mine).with_for_update())).one()
            left = row.held_until - now if row.holder and row.held_until else timedelta()
            # A lease that lasts longer than leases do was given before the clock was set back.
            if row.holder != holder and timedelta() < left <= lease:
                return None, left
            await connection.execute(sa.update(sweeps).where(self._mine).values(**fresh))
        return _read(row.document), None

    async def keep(self, holder: str, sweep: Sweep, now: datetime, lease: timedelta) -> bool:
        """`sweep` is stored and held on to for another `lease`; False, and nothing is, when `holder` lost it."""
        document = _adapter().dump_python(sweep, mode="json")
        kept: dict[str, Any] = {"document": document, "held_until": now + lease}
        if sweep.over:
            kept["finished"] = document
        async with self._database.write() as connection:
            still = self._mine & (sweeps.c.holder == holder)
            done = await connection.execute(sa.update(sweeps).where(still).values(**kept))
        return done.rowcount == 1

    async def leave(self, holder: str) -> None:
        """`holder` is not at it any more; whoever comes next need not wait."""
        async with self._database.write() as connection:
            still = self._mine & (sweeps.c.holder == holder)
            await connection.execute(sa.update(sweeps).where(still).values(holder="", held_until=None))

    async def finished(self) -> Sweep | None:
        """The newest sweep that came to its end, with what it counted; None before the first."""
        async with self._database.read() as connection:
            return _read(await connection.scalar(sa.select(sweeps.c.finished).where(self._mine)))


@cache
def _adapter() -> TypeAdapter[Sweep]:
    from pydantic import TypeAdapter

    return TypeAdapter(Sweep)


def _read(document: Any) -> Sweep | None:
    """None also for what another version of Usher wrote and this one cannot read: a sweep is soon begun anew."""
    if document is None:
        return None
    try:
        return _adapter().validate_python(document)
    except ValueError:
        log.warning("sweep cannot be read")
        return None


if TYPE_CHECKING:
    _keeps_the_port: type[Sweeps] = SqlSweeps
