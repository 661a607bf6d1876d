"""Keep the ends of access that come near, and who was told of them at which mark."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain import marks
from bot.domain.notices import OVERDUE, Audience, Ending, Notice, in_use
from bot.ports import Notices
from bot.ports.notices import Place
from bot.store.database import Database
from bot.store.lifecycle import endings, notice_schedules, notices
from bot.store.upsert import inserted, upsert

_ENDING = [endings.c[one.name] for one in fields(Ending)]
_SCHEDULES_SECONDS = 30.0
_MOST_IDS = 500
"""Ids in one condition: SQLite takes no more than some thousand values in a statement."""


class SqlNotices:
    """`bot.ports.Notices`: the tables `endings`, `notices` and `notice_schedules`, as far as they belong to one tenant."""

    def __init__(self, database: Database, *, tenant_id: str) -> None:
        """Ends in another tenant in the same database stay out of sight."""
        self._database = database
        self._tenant_id = tenant_id
        self._ours = endings.c.tenant_id == tenant_id
        # The row of `notice_schedules` with the tenant's own marks, and since when each counts; no package has such an id.
        self._of_tenant = f"tenant {tenant_id}"
        self._schedules: tuple[float, dict[str, tuple[int, ...]]] | None = None

    async def watch(self, seen: Sequence[Ending], gone: Collection[str], place: Place) -> None:
        """These ends are known, as `place` says, and those of the assignments `gone` are not."""
        known = await self._known([*(one.assignment_id for one in seen), *gone])
        new = [one for one in seen if not _same(known.get(one.assignment_id), one)]
        lost = [one for one in gone if one in known]
        if not (new or lost):
            return
        async with self._database.write() as connection:
            for one in new:
                placed, look_at = place(known.get(one.assignment_id), one)
                row = {**asdict(placed), "tenant_id": self._tenant_id, "look_at": look_at}
                await connection.execute(upsert(connection, endings, row))
            for part in _parts(lost):
                await connection.execute(sa.delete(endings).where(endings.c.assignment_id.in_(part), self._ours))

    async def _known(self, ids: Sequence[str]) -> dict[str, Ending]:
        async with self._database.read() as connection:
            rows = [
                row
                for part in _parts(ids)
                for row in (
                    await connection.execute(sa.select(*_ENDING).where(endings.c.assignment_id.in_(part), self._ours))
                ).mappings()
            ]
        return {row["assignment_id"]: Ending(**row) for row in rows}

    async def near(self, now: datetime, *, limit: int) -> tuple[Ending, ...]:
        """Ends whose time to be looked at has come, those that wait longest; the same ones until `look_at` is called."""
        come = sa.select(*_ENDING).where(self._ours, endings.c.look_at <= now)
        async with self._database.read() as connection:
            rows = await connection.execute(come.order_by(endings.c.look_at, endings.c.assignment_id).limit(limit))
            return tuple(
                sorted((Ending(**row) for row in rows.mappings()), key=lambda one: (one.ends_at, one.assignment_id))
            )

    async def look_at(self, ending: Ending, at: datetime | None) -> None:
        """This end is looked at next at that time, or not at all; another end of the assignment is left alone."""
        this = (endings.c.assignment_id == ending.assignment_id, endings.c.ends_at == ending.ends_at, self._ours)
        async with self._database.write() as connection:
            await connection.execute(sa.update(endings).where(*this).values(look_at=at))

    async def look_anew(self, now: datetime, package_id: str = "") -> None:
        """Every end (of one package) of which people may still be told is looked at soon: its marks are others now."""
        async with self._database.write() as connection:
            await connection.execute(self._anew(now, package_id))

    def _anew(self, now: datetime, package_id: str = "") -> sa.Update:
        which = [self._ours, endings.c.ends_at >= now - OVERDUE] + (
            [endings.c.package_id == package_id] if package_id else []
        )
        return sa.update(endings).where(*which).values(look_at=now)

    async def forget(self, before: datetime) -> None:
        """Ends before this, and what was told of them, are forgotten."""
        async with self._database.write() as connection:
            await connection.execute(sa.delete(endings).where(endings.c.ends_at < before))
            await connection.execute(sa.delete(notices).where(notices.c.ends_at < before))

    async def ends_between(self, begin: datetime, end: datetime) -> tuple[Ending, ...]:
        """The known ends in this time, the next first."""
        wanted = sa.select(*_ENDING).where(self._ours, endings.c.ends_at > begin, endings.c.ends_at <= end)
        async with self._database.read() as connection:
            rows = await connection.execute(wanted.order_by(endings.c.ends_at, endings.c.assignment_id))
            return tuple(Ending(**row) for row in rows.mappings())

    async def claim(self, notice: Notice) -> bool:
        """Whether this notice is told because of this call: False when it was claimed before."""
        row = {
            "assignment_id": notice.ending.assignment_id,
            "ends_at": notice.ending.ends_at,
            "mark": notice.mark,
            "person_id": notice.person_id,
            "tenant_id": self._tenant_id,
            "audience": notice.audience.value,
            "open": notice.mark >= 0,
            "slot": "",
            "claimed_at": notice.claimed_at,
        }
        async with self._database.write() as connection:
            return await inserted(connection, notices, row)

    async def drop(self, notice: Notice) -> None:
        """This was not claimed."""
        async with self._database.write() as connection:
            await connection.execute(sa.delete(notices).where(*_key(notice)))

    async def told(self, ends: Sequence[Ending]) -> Mapping[tuple[str, str], frozenset[int]]:
        """(assignment id, person id) -> the marks claimed for exactly these ends. Person "" stands for everybody."""
        found: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for row in await self._claimed(ends):
            found[row["assignment_id"], row["person_id"]].add(row["mark"])
        return {key: frozenset(told) for key, told in found.items()}

    async def open(self, ends: Sequence[Ending]) -> tuple[Notice, ...]:
        """Notices of exactly these ends that were claimed and not settled."""
        by_id = {one.assignment_id: one for one in ends}
        return tuple(
            Notice(
                by_id[row["assignment_id"]],
                row["mark"],
                row["person_id"],
                Audience(row["audience"]),
                row["claimed_at"],
            )
            for row in await self._claimed(ends)
            if row["open"]
        )

    async def _claimed(self, ends: Sequence[Ending]) -> list[RowMapping]:
        by_id = {one.assignment_id: one.ends_at for one in ends}
        async with self._database.read() as connection:
            rows = [row for part in _parts(list(by_id)) for row in await _of(connection, part, self._tenant_id)]
        return [row for row in rows if row["ends_at"] == by_id[row["assignment_id"]]]

    async def settle(self, done: Sequence[Notice]) -> None:
        """Nothing more is to be done about these."""
        async with self._database.write() as connection:
            for one in done:
                await connection.execute(sa.update(notices).where(*_key(one)).values(open=False))

    async def schedules(self, *, fresh: bool = True) -> Mapping[str, tuple[int, ...]]:
        """Package id -> its own marks; not `fresh`: as they were half a minute ago at most."""
        if not fresh and self._schedules and monotonic() - self._schedules[0] < _SCHEDULES_SECONDS:
            return self._schedules[1]
        mine = notice_schedules.c.tenant_id == self._tenant_id
        packages = notice_schedules.c.package_id != self._of_tenant
        async with self._database.read() as connection:
            rows = await connection.execute(sa.select(notice_schedules).where(mine, packages))
            found = {row.package_id: marks.read(row.marks) for row in rows}
        self._schedules = (monotonic(), found)
        return found

    async def use_marks(self, marks: Sequence[int], now: datetime) -> None:
        """These are the tenant's marks from now on. Where others were before, every end is looked at soon."""
        before = await self._tenants_marks()
        after = in_use(before, marks, now)
        if before == after:
            return
        said = json.dumps({str(mark): at.isoformat() if at else "" for mark, at in after.items()})
        row = {"package_id": self._of_tenant, "tenant_id": self._tenant_id, "marks": said}
        async with self._database.write() as connection:
            await connection.execute(upsert(connection, notice_schedules, row))
            if before is not None:
                await connection.execute(self._anew(now))

    async def marks_since(self) -> Mapping[int, datetime]:
        """Mark of the tenant -> since when it counts, of those that were added to earlier ones."""
        return {mark: at for mark, at in (await self._tenants_marks() or {}).items() if at}

    async def _tenants_marks(self) -> dict[int, datetime | None] | None:
        ours = sa.select(notice_schedules.c.marks).where(notice_schedules.c.package_id == self._of_tenant)
        async with self._database.read() as connection:
            said = await connection.scalar(ours)
        if said is None:
            return None
        return {int(mark): datetime.fromisoformat(at) if at else None for mark, at in json.loads(said).items()}

    async def set_schedule(self, package_id: str, own: tuple[int, ...] | None) -> None:
        """The package has its own marks, or (None) those of the tenant."""
        async with self._database.write() as connection:
            if own is None:
                await connection.execute(sa.delete(notice_schedules).where(notice_schedules.c.package_id == package_id))
            else:
                row = {"package_id": package_id, "tenant_id": self._tenant_id, "marks": marks.written(own)}
                await connection.execute(upsert(connection, notice_schedules, row))
        self._schedules = None


async def _of(connection: AsyncConnection, ids: Sequence[str], tenant_id: str) -> Sequence[RowMapping]:
    mine = sa.select(notices).where(notices.c.assignment_id.in_(ids), notices.c.tenant_id == tenant_id)
    return (await connection.execute(mine)).mappings().all()


def _key(one: Notice) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        notices.c.assignment_id == one.ending.assignment_id,
        notices.c.ends_at == one.ending.ends_at,
        notices.c.mark == one.mark,
        notices.c.person_id == one.person_id,
    )


def _same(known: Ending | None, seen: Ending) -> bool:
    return known is not None and known.ends_at == seen.ends_at


def _parts(ids: Sequence[str]) -> list[Sequence[Any]]:
    return [ids[start : start + _MOST_IDS] for start in range(0, len(ids), _MOST_IDS)]


if TYPE_CHECKING:
    _keeps_the_port: type[Notices] = SqlNotices
