"""Keep invites: at most one open per address and package, changed under a lock."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import errors
from bot.domain.invites import Invite, Milestone, Wish
from bot.store.database import Database
from bot.store.documents import from_document, to_document
from bot.store.tables import invites
from bot.store.upsert import inserted

_MOST_IDS = 500
"""Ids in one condition: SQLite takes no more than some thousand values in a statement."""


class Invites:
    """The table `invites`, as far as it belongs to one tenant."""

    def __init__(self, database: Database, tenant_id: str) -> None:
        self._database = database
        self._tenant_id = tenant_id
        self._ours = invites.c.tenant_id == tenant_id

    async def claim(self, wish: Wish, *, asked_by: str, asked_by_name: str, now: datetime) -> tuple[Invite, bool]:
        """The one open invite for this address and package, and whether this call made it.

        Two callers at the same moment, on whatever replicas, get the same invite, and one of them True.
        """
        made = Invite(id=uuid.uuid4().hex, wish=wish, asked_by=asked_by, asked_by_name=asked_by_name, created_at=now)
        while True:
            async with self._database.write() as connection:
                if await inserted(connection, invites, self._row(made)):
                    return made, True
                found = await self._open(connection, wish)
            # None: it was closed between the two statements, so the place is free again.
            if found is not None:
                return found, False

    async def invite(self, invite_id: str) -> Invite | None:
        """By id."""
        async with self._database.read() as connection:
            document = await connection.scalar(self._documents().where(invites.c.id == invite_id))
        return None if document is None else from_document(document)

    async def invites(self, *, address: str = "", guest_id: str = "") -> tuple[Invite, ...]:
        """Of one guest, open and closed, oldest first; either key may match, an empty one never does."""
        keys = [invites.c.address == address] if address else []
        keys += [invites.c.guest_id == guest_id] if guest_id else []
        if not keys:
            return ()
        wanted = self._documents().where(sa.or_(*keys)).order_by(invites.c.created_at, invites.c.id)
        async with self._database.read() as connection:
            return tuple(from_document(document) for document in await connection.scalars(wanted))

    async def inviters(self, guest_ids: Sequence[str]) -> Mapping[str, str]:
        """Guest id -> object id of who asked for their newest invite, of the guests whom Usher invited."""
        found: dict[str, str] = {}
        async with self._database.read() as connection:
            for start in range(0, len(guest_ids), _MOST_IDS):
                among = invites.c.guest_id.in_(guest_ids[start : start + _MOST_IDS])
                wanted = self._documents().where(among).order_by(invites.c.created_at, invites.c.id)
                for invite in map(from_document, await connection.scalars(wanted)):
                    found[invite.guest_id] = invite.asked_by
        return {guest: inviter for guest, inviter in found.items() if inviter}

    async def times_to_access(self, since: datetime) -> tuple[timedelta, ...]:
        """From invite to delivered, of each invite made since then that came so far."""
        wanted = self._documents().where(invites.c.created_at >= since)
        times: list[timedelta] = []
        async with self._database.read() as connection:
            async for document in await connection.stream_scalars(wanted):
                one = from_document(document)
                delivered = one.milestones.get(Milestone.DELIVERED)
                if delivered:
                    times.append(delivered - one.created_at)
        return tuple(times)

    async def amend(self, invite_id: str, change: Callable[[Invite], Invite]) -> Invite:
        """`change` applied to the stored invite under a row lock; what it returned is stored.

        Raises NotFound, and Conflict when the change opens it although another is open by now.
        """
        async with self._database.write() as connection:
            locked = self._documents().where(invites.c.id == invite_id).with_for_update()
            document = await connection.scalar(locked)
            if document is None:
                raise errors.NotFound(f"no invite {invite_id}")
            changed = replace(change(from_document(document)), id=invite_id)
            await self._store(connection, changed)
        return changed

    async def any_due(self, now: datetime) -> bool:
        """Whether `due` would find an invite; only looks."""
        ripe = sa.select(invites.c.id).where(self._ours, invites.c.open, invites.c.next_look_at <= now).limit(1)
        async with self._database.read() as connection:
            return await connection.scalar(ripe) is not None

    async def due(self, now: datetime, *, lease: float, limit: int) -> tuple[Invite, ...]:
        """Open invites whose `next_look_at` has come, the longest waiting first, at most `limit`.

        They are this caller's for `lease` seconds: `next_look_at` is set to the lease's end, so a caller
        that dies gives them back by itself.
        """
        ripe = (
            self._documents()
            .where(invites.c.open, invites.c.next_look_at <= now)
            .order_by(invites.c.next_look_at, invites.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        until = now + timedelta(seconds=lease)
        async with self._database.write() as connection:
            found = [from_document(document) for document in await connection.scalars(ripe)]
            taken = tuple(replace(invite, next_look_at=until) for invite in found)
            for invite in taken:
                await self._store(connection, invite)
        return taken

    def _documents(self) -> sa.Select[tuple[Any]]:
        return sa.select(invites.c.document).where(self._ours)

    async def _open(self, connection: AsyncConnection, wish: Wish) -> Invite | None:
        same = (invites.c.address == wish.address) & (invites.c.package_id == wish.package_id)
        document = await connection.scalar(self._documents().where(same, invites.c.open))
        return None if document is None else from_document(document)

    async def _store(self, connection: AsyncConnection, invite: Invite) -> None:
        await connection.execute(sa.update(invites).where(invites.c.id == invite.id).values(**self._row(invite)))

    def _row(self, invite: Invite) -> dict[str, Any]:
        return {
            "id": invite.id,
            "tenant_id": self._tenant_id,
            "address": invite.wish.address,
            "package_id": invite.wish.package_id,
            "guest_id": invite.guest_id,
            "open": invite.open,
            "next_look_at": invite.next_look_at,
            "created_at": invite.created_at,
            "document": to_document(invite),
        }
