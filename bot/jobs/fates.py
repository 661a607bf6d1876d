"""Read what becomes of some accounts, and what people are to be told of it now."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import farewells
from bot.domain.access import Assignment
from bot.domain.belongings import Fate, fate
from bot.domain.farewells import Stage
from bot.domain.people import Person
from bot.ports import Deps


@dataclass(frozen=True, slots=True)
class Standing:
    """One guest's account just now: what becomes of it, what is to be told (None: nothing), and when to look again."""

    person: Person
    held: tuple[Assignment, ...]
    fate: Fate | None
    stage: Stage | None
    look_at: datetime | None

    @property
    def last(self) -> Assignment | None:
        """The access that ends last."""
        ends_at = self.fate.ends_at if self.fate else None
        return next((one for one in self.held if one.is_live and one.ends_at == ends_at), None)


async def read(person_ids: Sequence[str], deps: Deps) -> Mapping[str, Standing]:
    """Up to a hundred accounts in a few round trips; those of members and of nobody are left out."""
    access, governed, (ending, after) = await asyncio.gather(
        deps.directory.access_of(person_ids), deps.accounts.governed(person_ids), deps.catalogs.ending()
    )
    now = deps.clock.now()
    found: dict[str, Standing] = {}
    for person_id in person_ids:
        person, held, _ = access.get(person_id, (None, (), ()))
        if person is None or person.is_deleted or not person.is_guest:
            continue
        what = fate(held, governed=governed.get(person_id), ending=ending, after=after, now=now)
        stage, look_at = farewells.due(what, now, enabled=person.enabled)
        found[person_id] = Standing(person, held, what, stage, look_at)
    return found
