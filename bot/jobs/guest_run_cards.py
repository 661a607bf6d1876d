"""Make every card that shows an act on many guests show it as it is now, in place."""

from __future__ import annotations

import asyncio
import hashlib
from weakref import WeakValueDictionary

from bot.domain.delivery import ShownCard
from bot.domain.outcomes import RunShown
from bot.domain.turns import Conversation
from bot.jobs import in_place
from bot.ports import Deps

AUDIENCE = "guest run"
_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


async def refresh(run_id: str, deps: Deps) -> None:
    """Every card of this run shows its present state. Raises Transient when Teams does not answer."""
    # Two refreshes of one run must not overtake each other with an older view.
    lock = _locks.setdefault(run_id, asyncio.Lock())
    async with lock:
        run = await deps.guest_runs.run(run_id)
        if run is None:
            return
        for card in await deps.ledger.cards(run_id):
            zone = await deps.ledger.time_zone_in(card.conversation.id)
            outcome = RunShown(run, zone or "UTC")
            await in_place.edit(card, outcome, hashlib.sha256(repr(outcome).encode()).hexdigest(), deps)


async def keep(run_id: str, conversation: Conversation, activity_id: str, deps: Deps) -> None:
    """From now on this card shows the run."""
    await deps.ledger.add_card(ShownCard(run_id, conversation, activity_id, AUDIENCE))
    await refresh(run_id, deps)
