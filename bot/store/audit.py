"""Keep the audit trail: a chain that is only ever appended to, by one replica at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain import chain
from bot.domain.audit import AuditEntry, Source
from bot.domain.record import Search
from bot.store.columns import as_stored
from bot.store.database import Database
from bot.store.tables import HEAD_ROW, audit, audit_head
from bot.store.upsert import inserted

_HEAD = sa.select(audit_head).where(audit_head.c.id == HEAD_ROW).with_for_update()
_SAID = [field.name for field in fields(AuditEntry) if field.name not in ("number", "at")]
ENTRY = [audit.c.id.label("number"), *(audit.c[name] for name in ("at", *_SAID))]
"""The columns of which an `AuditEntry` is made."""


class Audit:
    """The tables `audit` and `audit_head`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(
        self,
        *,
        actor: str,
        act: str,
        target: str,
        result: str,
        key: str,
        at: datetime,
        detail: str = "",
        package: str = "",
        source: Source | None = None,
    ) -> None:
        """One more entry at the end of the chain, unless it stands there already.

        The newest link is locked until the entry is written, so that replicas make one chain.
        """
        entry = AuditEntry(
            at,
            as_stored(actor),
            as_stored(act),
            _target(target),
            as_stored(result),
            as_stored(detail),
            as_stored(package),
            as_stored(key),
        )
        async with self._database.write() as connection:
            newest, previous = await _lock_head(connection)
            source = source or await _source_of(entry.key, connection)
            entry = replace(entry, message=as_stored(source.message), conversation=as_stored(source.conversation))
            if not await _stands(entry, connection):
                await _append(replace(entry, number=newest), previous, connection)

    async def entries(self, search: Search, *, before: int, limit: int) -> tuple[AuditEntry, ...]:
        """The newest entries that fit, newest first; `before` 0, or the number of the entry they come before."""
        lines = sa.select(*ENTRY).where(*_fitting(search)).order_by(audit.c.id.desc()).limit(limit)
        if before:
            lines = lines.where(audit.c.id < before)
        async with self._database.read() as connection:
            return tuple(AuditEntry(**row) for row in (await connection.execute(lines)).mappings())

    async def deleted_packages(self, name: str) -> tuple[str, ...]:
        """Ids of access packages of this name that were deleted through Usher."""
        gone = sa.select(audit.c.target, audit.c.detail).distinct()
        gone = gone.where(audit.c.act == "delete access package", audit.c.result == "done")
        async with self._database.read() as connection:
            # SQLite lowers the letters of English only.
            rows = (await connection.execute(gone)).all()
        return tuple(dict.fromkeys(row.target for row in rows if row.detail.casefold() == name.casefold()))

    async def trail(self, target: str, *, limit: int) -> tuple[AuditEntry, ...]:
        """The newest entries about this target, newest first."""
        lines = sa.select(*ENTRY).where(audit.c.target == _target(target)).order_by(audit.c.id.desc()).limit(limit)
        async with self._database.read() as connection:
            return tuple(AuditEntry(**row) for row in (await connection.execute(lines)).mappings())


def _target(said: str) -> str:
    """As it is stored: addresses stand there in one spelling, however they were typed."""
    return as_stored(said.casefold() if "@" in said else said)


def _fitting(search: Search) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if search.about:
        conditions.append(_concerns(search.about))
    if search.actor:
        conditions.append(audit.c.actor == search.actor)
    if search.since:
        conditions.append(audit.c.at >= search.since)
    if search.within is not None:
        conditions.append(sa.or_(_concerns(search.within), audit.c.actor == search.actor_too))
    return conditions


def _concerns(ids: Iterable[str]) -> sa.ColumnElement[bool]:
    some = sorted(ids)
    return sa.or_(audit.c.target.in_(some), audit.c.package.in_(some))


async def _lock_head(connection: AsyncConnection) -> tuple[int, str]:
    """Number and digest of the newest entry; nobody else appends until this transaction ends."""
    head = (await connection.execute(_HEAD)).first()
    if head is None:
        await inserted(connection, audit_head, {"id": HEAD_ROW, "number": 0, "digest": chain.START})
        head = (await connection.execute(_HEAD)).one()
    return head.number, head.digest


async def _source_of(key: str, connection: AsyncConnection) -> Source:
    same = sa.select(audit.c.message, audit.c.conversation).where(audit.c.key == key, audit.c.message != "")
    found = (await connection.execute(same.order_by(audit.c.id.desc()).limit(1))).first()
    return Source(*found) if found else Source("", "")


async def _stands(entry: AuditEntry, connection: AsyncConnection) -> bool:
    same = (audit.c[name] == getattr(entry, name) for name in _SAID)
    return await connection.scalar(sa.select(audit.c.id).where(*same).limit(1)) is not None


async def _append(entry: AuditEntry, previous: str, connection: AsyncConnection) -> None:
    """The entry comes after the one with its number, whose digest is `previous`."""
    digest = chain.digest(previous, entry)
    row = {**asdict(entry), "previous": previous, "digest": digest}
    after = row.pop("number")
    if connection.dialect.name == "sqlite":
        # SQLite would give out the number of an entry that was removed at the end once more.
        row["id"] = max(after, await connection.scalar(sa.select(sa.func.max(audit.c.id))) or 0) + 1
    number = await connection.scalar(sa.insert(audit).values(**row).returning(audit.c.id))
    newest = sa.update(audit_head).where(audit_head.c.id == HEAD_ROW).values(number=number, digest=digest)
    await connection.execute(newest)
