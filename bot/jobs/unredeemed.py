"""See to it that whoever answers for guests is told of those who never accept the invitation, also while no access ends."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from bot.commands.sponsoring import answering
from bot.domain import digests
from bot.domain.digests import Told
from bot.jobs import digest, waiting_told
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
        await digest.begin_due(deps, waiting=due)


async def _waiting(now: datetime, deps: Deps) -> dict[str, set[str]]:
    """Who answers for guests -> ids of those among them who wait."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    async for guest, people in answering.answered(lambda one: digests.is_waiting(one, now), deps):
        for one in people:
            found[one].add(guest.id)
    return found
