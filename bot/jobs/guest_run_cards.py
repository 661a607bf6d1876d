"""Make every card that shows an act on many guests show it as it is now, in place."""

from __future__ import annotations

from bot.domain.delivery import ShownCard
from bot.domain.outcomes import RunShown
from bot.domain.turns import Conversation
from bot.jobs import in_place
from bot.ports import Deps

AUDIENCE = "guest run"


async def refresh(run_id: str, deps: Deps) -> None:
    """Every card of this run shows its present state. Raises Transient when Teams does not answer."""
    # Two refreshes of one run must not overtake each other with an older view.
    async with in_place.alone(__name__, run_id):
        run = await deps.guest_runs.run(run_id)
        if run is None:
            return

        async def edit(card: ShownCard) -> None:
            zone = await deps.ledger.time_zone_in(card.conversation.id)
            outcome = RunShown(run, zone or "UTC")
            await in_place.edit(card, outcome, in_place.digest(outcome), deps)

        await in_place.each(await deps.ledger.cards(run_id), edit)


async def keep(run_id: str, conversation: Conversation, activity_id: str, deps: Deps) -> None:
    """From now on this card shows the run."""
    await deps.ledger.add_card(ShownCard(run_id, conversation, activity_id, AUDIENCE))
    await refresh(run_id, deps)
