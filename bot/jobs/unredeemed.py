"""See to it that sponsors are told of guests who never accept the invitation, also while no access of theirs ends."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from bot.domain import digests
from bot.domain.digests import Told
from bot.jobs import digest, notices, waiting_told
from bot.ports import Deps

NAME = "unredeemed"


async def look(payload: dict[str, Any], deps: Deps) -> None:
    """Whoever has a waiting guest of whom they were not told, or not for a week, has a digest on the way, in their rhythm.

    May run twice: each slot has one digest. Reads every page of guests; memory holds only those who wait. Payload: {}.
    """
    now = deps.clock.now()
    waiting = await _waiting(now, deps)
    before = await waiting_told.read(list(waiting), deps)
    due = {who for who, guests in waiting.items() if before.get(who, Told()).calls_for(guests, now)}
    if due:
        now = deps.clock.now()
        # An end that is claimed only after the digest has begun would have to wait for the next one.
        await notices.claim_due(now, deps)
        await digest.begin_due(deps, now, waiting=due)


async def _waiting(now: datetime, deps: Deps) -> dict[str, set[str]]:
    """Sponsor -> ids of their guests who wait; members stand for a group."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    of_group: defaultdict[str, set[str]] = defaultdict(set)
    async for page in deps.sponsors.sponsored():
        for one in page:
            if digests.is_waiting(one.guest, now):
                for sponsor in one.sponsors:
                    (of_group if sponsor.is_group else found)[sponsor.id].add(one.guest.id)
    members = await deps.sponsors.members_of(sorted(of_group)) if of_group else {}
    for group, guests in of_group.items():
        for person in members.get(group, ()):
            found[person.id] |= guests
    return found
