"""Keep what people wanted until they have signed in, and which exchange of a token was made."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.domain.sign_in import KeptTurn
from bot.domain.turns import Conversation
from bot.ports import KeptTurns
from bot.store.database import Database
from bot.store.lifecycle import exchanges, kept_turns
from bot.store.upsert import inserted, upsert

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class SqlKeptTurns:
    """`bot.ports.KeptTurns`: the tables `kept_turns` and `exchanges`, as far as they belong to one tenant."""

    def __init__(self, database: Database, *, tenant_id: str) -> None:
        self._database = database
        self._tenant_id = tenant_id

    async def keep(self, kept: KeptTurn) -> None:
        """It waits; an earlier one with this id is replaced."""
        row = {
            "id": kept.id,
            "tenant_id": self._tenant_id,
            "person_id": kept.person_id,
            "kept_at": kept.kept_at,
            "document": _written(kept),
        }
        async with self._database.write() as connection:
            await connection.execute(upsert(connection, kept_turns, row))

    async def of(self, person_id: str) -> tuple[KeptTurn, ...]:
        """All that waits for this person's sign-in, oldest first, what is late included."""
        mine = sa.select(kept_turns.c.document).where(
            kept_turns.c.person_id == person_id, kept_turns.c.tenant_id == self._tenant_id
        )
        async with self._database.read() as connection:
            rows = await connection.scalars(mine.order_by(kept_turns.c.kept_at, kept_turns.c.id))
            return tuple(_read(document) for document in rows)

    async def show(self, kept_id: str, chat: Conversation, card: str) -> bool:
        """The sign-in card of what waits stands there; False when it does not wait any more."""
        async with self._database.write() as connection:
            document = await connection.scalar(
                sa.select(kept_turns.c.document).where(self._is(kept_id)).with_for_update()
            )
            if document is None:
                return False
            shown = {**document, "chat": _adapter_of_chat().dump_python(chat, mode="json"), "card": card}
            await connection.execute(sa.update(kept_turns).where(self._is(kept_id)).values(document=shown))
        return True

    async def drop(self, kept: KeptTurn) -> KeptTurn | None:
        """It waits no longer; one that was kept anew meanwhile under the same id does."""
        this = self._is(kept.id) & (kept_turns.c.kept_at == kept.kept_at)
        async with self._database.write() as connection:
            dropped = sa.delete(kept_turns).where(this).returning(kept_turns.c.document)
            document = await connection.scalar(dropped)
        return None if document is None else _read(document)

    async def claim_exchange(self, person_id: str, exchange_id: str, now: datetime, *, lease: timedelta) -> bool:
        """Whether this call is the first with this exchange, or the first after the claim of another ran out."""
        row = {"person_id": person_id, "exchange_id": exchange_id, "claimed_at": now}
        over = self._made(person_id, exchange_id) & (exchanges.c.claimed_at <= now - lease)
        async with self._database.write() as connection:
            if await inserted(connection, exchanges, row):
                return True
            again = sa.update(exchanges).where(over).values(claimed_at=now).returning(exchanges.c.person_id)
            return (await connection.execute(again)).first() is not None

    async def release_exchange(self, person_id: str, exchange_id: str) -> None:
        """The exchange did not come about and may be tried again."""
        async with self._database.write() as connection:
            await connection.execute(sa.delete(exchanges).where(self._made(person_id, exchange_id)))

    async def tidy(self, before: datetime) -> None:
        """What was kept or claimed before is forgotten."""
        async with self._database.write() as connection:
            await connection.execute(sa.delete(kept_turns).where(kept_turns.c.kept_at < before))
            await connection.execute(sa.delete(exchanges).where(exchanges.c.claimed_at < before))

    @staticmethod
    def _made(person_id: str, exchange_id: str) -> sa.ColumnElement[bool]:
        return (exchanges.c.person_id == person_id) & (exchanges.c.exchange_id == exchange_id)

    def _is(self, kept_id: str) -> sa.ColumnElement[bool]:
        return (kept_turns.c.id == kept_id) & (kept_turns.c.tenant_id == self._tenant_id)


@cache
def _adapter() -> TypeAdapter[KeptTurn]:
    from pydantic import TypeAdapter

    return TypeAdapter(KeptTurn)


@cache
def _adapter_of_chat() -> TypeAdapter[Conversation]:
    from pydantic import TypeAdapter

    return TypeAdapter(Conversation)


def _written(kept: KeptTurn) -> dict[str, Any]:
    document: dict[str, Any] = _adapter().dump_python(kept, mode="json")
    return document


def _read(document: dict[str, Any]) -> KeptTurn:
    return _adapter().validate_python(document)


if TYPE_CHECKING:
    _keeps_the_port: type[KeptTurns] = SqlKeptTurns
