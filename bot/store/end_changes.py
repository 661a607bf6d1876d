"""Keep changes of the end of access, each claimed once, changed under a lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot import errors
from bot.domain.end_changes import EndChange
from bot.ports import EndChanges
from bot.store.database import Database
from bot.store.lifecycle import end_changes
from bot.store.upsert import inserted

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from sqlalchemy.ext.asyncio import AsyncConnection


class SqlEndChanges:
    """`bot.ports.EndChanges`: the table `end_changes`, as far as it belongs to one tenant."""

    def __init__(self, database: Database, *, tenant_id: str) -> None:
        """Changes of another tenant in the same database stay out of sight."""
        self._database = database
        self._tenant_id = tenant_id

    async def claim(self, change: EndChange) -> tuple[EndChange, bool]:
        """The one stored change with this id, and whether this call began it (or began it anew, as one that is over)."""
        row = {
            "id": change.id,
            "tenant_id": self._tenant_id,
            "key": change.key,
            "begun_at": change.begun_at,
            "document": _written(change),
        }
        async with self._database.write() as connection:
            if await inserted(connection, end_changes, row):
                return change, True
            stored = await self._locked(connection, change.id)
            taken = stored.taken_up(change)
            if taken == stored:
                return stored, False
            await _store(connection, taken)
        return taken, True

    async def begun_by(self, key: str) -> EndChange | None:
        """The change that the turn with this key began."""
        mine = sa.select(end_changes.c.document).where(
            end_changes.c.key == key, end_changes.c.tenant_id == self._tenant_id
        )
        async with self._database.read() as connection:
            document = await connection.scalar(mine.limit(1))
        return None if document is None else _read(document)

    async def change(self, change_id: str) -> EndChange | None:
        """By id."""
        async with self._database.read() as connection:
            document = await connection.scalar(self._document(change_id))
        return None if document is None else _read(document)

    async def amend(self, change_id: str, how: Callable[[EndChange], EndChange]) -> EndChange:
        """`how` applied to the stored change under a row lock; what it returned is stored. Raises NotFound."""
        async with self._database.write() as connection:
            changed = replace(how(await self._locked(connection, change_id)), id=change_id)
            await _store(connection, changed)
        return changed

    async def _locked(self, connection: AsyncConnection, change_id: str) -> EndChange:
        document = await connection.scalar(self._document(change_id).with_for_update())
        if document is None:
            raise errors.NotFound(f"no change {change_id}")
        return _read(document)

    def _document(self, change_id: str) -> sa.Select[tuple[Any]]:
        mine = end_changes.c.tenant_id == self._tenant_id
        return sa.select(end_changes.c.document).where(end_changes.c.id == change_id, mine)


async def _store(connection: AsyncConnection, change: EndChange) -> None:
    kept = {"document": _written(change), "begun_at": change.begun_at, "key": change.key}
    await connection.execute(sa.update(end_changes).where(end_changes.c.id == change.id).values(**kept))


@cache
def _adapter() -> TypeAdapter[EndChange]:
    from pydantic import TypeAdapter

    return TypeAdapter(EndChange)


def _written(change: EndChange) -> dict[str, Any]:
    """JSON for `_read`; fields that a later Usher adds are left out by an earlier one."""
    document: dict[str, Any] = _adapter().dump_python(change, mode="json")
    return document


def _read(document: dict[str, Any]) -> EndChange:
    return _adapter().validate_python(document)


if TYPE_CHECKING:
    _keeps_the_port: type[EndChanges] = SqlEndChanges
