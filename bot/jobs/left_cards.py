"""Make every card about a sponsor who left show how it stands, in place."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.delivery import ShownCard
from bot.domain.leaving import SponsorBook
from bot.domain.outcomes import SponsorLeft
from bot.domain.turns import Conversation
from bot.jobs import in_place
from bot.ports import Deps

MANAGER = "manager"
ADMINISTRATOR = "administrator"


def key(book: SponsorBook) -> str:
    """Under which the cards about this leaving are kept: a sponsor who is back and leaves again is another."""
    return f"left-{book.sponsor_id}-{book.left.found_at:%Y%m%d%H%M%S}" if book.left else ""


async def refresh(book: SponsorBook, deps: Deps) -> None:
    """Every card of this leaving shows its present state. Raises Transient when Teams does not answer.

    Once it is over that is remembered: whoever looks later knows of which leavings a card may still ask.
    """
    left = book.left
    if left is None:
        return

    async def edit(card: ShownCard) -> None:
        outcome = SponsorLeft(book, administrator=card.audience == ADMINISTRATOR)
        await in_place.edit(card, outcome, in_place.digest(outcome), deps)

    await in_place.each(await deps.ledger.cards(key(book)), edit)
    if book.is_to_be_shown:
        shown = replace(left, shown=True)
        # One that was opened again meanwhile is to be shown anew.
        await deps.sponsor_books.amend(book, lambda now: replace(now, left=shown) if now.left == left else now)


async def keep(book: SponsorBook, conversation: Conversation, activity_id: str, audience: str, deps: Deps) -> None:
    """From now on this card shows the leaving."""
    await deps.ledger.add_card(ShownCard(key(book), conversation, activity_id, audience))
