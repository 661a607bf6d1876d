"""Keep the access reviews Usher follows: one open at a time for a package, changed under a lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot import errors
from bot.domain.reviews.campaigns import Campaign
from bot.store.database import Database
from bot.store.lifecycle import campaigns
from bot.store.upsert import inserted

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.ports.reviews import Campaigns


class SqlCampaigns:
    """`bot.ports.reviews.Campaigns`: the table `campaigns`, as far as it belongs to one tenant."""

    def __init__(self, database: Database, *, tenant_id: str) -> None:
        """Campaigns of another tenant in the same database stay out of sight."""
        self._database = database
        self._tenant_id = tenant_id

    async def claim(self, campaign: Campaign) -> tuple[Campaign, bool]:
        """The one stored campaign with this id or in this slot, and whether this call began it."""
        row = {"id": campaign.id, "tenant_id": self._tenant_id, "key": campaign.key, **_columns(campaign)}
        async with self._database.write() as connection:
            if await inserted(connection, campaigns, row):
                return campaign, True
            taken = sa.or_(campaigns.c.id == campaign.id, campaigns.c.slot == campaign.slot)
            mine = sa.select(campaigns.c.document).where(self._mine, taken)
            # The same review before another one of the same package.
            document = await connection.scalar(mine.order_by((campaigns.c.id == campaign.id).desc()).limit(1))
        if document is None:
            raise errors.Transient("a review was over in the very moment another one began")
        return _read(document), False

    async def begun_by(self, key: str) -> Campaign | None:
        """The campaign that the turn with this key began."""
        return await self._first(campaigns.c.key == key)

    async def campaign(self, campaign_id: str) -> Campaign | None:
        """By id."""
        return await self._first(campaigns.c.id == campaign_id)

    async def known(self, campaign_ids: Sequence[str]) -> frozenset[str]:
        """Those of these ids that are there."""
        if not campaign_ids:
            return frozenset()
        there = sa.select(campaigns.c.id).where(self._mine, campaigns.c.id.in_(list(campaign_ids)))
        async with self._database.read() as connection:
            return frozenset((await connection.scalars(there)).all())

    async def newest(self, *, package_id: str = "", limit: int) -> tuple[Campaign, ...]:
        """The newest campaigns first, of one package where one is named; those under way before those over."""
        wanted = [self._mine, *([campaigns.c.package_id == package_id] if package_id else [])]
        order = (campaigns.c.over, campaigns.c.begun_at.desc(), campaigns.c.id)
        found = sa.select(campaigns.c.document).where(*wanted).order_by(*order).limit(limit)
        async with self._database.read() as connection:
            return tuple(map(_read, (await connection.scalars(found)).all()))

    async def any_due(self, now: datetime) -> bool:
        """Whether `due` would find a campaign; only looks."""
        ripe = sa.select(campaigns.c.id).where(self._mine, campaigns.c.next_look_at <= now).limit(1)
        async with self._database.read() as connection:
            return await connection.scalar(ripe) is not None

    async def due(self, now: datetime, *, lease: float, limit: int) -> tuple[Campaign, ...]:
        """Campaigns whose `next_look_at` has come, taken for `lease` seconds so that no other replica does."""
        waiting = sa.select(campaigns.c.document).where(self._mine, campaigns.c.next_look_at <= now)
        waiting = waiting.order_by(campaigns.c.next_look_at).limit(limit).with_for_update(skip_locked=True)
        async with self._database.write() as connection:
            found = [_read(one) for one in (await connection.scalars(waiting)).all()]
            for one in found:
                await _store(connection, replace(one, next_look_at=now + timedelta(seconds=lease)))
        return tuple(found)

    async def amend(self, campaign_id: str, how: Callable[[Campaign], Campaign]) -> Campaign:
        """`how` applied to the stored campaign under a row lock; what it returned is stored. Raises NotFound."""
        locked = sa.select(campaigns.c.document).where(self._mine, campaigns.c.id == campaign_id).with_for_update()
        async with self._database.write() as connection:
            document = await connection.scalar(locked)
            if document is None:
                raise errors.NotFound(f"no campaign {campaign_id}")
            changed = replace(how(_read(document)), id=campaign_id)
            await _store(connection, changed)
        return changed

    @property
    def _mine(self) -> sa.ColumnElement[bool]:
        return campaigns.c.tenant_id == self._tenant_id

    async def _first(self, which: sa.ColumnElement[bool]) -> Campaign | None:
        async with self._database.read() as connection:
            document = await connection.scalar(sa.select(campaigns.c.document).where(self._mine, which).limit(1))
        return None if document is None else _read(document)


def _columns(campaign: Campaign) -> dict[str, Any]:
    return {
        "slot": campaign.slot,
        "package_id": campaign.package_id,
        "over": campaign.is_over,
        "begun_at": campaign.begun_at,
        "next_look_at": campaign.next_look_at,
        "document": _adapter().dump_python(campaign, mode="json"),
    }


async def _store(connection: AsyncConnection, campaign: Campaign) -> None:
    await connection.execute(sa.update(campaigns).where(campaigns.c.id == campaign.id).values(**_columns(campaign)))


@cache
def _adapter() -> TypeAdapter[Campaign]:
    from pydantic import TypeAdapter

    return TypeAdapter(Campaign)


def _read(document: dict[str, Any]) -> Campaign:
    return _adapter().validate_python(document)


if TYPE_CHECKING:
    _keeps_the_port: type[Campaigns] = SqlCampaigns
