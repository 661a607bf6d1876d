import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.delivery import Delivery, Receipt, Rung
from bot.store.ledger import SqlLedger

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
