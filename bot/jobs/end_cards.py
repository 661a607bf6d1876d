"""Make every card that shows a change of an end show it as it is now, in place."""

from __future__ import annotations

from bot.domain.delivery import ShownCard
from bot.domain.outcomes import Extending
from bot.domain.turns import Conversation
from bot.jobs import in_place
from bot.ports import Deps

AUDIENCE = "extension"


async def refresh(change_id: str, deps: Deps) -> None:
    """Every card of this change shows its present state. Raises Transient when Teams does not answer."""
    # Two refreshes of one change must not overtake each other with an older view.
    async with in_place.alone(__name__, change_id):
        change = await deps.end_changes.change(change_id)
        if change is None:
            return

        async def edit(card: ShownCard) -> None:
            zone = await deps.ledger.time_zone_in(card.conversation.id)
            outcome = Extending(change, zone or "UTC")
            await in_place.edit(card, outcome, in_place.digest(outcome), deps)

        await in_place.each(await deps.ledger.cards(change_id), edit)


async def keep(change_id: str, conversation: Conversation, activity_id: str, deps: Deps) -> None:
    """From now on this card shows the change."""
    await deps.ledger.add_card(ShownCard(change_id, conversation, activity_id, AUDIENCE))
    await refresh(change_id, deps)
