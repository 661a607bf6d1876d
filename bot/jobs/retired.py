"""A card that another one takes over from: it says so, and follows nothing any more."""

from __future__ import annotations

from bot.domain.delivery import ShownCard
from bot.domain.outcomes import Followed, Moved
from bot.errors import Transient, Unreachable
from bot.ports import Deps


async def retire(card: ShownCard, followed: Followed, deps: Deps, *, language: str = "en") -> None:
    """The card is forgotten and says, in the reader's language, that a newer one follows this.

    Where Teams does not answer it goes on beside the newer one: whoever posted that must not take it for not posted.
    """
    await deps.ledger.drop_card(card)
    try:
        await deps.messenger.show(card.conversation, Moved(followed, language), replacing=card.activity_id)
    except Unreachable:
        return
    except Transient:
        await deps.ledger.add_card(card)
