"""What becomes of a guest's account by itself, for those who look at the guest."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.commands.command import Ask
from bot.domain.access import Assignment
from bot.domain.belongings import Fate, fate
from bot.domain.people import Person
from bot.errors import Forbidden, NotLicensed


async def of(person: Person | None, held: Sequence[Assignment], ask: Ask) -> Fate | None:
    """Two round trips, side by side; none where there is nothing to foretell. None also where Entra does not say."""
    if person is None or person.is_deleted or not person.is_guest or not held:
        return None
    try:
        governed, (ending, after) = await asyncio.gather(
            ask.deps.accounts.governed([person.id]), ask.deps.catalogs.ending()
        )
    except (Forbidden, NotLicensed):
        return None
    return fate(held, governed=governed.get(person.id), ending=ending, after=after, now=ask.now)
