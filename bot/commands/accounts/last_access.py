"""What becomes of a guest's account once one access is taken back."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.commands.command import Ask
from bot.domain.access import Assignment
from bot.domain.belongings import FateKind, fate
from bot.domain.wording import day
from bot.errors import Forbidden, NotLicensed

_UNKNOWN = "The account stays, unless Entra governs it and this is its last access package."


async def afterwards(taken: Assignment, ask: Ask) -> str:
    """What Entra does with the account when this access ends today, in plain words. Three round trips, side by side."""
    try:
        held, governed, (ending, after) = await asyncio.gather(
            ask.deps.directory.assignments(person_id=taken.person_id),
            ask.deps.accounts.governed([taken.person_id]),
            ask.deps.catalogs.ending(),
        )
    except (Forbidden, NotLicensed):
        return _UNKNOWN
    others = [one for one in held if one.is_live and one.id != taken.id]
    if others:
        named = ", ".join(f"“{one.package_name}”" for one in others[:3])
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        return f"The account stays: they still have {named}{more}."
    gone = [one for one in held if not one.is_live]
    ended = [*gone, _ended(taken, ask)]
    what = fate(ended, governed=governed.get(taken.person_id), ending=ending, after=after, now=ask.now)
    match what.kind if what else None:
        case FateKind.DELETED if what and what.deleted_at:
            return f"It is their last access: Entra then blocks the account, and deletes it on {day(what.deleted_at, ask.zone)}."
        case FateKind.BLOCKED:
            return "It is their last access: Entra then blocks the account. It is not deleted."
        case FateKind.LEFT:
            return "It is their last access; this tenant's settings leave the account as it is."
        case FateKind.UNKNOWN:
            return "It is their last access; Usher cannot see whether Entra then blocks or deletes the account."
        case _:
            return "It is their last access; Entra does not govern the account, so it stays."


def _ended(taken: Assignment, ask: Ask) -> Assignment:
    return replace(taken, ends_at=ask.now)
