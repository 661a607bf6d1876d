"""Keep acts on many guests, each claimed once, changed under a lock."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot import errors
from bot.domain.guest_runs import GuestRun, RunKind
from bot.store.database import Database
from bot.store.lifecycle import guest_runs
from bot.store.upsert import inserted

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.ports.guest_runs import GuestRuns


class SqlGuestRuns:
    """`bot.ports.GuestRuns`: the table `guest_runs`, as far as it belongs to one tenant."""

    def __init__(self, database: Database, *, tenant_id: str) -> None:
        """Runs of another tenant in the same database stay out of sight."""
        self._database = database
        self._tenant_id = tenant_id

    async def claim(self, run: GuestRun) -> tuple[GuestRun, bool]:
        """The one stored run with this id, and whether this call began it."""
        row = {"id": run.id, "tenant_id": self._tenant_id, "kind": run.kind.value, "begun_at": run.begun_at}
        async with self._database.write() as connection:
            if await inserted(connection, guest_runs, {**row, "document": _written(run)}):
                return run, True
            return await self._locked(connection, run.id), False

    async def run(self, run_id: str) -> GuestRun | None:
        """By id."""
        async with self._database.read() as connection:
            document = await connection.scalar(self._document(run_id))
        return None if document is None else _read(document)

    async def amend(self, run_id: str, how: Callable[[GuestRun], GuestRun]) -> GuestRun:
        """`how` applied to the stored run under a row lock; what it returned is stored. Raises NotFound."""
        async with self._database.write() as connection:
            changed = replace(how(await self._locked(connection, run_id)), id=run_id)
            stored = sa.update(guest_runs).where(guest_runs.c.id == run_id).values(document=_written(changed))
            await connection.execute(stored)
        return changed

    async def recent(self, kinds: Collection[RunKind], *, since: datetime) -> tuple[GuestRun, ...]:
        """Runs of these kinds that were begun since then, newest first."""
        wanted = (
            sa.select(guest_runs.c.document)
            .where(
                guest_runs.c.tenant_id == self._tenant_id,
                guest_runs.c.kind.in_([one.value for one in kinds]),
                guest_runs.c.begun_at >= since,
            )
            .order_by(guest_runs.c.begun_at.desc(), guest_runs.c.id)
        )
        async with self._database.read() as connection:
            return tuple(_read(document) for document in await connection.scalars(wanted))

    async def _locked(self, connection: AsyncConnection, run_id: str) -> GuestRun:
        document = await connection.scalar(self._document(run_id).with_for_update())
        if document is None:
            raise errors.NotFound(f"no run {run_id}")
        return _read(document)

    def _document(self, run_id: str) -> sa.Select[tuple[Any]]:
        mine = guest_runs.c.tenant_id == self._tenant_id
        return sa.select(guest_runs.c.document).where(guest_runs.c.id == run_id, mine)


@cache
def _adapter() -> TypeAdapter[GuestRun]:
    from pydantic import TypeAdapter

    return TypeAdapter(GuestRun)


def _written(run: GuestRun) -> dict[str, Any]:
    """JSON for `_read`; fields that a later Usher adds are left out by an earlier one."""
    document: dict[str, Any] = _adapter().dump_python(run, mode="json")
    return document


def _read(document: dict[str, Any]) -> GuestRun:
    return _adapter().validate_python(document)


if TYPE_CHECKING:
    _keeps_the_port: type[GuestRuns] = SqlGuestRuns
