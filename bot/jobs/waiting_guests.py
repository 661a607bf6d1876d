"""The guests a digest tells of because they never accepted the invitation."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.commands.sponsoring import answering
from bot.domain import digests
from bot.domain.digests import NOBODY_WAITS, NeverAccepted, Told
from bot.domain.people import Person
from bot.jobs import waiting_told
from bot.jobs.digest_lines import Found
from bot.ports import Deps

_MOST = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """Those who wait as they were at `seen_at`. `ids`: who they are, but for the whole tenant (`everything`), where only
    the newest count. `answered`: how many guests the reader answers for, where that is told.
    """

    seen_at: datetime
    everything: bool
    shown: NeverAccepted = NOBODY_WAITS
    ids: tuple[str, ...] = ()
    answered: int = 0


async def find(person_id: str, found: Found, deps: Deps, *, wanted: bool) -> Waiting:
    """Whom to tell of beside what was `found`, and `wanted` also where that is no news. Reads every page of guests.

    Of the whole tenant nobody, where everybody who waits was told of within the week.
    """
    if found.everything:
        return await _everywhere(person_id, deps)
    if found.is_news or wanted:
        return await _theirs(person_id, deps)
    return Waiting(deps.clock.now(), everything=False)


async def keep(person_id: str, waiting: Waiting, deps: Deps) -> None:
    """They were told of these."""
    if waiting.shown.count or not waiting.everything:
        told = Told(frozenset(waiting.ids), waiting.seen_at)
        await waiting_told.keep(person_id, told, deps, everything=waiting.everything)


async def _theirs(person_id: str, deps: Deps) -> Waiting:
    """Of those they answer for; who is new among them first."""
    now = deps.clock.now()
    guests = await answering.guests_of(person_id, deps)
    before = (await waiting_told.read([person_id], deps)).get(person_id, Told())
    waiting = sorted((one for one in guests if digests.is_waiting(one, now)), key=lambda one: one.id in before.guests)
    ids = tuple(one.id for one in waiting)
    return Waiting(now, False, NeverAccepted(len(waiting), _names(waiting)), ids, len(guests))


async def _everywhere(person_id: str, deps: Deps) -> Waiting:
    """Of the whole tenant, the newest first; memory holds a page and those who are named."""
    now = deps.clock.now()
    before = (await waiting_told.read([person_id], deps, everything=True)).get(person_id, Told())
    count, newest = 0, list[Person]()
    async for page in deps.sponsors.sponsored():
        waiting = [one.guest for one in page if digests.is_waiting(one.guest, now)]
        count += len(waiting)
        newest = heapq.nlargest(_MOST, [*newest, *waiting], key=digests.waits_since)
    if not newest or not before.calls_for_since(digests.waits_since(newest[0]), now):
        return Waiting(now, everything=True)
    return Waiting(now, True, NeverAccepted(count, _names(newest)))


def _names(guests: Sequence[Person]) -> tuple[str, ...]:
    return tuple(one.name or one.address for one in guests[:_MOST])
