"""Keep who wants which digest, and what stands in each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.digests import Choice, Noticed, Reader, Rhythm
from bot.domain.notices import HUSHED, Audience, Ending
from bot.ports import Digests
from bot.store.database import Database
from bot.store.lifecycle import digests, endings, notices
from bot.store.upsert import upsert

_KEPT_SLOTS = 6
_MOST_IDS = 500
"""Ids in one condition: SQLite takes no more than some thousand values in a statement."""


class SqlDigests:
    """`bot.ports.Digests`: the table `digests`, and notices to sponsors, as far as they belong to one tenant."""

    def __init__(self, database: Database, *, tenant_id: str) -> None:
        """What belongs to another tenant in the same database stays out of sight."""
        self._database = database
        self._tenant_id = tenant_id

    async def choice(self, person_id: str) -> Choice:
        """What this person chose, or what holds for everybody."""
        async with self._database.read() as connection:
            found = await connection.scalar(sa.select(digests.c.choice).where(digests.c.person_id == person_id))
        return _choice(found)

    async def choose(self, person_id: str, choice: Choice) -> None:
        """This holds for the person from now on."""
        kept = {"everything": choice.everything, "choice": asdict(choice)}
        row = {"person_id": person_id, "tenant_id": self._tenant_id, "sent": [], **kept}
        async with self._database.write() as connection:
            await connection.execute(upsert(connection, digests, row, kept))

    async def readers(self, also: Collection[str] = ()) -> tuple[Reader, ...]:
        """Everybody for whom there is something to tell, who wants a digest of everything, and the people `also`."""
        async with self._database.read() as connection:
            new = sa.select(notices.c.person_id, sa.func.min(notices.c.mark)).where(*self._new())
            rows = await connection.execute(new.group_by(notices.c.person_id))
            nearest: dict[str, int] = {row[0]: row[1] for row in rows}
            known = digests.c.everything | digests.c.person_id.in_(new.with_only_columns(notices.c.person_id))
            wanted = sa.select(digests).where(digests.c.tenant_id == self._tenant_id, known)
            rows_ = [*(await connection.execute(wanted)).mappings()]
            for part in _parts(sorted(also)):
                those = sa.select(digests).where(digests.c.tenant_id == self._tenant_id, digests.c.person_id.in_(part))
                rows_ += (await connection.execute(those)).mappings()
        chosen = {row["person_id"]: row for row in rows_}
        people = sorted({*nearest, *chosen, *also})
        return tuple(
            Reader(
                one,
                _choice(chosen[one]["choice"]) if one in chosen else Choice(),
                frozenset(chosen[one]["sent"]) if one in chosen else frozenset(),
                nearest.get(one),
            )
            for one in people
        )

    def _new(self) -> tuple[sa.ColumnElement[bool], ...]:
        """Notices to sponsors that were not told, of ends that still are what they were."""
        still = sa.exists().where(
            endings.c.assignment_id == notices.c.assignment_id, endings.c.ends_at == notices.c.ends_at
        )
        return (*self._wanted(), notices.c.open, still)

    def _wanted(self) -> tuple[sa.ColumnElement[bool], ...]:
        """Notices to sponsors, of ends about which neither they nor somebody for all wants to hear no more."""
        other = notices.alias()
        silenced = sa.exists().where(
            other.c.assignment_id == notices.c.assignment_id,
            other.c.ends_at == notices.c.ends_at,
            other.c.mark == HUSHED,
            sa.or_(other.c.person_id == notices.c.person_id, other.c.person_id == ""),
        )
        sponsor = notices.c.audience == Audience.SPONSOR.value
        return (notices.c.tenant_id == self._tenant_id, sponsor, notices.c.mark != HUSHED, ~silenced)

    async def gather(self, person_id: str, slot: str, *, more: bool = True) -> tuple[Noticed, ...]:
        """What stands in this person's digest of this slot: the same however often it is asked, once it is something.

        `more`: whether what was claimed since may be added to nothing.
        """
        theirs = notices.c.person_id == person_id
        async with self._database.write() as connection:
            gathered = sa.select(notices.c.mark).where(*self._new(), theirs, notices.c.slot == slot).limit(1)
            if more and await connection.scalar(gathered) is None:
                await connection.execute(sa.update(notices).where(*self._new(), theirs).values(slot=slot))
            return await self._content(connection, person_id, slot)

    async def _content(self, connection: AsyncConnection, person_id: str, slot: str) -> tuple[Noticed, ...]:
        ended = [endings.c[one.name] for one in fields(Ending)]
        joined = notices.join(
            endings, (endings.c.assignment_id == notices.c.assignment_id) & (endings.c.ends_at == notices.c.ends_at)
        )
        wanted = (
            sa.select(*ended, notices.c.mark, (notices.c.slot == slot).label("fresh"))
            .select_from(joined)
            .where(*self._wanted(), notices.c.person_id == person_id)
            .order_by(notices.c.ends_at, notices.c.assignment_id, notices.c.mark.desc())
        )
        found: dict[str, Noticed] = {}
        for row in (await connection.execute(wanted)).mappings():
            values: dict[str, Any] = dict(row)
            mark, fresh = values.pop("mark"), bool(values.pop("fresh"))
            found[row["assignment_id"]] = Noticed(Ending(**values), mark, fresh)
        return tuple(found.values())

    async def sent(self, person_id: str, slot: str, *, hidden: Sequence[Ending] = ()) -> None:
        """The digest of this slot is done, and what stood in it told; but for the ends `hidden`, left for the next one."""
        theirs = (notices.c.person_id == person_id, notices.c.tenant_id == self._tenant_id)
        async with self._database.write() as connection:
            for one in hidden:
                this = (notices.c.assignment_id == one.assignment_id, notices.c.ends_at == one.ends_at)
                again = sa.update(notices).where(*theirs, *this, notices.c.slot == slot).values(slot="")
                await connection.execute(again)
            done = sa.update(notices).where(*theirs, notices.c.slot == slot).values(open=False)
            await connection.execute(done)
            before = await connection.scalar(
                sa.select(digests.c.sent).where(digests.c.person_id == person_id).with_for_update()
            )
            slots = [*(one for one in before or [] if one != slot), slot][-_KEPT_SLOTS:]
            row = {"person_id": person_id, "tenant_id": self._tenant_id, "everything": False, "sent": slots}
            await connection.execute(upsert(connection, digests, {**row, "choice": sa.null()}, {"sent": slots}))


def _parts(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + _MOST_IDS] for start in range(0, len(ids), _MOST_IDS)]


def _choice(stored: dict[str, Any] | None) -> Choice:
    """As it was chosen; what a later Usher adds is left out by an earlier one."""
    if stored is None:
        return Choice()
    known = {one.name: stored[one.name] for one in fields(Choice) if one.name in stored}
    quiet = known.get("quiet")
    return Choice(**{**known, "rhythm": Rhythm(known["rhythm"]), "quiet": (quiet[0], quiet[1]) if quiet else None})


if TYPE_CHECKING:
    _keeps_the_port: type[Digests] = SqlDigests
