"""The ledger: all that Usher remembers, behind the port the rest of the bot knows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.ports import Ledger
from bot.store.audit import Audit
from bot.store.builds import Builds
from bot.store.cards import Cards
from bot.store.contacts import Contacts
from bot.store.database import Database
from bot.store.invites import Invites
from bot.store.receipts import Receipts
from bot.store.state import States
from bot.store.tables import slots, state


class SqlLedger(Audit, Invites, Builds, Cards, Contacts, Receipts, States):
    """`bot.ports.Ledger` on SQLite or PostgreSQL; every method is one transaction.

    Any method raises Transient when the database is not there or stays locked.
    """

    def __init__(self, database: Database, *, tenant_id: str) -> None:
        """Invites of another tenant in the same database stay out of sight."""
        Invites.__init__(self, database, tenant_id)

    async def tidy(self, before: datetime) -> None:
        """Dialogs and turns that nobody touched since `before` (aware) are forgotten."""
        async with self._database.write() as connection:
            await connection.execute(sa.delete(slots).where(slots.c.kept_at < before))
            await connection.execute(sa.delete(state).where(state.c.written_at < before))


if TYPE_CHECKING:
    _keeps_the_port: type[Ledger] = SqlLedger
