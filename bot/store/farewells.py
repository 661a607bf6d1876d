"""Keep which accounts may go with their last access, and when to look at each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.ports import Farewells
from bot.store.database import Database
from bot.store.lifecycle import farewells
from bot.store.upsert import insert, upsert

_MOST_IDS = 500
"""Ids in one condition: SQLite takes no more than some thousand values in a statement."""


class SqlFarewells:
    """`bot.ports.Farewells`: the table `farewells`, as far as it belongs to one tenant."""

    def __init__(self, database: Database, *, tenant_id: str) -> None:
        """Accounts of another tenant in the same database stay out of sight."""
        self._database = database
        self._tenant_id = tenant_id
        self._ours = farewells.c.tenant_id == tenant_id

    async def watch(self, seen: Mapping[str, datetime], now: datetime) -> None:
        """Who is new, or had no access ending as late, is looked at `now`. Nothing is written for the others."""
        known = await self._ends(list(seen))
        fresh = {one: at for one, at in seen.items() if one not in known or at > known[one]}
        if not fresh:
            return
        rows = [
            {"person_id": person_id, "tenant_id": self._tenant_id, "ends_at": ends_at, "look_at": now}
            for person_id, ends_at in sorted(fresh.items())
        ]
        for start in range(0, len(rows), _MOST_IDS):
            # Once a day these are all who are blocked, and on SQLite nobody else writes meanwhile.
            async with self._database.write() as connection:
                new = insert(connection, farewells)
                later = (farewells.c.ends_at < new.excluded.ends_at) & self._ours
                watched = new.on_conflict_do_update(
                    index_elements=["person_id"], set_={"look_at": new.excluded.look_at}, where=later
                )
                await connection.execute(watched, rows[start : start + _MOST_IDS])

    async def any_due(self, now: datetime) -> bool:
        """Whether `due` would find somebody; only looks."""
        async with self._database.read() as connection:
            return await connection.scalar(self._come(now).limit(1)) is not None

    def _come(self, now: datetime) -> sa.Select[tuple[str]]:
        return sa.select(farewells.c.person_id).where(self._ours, farewells.c.look_at <= now)

    async def due(self, now: datetime, *, lease: timedelta, limit: int) -> tuple[str, ...]:
        """Whose time to be looked at has come, taken for `lease` so that no other replica looks at them."""
        if not await self.any_due(now):
            return ()
        first = self._come(now).order_by(farewells.c.look_at, farewells.c.person_id).limit(limit)
        taken = first.with_for_update(skip_locked=True)
        take = sa.update(farewells).where(farewells.c.person_id.in_(taken)).values(look_at=now + lease)
        async with self._database.write() as connection:
            found = (await connection.execute(take.returning(farewells.c.person_id))).scalars()
            return tuple(sorted(found))

    async def keep(self, person_id: str, ends_at: datetime, look_at: datetime | None) -> None:
        """Their last access was seen to end at `ends_at`; they are looked at next at `look_at`, if at all."""
        row = {"person_id": person_id, "tenant_id": self._tenant_id, "ends_at": ends_at, "look_at": look_at}
        async with self._database.write() as connection:
            await connection.execute(upsert(connection, farewells, row))

    async def forget(self, before: datetime) -> None:
        """Accounts whose last access ended before this are forgotten."""
        async with self._database.write() as connection:
            await connection.execute(sa.delete(farewells).where(farewells.c.ends_at < before, self._ours))

    async def _ends(self, ids: list[str]) -> dict[str, datetime]:
        found: dict[str, datetime] = {}
        async with self._database.read() as connection:
            for start in range(0, len(ids), _MOST_IDS):
                some = farewells.c.person_id.in_(ids[start : start + _MOST_IDS])
                which = sa.select(farewells.c.person_id, farewells.c.ends_at).where(some, self._ours)
                found |= {row.person_id: row.ends_at for row in await connection.execute(which)}
        return found


if TYPE_CHECKING:
    _keeps_the_port: type[Farewells] = SqlFarewells
