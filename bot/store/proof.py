"""Prove that the audit trail is as it was written: follow its chain from the first entry to the newest."""

from __future__ import annotations

import sqlalchemy as sa

from bot.domain import chain
from bot.domain.audit import AuditEntry
from bot.domain.chain import Link, Proof
from bot.store.audit import ENTRY
from bot.store.database import Database
from bot.store.tables import HEAD_ROW, audit, audit_head

PAGE = 1000
"""Entries in memory at a time."""


async def prove(database: Database, *, page: int = PAGE) -> Proof:
    """How far the chain holds, as of one moment. Raises Transient when the database is not there."""
    proof, after = Proof(), 0
    async with database.read() as connection:
        if connection.dialect.name == "postgresql":
            # Every page shows the same moment, as it does on SQLite anyway.
            await connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        newest = sa.select(audit_head.c.number, audit_head.c.digest).where(audit_head.c.id == HEAD_ROW)
        head = (await connection.execute(newest)).first()
        columns = sa.select(*ENTRY, audit.c.previous, audit.c.digest).order_by(audit.c.id).limit(page)
        while True:
            rows = (await connection.execute(columns.where(audit.c.id > after))).mappings().all()
            proof = chain.follow(proof, map(_link, rows))
            if len(rows) < page or proof.fault:
                break
            after = rows[-1]["number"]
    number, digest = head or (0, chain.START)
    return chain.close(proof, number=number, digest=digest)


def _link(row: sa.RowMapping) -> Link:
    said = dict(row)
    previous, digest = said.pop("previous"), said.pop("digest")
    return Link(AuditEntry(**said), previous, digest)
