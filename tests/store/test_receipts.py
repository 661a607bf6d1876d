import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot import errors
from bot.domain.delivery import Delivery, Receipt, Rung
from bot.store.database import Database
from bot.store.ledger import SqlLedger
from bot.store.tables import audit

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MAIL = Receipt("invite-1:mail", "invite-1", "ana@fabrikam.com", Rung.MAIL, "invitation", Delivery.SENDING, NOW)


async def test_a_try_is_begun_once_however_many_begin_it(ledger: SqlLedger) -> None:
    answers = await asyncio.gather(*(ledger.begin(MAIL) for _ in range(10)))

    assert sum(answers) == 1
    assert await ledger.receipt(MAIL.key) == MAIL


async def test_a_receipt_says_how_the_try_ended(ledger: SqlLedger) -> None:
    await ledger.begin(MAIL)

    await ledger.settle_receipt(MAIL.key, Delivery.FAILED, code="ErrorQuota", detail="full\x00")

    assert await ledger.receipt(MAIL.key) == replace(MAIL, state=Delivery.FAILED, code="ErrorQuota", detail="full")
    assert await ledger.receipt("other") is None


async def test_a_guests_tries_come_oldest_first(ledger: SqlLedger) -> None:
    card = replace(MAIL, key="card", rung=Rung.CARD, at=NOW - timedelta(minutes=1))
    for receipt in (MAIL, card, replace(MAIL, key="ben", address="ben@fabrikam.com")):
        await ledger.begin(receipt)

    assert await ledger.receipts("ana@fabrikam.com") == (card, MAIL)


async def test_the_audit_trail_takes_lines_and_gives_none_back(ledger: SqlLedger, database: Database) -> None:
    for act in ("invite", "revoke"):
        await ledger.record(actor="alex", act=act, target="ana@fabrikam.com", result="done", key="turn", at=NOW)

    for harm in (sa.delete(audit), sa.update(audit).values(actor="nobody")):
        with pytest.raises((DBAPIError, errors.Conflict), match="append-only"):
            async with database.write() as connection:
                await connection.execute(harm)

    async with database.read() as connection:
        lines = await connection.execute(sa.select(audit.c.id, audit.c.actor, audit.c.act, audit.c.at))
    assert [tuple(line) for line in lines] == [(1, "alex", "invite", NOW), (2, "alex", "revoke", NOW)]
