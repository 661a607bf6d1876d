"""The lines of a digest: access that ends soon as Entra shows it just now, and of it what is to be told."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from bot.commands.sponsoring import answering
from bot.domain.digests import Noticed
from bot.domain.notices import HUSHED, Ending
from bot.domain.roles import Act, refusal
from bot.jobs import notice
from bot.jobs.notice import Standing
from bot.ports import Deps

AHEAD_DAYS = 30
"""How far ahead a digest of the whole tenant looks."""

_LOOKED_AT = 40
"""Of a digest of everything so many lines are looked at anew: more than a card shows, and a few round trips."""


@dataclass(frozen=True, slots=True)
class Found:
    """`hidden`: ends to be told of that Entra does not show, just now or for ever. `everything`: of the whole tenant."""

    lines: tuple[Noticed, ...]
    hidden: tuple[Ending, ...] = ()
    everything: bool = False

    @property
    def is_news(self) -> bool:
        """Whether the lines are worth a card."""
        return any(self.everything or one.fresh for one in self.lines)


async def found(person_id: str, gathered: tuple[Noticed, ...], deps: Deps) -> Found:
    """What stands in the digest of this person, for whom `gathered` was kept."""
    if (await deps.digests.choice(person_id)).everything and await _sees_all(person_id, deps):
        return await _everything(gathered, deps)
    return await _standing(gathered, person_id, deps)


async def _everything(gathered: tuple[Noticed, ...], deps: Deps) -> Found:
    """All that ends soon, but for what somebody has decided already (to keep it as it is, or to let it go); and what has
    ended of the guests the reader answers for, `gathered` and not told before.
    """
    now = deps.clock.now()
    fresh = {one.ending.assignment_id for one in gathered if one.fresh}
    ends = await deps.notices.ends_between(now, now + timedelta(days=AHEAD_DAYS))
    told = await deps.notices.told(ends)
    decided = {assignment_id for (assignment_id, _), marks in told.items() if HUSHED in marks}
    # What has ended is over for the tenant, but whoever answers for the guest was not told of it yet.
    over = [one for one in gathered if one.fresh and one.ending.ends_at <= now]
    ahead = [Noticed(one, 0, one.assignment_id in fresh) for one in ends if one.assignment_id not in decided]
    noted = [*over, *ahead]
    near = await _standing(tuple(noted[:_LOOKED_AT]), "", deps)
    return Found((*near.lines, *noted[_LOOKED_AT:]), near.hidden, everything=True)


async def _sees_all(person_id: str, deps: Deps) -> bool:
    """Roles are looked at anew each time: who lost theirs gets the digest of their own guests only."""
    _, roles = await deps.directory.roles(person_id)
    return refusal(Act.READ, roles, catalog_id="") is None


async def _standing(lines: tuple[Noticed, ...], reader_id: str, deps: Deps) -> Found:
    """Those whose access still is what it was when it was noted, and for whom the reader, if one is named, answers."""
    now = deps.clock.now()
    lines = tuple(one for one in lines if one.fresh or one.ending.ends_at > now)
    guests = sorted({one.ending.person_id for one in lines})
    access, sponsors = await asyncio.gather(
        deps.directory.access_of(guests), answering.sponsors(guests if reader_id else (), deps)
    )
    kept: list[Noticed] = []
    hidden: list[Ending] = []
    for one in lines:
        ending = one.ending
        person, held, asked = access.get(ending.person_id, (None, (), ()))
        stands = notice.standing(ending, held, asked, now)
        if person is None or person.is_deleted or stands is Standing.HIDDEN:
            hidden += [ending] if ending.ends_at > now else []
        elif stands is Standing.STANDS:
            people = sponsors.get(ending.person_id, ())
            package = ending.package_id
            if not reader_id or reader_id in await answering.or_inviter(
                ending.person_id, people, deps, package_id=package
            ):
                kept.append(one)
    return Found(tuple(kept), tuple(hidden))
