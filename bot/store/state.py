"""Keep the state of dialogs, so that a question survives a restart."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot import errors
from bot.store.database import Database
from bot.store.tables import state
from bot.store.upsert import upsert


class States:
    """The table `state`: JSON objects under optimistic locking."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read_state(self, keys: Sequence[str]) -> Mapping[str, tuple[str, dict[str, Any]]]:
        """Key -> (etag, JSON object); a key that is not stored is left out."""
        if not keys:
            return {}
        async with self._database.read() as connection:
            rows = await connection.execute(sa.select(state).where(state.c.key.in_(keys)))
            return {row.key: (row.etag, row.value) for row in rows}

    async def write_state(self, key: str, value: dict[str, Any], etag: str | None) -> None:
        """Store; `etag` None or "*" writes blindly. Raises Conflict when another etag, or nothing, is stored."""
        fresh = {"etag": uuid.uuid4().hex, "value": value, "written_at": sa.func.current_timestamp()}
        async with self._database.write() as connection:
            if etag in (None, "*"):
                await connection.execute(upsert(connection, state, {"key": key, **fresh}))
                return
            mine = (state.c.key == key) & (state.c.etag == etag)
            if not (await connection.execute(sa.update(state).where(mine).values(**fresh))).rowcount:
                raise errors.Conflict("this dialog went on elsewhere")

    async def delete_state(self, keys: Sequence[str]) -> None:
        """Forget these; a key that is not stored is forgotten already."""
        if not keys:
            return
        async with self._database.write() as connection:
            await connection.execute(sa.delete(state).where(state.c.key.in_(keys)))
