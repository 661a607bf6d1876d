"""Keep each replica's sign of life where all replicas see it."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.tables import replicas
from bot.store.upsert import upsert


class SqlHeartbeats:
    """The table `replicas`: a name and how often it has beaten, -1 once it said goodbye."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, replica: str) -> Mapping[str, int]:
        """Count one more beat for `replica`; answer every replica's count, in the same transaction."""
        async with self._database.write() as connection:
            more = replicas.c.beats + 1
            await connection.execute(upsert(connection, replicas, {"name": replica, "beats": 1}, {"beats": more}))
            rows = await connection.execute(sa.select(replicas.c.name, replicas.c.beats))
            return {row.name: row.beats for row in rows}

    async def leave(self, replica: str) -> None:
        """Mark `replica` as gone, so that nobody waits for its silence."""
        async with self._database.write() as connection:
            await connection.execute(sa.update(replicas).where(replicas.c.name == replica).values(beats=-1))

    async def forget(self, replica: str, count: int) -> None:
        """Remove `replica` unless it has beaten again since it showed `count`."""
        async with self._database.write() as connection:
            stale = (replicas.c.name == replica) & (replicas.c.beats == count)
            await connection.execute(sa.delete(replicas).where(stale))
