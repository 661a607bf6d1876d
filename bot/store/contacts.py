"""Remember how to reach people in Teams, and which teams Usher is in."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from bot.domain.delivery import Contact, Reach
from bot.domain.turns import Conversation, Place
from bot.store.database import Database
from bot.store.tables import contacts, teams
from bot.store.upsert import inserted, upsert

# Of somebody who never wrote to Usher.
_STRANGER: dict[str, Any] = {
    "teams_id": "",
    # SQL's null, not JSON's: what is looked for as unknown is found.
    "conversation": sa.null(),
    "reach": Reach.UNKNOWN.value,
    "code": "",
    "name": "",
    "locale": "en-US",
    "time_zone": "UTC",
}


class Contacts:
    """The tables `contacts` and `teams`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remember(self, contact: Contact) -> None:
        """How to write to this person, as of now: a former "blocked" is forgotten.

        A conversation and a time zone known before stay when the contact brings none.
        """
        talk = contact.conversation
        row: dict[str, Any] = {
            "person_id": contact.person_id,
            "teams_id": contact.teams_id,
            # Without a conversation the column is SQL's null, not JSON's: the update below keeps what was there.
            "conversation": sa.null() if talk is None else asdict(talk),
            "reach": contact.reach.value,
            "code": contact.code,
            "name": contact.name,
            "locale": contact.locale,
            "time_zone": contact.time_zone or "UTC",
            "updated_at": contact.updated_at,
        }
        change = {name: value for name, value in row.items() if name not in ("person_id", "conversation")}
        if not contact.time_zone:
            del change["time_zone"]
        if talk is not None:
            change["conversation"] = row["conversation"]
        async with self._database.write() as connection:
            await connection.execute(upsert(connection, contacts, row, change))

    async def opened(self, person_id: str, conversation: Conversation, *, instead_of: str) -> None:
        """The 1:1 chat with this person is the one that Teams found or made, unless another one is known than
        `instead_of`, the id of a chat that is gone ("": none was known): they wrote from it while this one opened.
        """
        talk = contacts.c.conversation
        replaced = sa.or_(talk.is_(sa.null()), talk["id"].as_string() == instead_of)
        there = sa.update(contacts).where(contacts.c.person_id == person_id, replaced)
        row = {"person_id": person_id, **_STRANGER, "conversation": asdict(conversation)}
        async with self._database.write() as connection:
            if not await inserted(connection, contacts, row):
                await connection.execute(there.values(conversation=asdict(conversation)))

    async def contact(self, person_id: str) -> Contact | None:
        """By object id."""
        async with self._database.read() as connection:
            found = await connection.execute(sa.select(contacts).where(contacts.c.person_id == person_id))
            row = found.mappings().first()
        if row is None:
            return None
        talk, reach = row["conversation"], Reach(row["reach"])
        return Contact(**{**row, "reach": reach, "conversation": None if talk is None else _conversation(**talk)})

    async def time_zone_in(self, conversation_id: str) -> str:
        """The time zone of whoever this 1:1 chat is with, "" for a chat with nobody known or with several."""
        talk = contacts.c.conversation["id"].as_string()
        async with self._database.read() as connection:
            found = await connection.scalars(sa.select(contacts.c.time_zone).where(talk == conversation_id).limit(2))
            zones = list(found)
        return zones[0] if len(zones) == 1 else ""

    async def set_reach(self, person_id: str, reach: str, code: str) -> None:
        """What the last try to write to them taught, also about somebody who never wrote to Usher."""
        taught = {"reach": Reach(reach).value, "code": code}
        async with self._database.write() as connection:
            row = {"person_id": person_id, **_STRANGER, **taught}
            await connection.execute(upsert(connection, contacts, row, taught))

    async def remember_team(self, team: Conversation) -> None:
        """Usher is in this team (`id` is the General channel's)."""
        row = {"id": team.id, "place": team.place.value, "reference": team.reference}
        async with self._database.write() as connection:
            await connection.execute(upsert(connection, teams, row))

    async def forget_team(self, team_id: str) -> None:
        """Usher was removed from it."""
        async with self._database.write() as connection:
            await connection.execute(sa.delete(teams).where(teams.c.id == team_id))

    async def teams(self) -> tuple[Conversation, ...]:
        """Teams Usher is in."""
        async with self._database.read() as connection:
            rows = await connection.execute(sa.select(teams).order_by(teams.c.id))
            return tuple(_conversation(row.id, row.place, row.reference) for row in rows)


def _conversation(id: str, place: str, reference: str) -> Conversation:  # noqa: A002 - the stored field's name
    return Conversation(id, Place(place), reference)
