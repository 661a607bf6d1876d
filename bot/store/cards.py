"""Remember which card in which chat shows which invite, and which card answers which turn."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.domain.delivery import ShownCard
from bot.domain.turns import Conversation, Place
from bot.store.database import Database
from bot.store.tables import cards, slots
from bot.store.upsert import upsert


class Cards:
    """The tables `cards` and `slots`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_card(self, card: ShownCard) -> None:
        """This card shows the invite from now on (same conversation and activity: replaced)."""
        row = {
            "conversation_id": card.conversation.id,
            "activity_id": card.activity_id,
            "invite_id": card.invite_id,
            "place": card.conversation.place.value,
            "reference": card.conversation.reference,
            "audience": card.audience,
            "digest": card.digest,
        }
        async with self._database.write() as connection:
            await connection.execute(upsert(connection, cards, row))

    async def cards(self, invite_id: str) -> tuple[ShownCard, ...]:
        """Every card that shows it."""
        shown = sa.select(cards).where(cards.c.invite_id == invite_id)
        async with self._database.read() as connection:
            rows = await connection.execute(shown.order_by(cards.c.conversation_id, cards.c.activity_id))
            return tuple(_card(row) for row in rows)

    async def card_at(self, conversation_id: str, activity_id: str) -> ShownCard | None:
        """What a card in a chat shows."""
        async with self._database.read() as connection:
            row = (await connection.execute(sa.select(cards).where(_at(conversation_id, activity_id)))).first()
        return None if row is None else _card(row)

    async def mark_card(self, card: ShownCard, digest: str) -> None:
        """The card now shows content with this digest."""
        async with self._database.write() as connection:
            this = _at(card.conversation.id, card.activity_id)
            await connection.execute(sa.update(cards).where(this).values(digest=digest))

    async def drop_card(self, card: ShownCard) -> None:
        """The card is gone from the chat."""
        async with self._database.write() as connection:
            await connection.execute(sa.delete(cards).where(_at(card.conversation.id, card.activity_id)))

    async def slot(self, key: str) -> str:
        """The activity id of the card that answers this turn, "" when none was posted yet."""
        async with self._database.read() as connection:
            return await connection.scalar(sa.select(slots.c.activity_id).where(slots.c.key == key)) or ""

    async def keep_slot(self, key: str, activity_id: str) -> None:
        """Remember the card that answers this turn; a card that had to be posted anew takes its place."""
        row = {"key": key, "activity_id": activity_id}
        async with self._database.write() as connection:
            await connection.execute(upsert(connection, slots, row))


def _at(conversation_id: str, activity_id: str) -> sa.ColumnElement[bool]:
    return (cards.c.conversation_id == conversation_id) & (cards.c.activity_id == activity_id)


def _card(row: Row[tuple[str, ...]]) -> ShownCard:
    return ShownCard(
        invite_id=row.invite_id,
        conversation=Conversation(row.conversation_id, Place(row.place), row.reference),
        activity_id=row.activity_id,
        audience=row.audience,
        digest=row.digest,
    )
