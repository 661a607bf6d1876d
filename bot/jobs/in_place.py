"""Edit one card where it stands in its chat, and remember what it shows."""

from __future__ import annotations

from bot.domain.delivery import ShownCard
from bot.domain.outcomes import Outcome
from bot.errors import Unreachable
from bot.ports import Deps


async def edit(card: ShownCard, outcome: Outcome, digest: str, deps: Deps) -> Unreachable | None:
    """The card shows the outcome, remembered by its digest; one that shows it already is left alone.

    A card that is gone from its chat is forgotten, and what Teams said about it returned. Raises Transient when Teams
    does not answer.
    """
    if card.digest == digest:
        return None
    try:
        await deps.messenger.show(card.conversation, outcome, replacing=card.activity_id)
    except Unreachable as error:
        await deps.ledger.drop_card(card)
        return error
    await deps.ledger.mark_card(card, digest)
    return None
