"""Keep a receipt for every try to reach a guest."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from bot.domain.delivery import Delivery, Receipt, Rung
from bot.store.database import Database
from bot.store.tables import receipts
from bot.store.upsert import inserted


class Receipts:
    """The table `receipts`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, receipt: Receipt) -> bool:
        """Claim a try before making it: False when `receipt.key` was begun before."""
        row: dict[str, Any] = asdict(receipt)
        row |= {"rung": receipt.rung.value, "state": receipt.state.value}
        async with self._database.write() as connection:
            return await inserted(connection, receipts, row)

    async def receipt(self, key: str) -> Receipt | None:
        """By key."""
        async with self._database.read() as connection:
            row = (await connection.execute(sa.select(receipts).where(receipts.c.key == key))).mappings().first()
        return None if row is None else _receipt(row)

    async def settle_receipt(self, key: str, state: Delivery, *, code: str, detail: str) -> None:
        """How the try ended."""
        ended = {"state": state.value, "code": code, "detail": detail}
        async with self._database.write() as connection:
            await connection.execute(sa.update(receipts).where(receipts.c.key == key).values(**ended))

    async def receipts(self, address: str) -> tuple[Receipt, ...]:
        """All tries for a guest, oldest first."""
        tries = sa.select(receipts).where(receipts.c.address == address).order_by(receipts.c.at, receipts.c.key)
        async with self._database.read() as connection:
            return tuple(_receipt(row) for row in (await connection.execute(tries)).mappings())


def _receipt(row: RowMapping) -> Receipt:
    return Receipt(**{**row, "rung": Rung(row["rung"]), "state": Delivery(row["state"])})
