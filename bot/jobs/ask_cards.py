"""Make every card that shows a guest's question to keep an access show it as it is now, in place."""

from __future__ import annotations

from bot.commands.extensions import own
from bot.domain.delivery import ShownCard
from bot.domain.extension_asks import ExtensionAsk
from bot.domain.outcomes import ExtensionAsked, Followed, KeepAccess
from bot.domain.turns import Conversation
from bot.jobs import in_place, retired
from bot.ports import Deps

GUEST, DECIDER = "guest", "decider"


async def refresh(ask_id: str, deps: Deps, *, only: str = "") -> None:
    """Every card of this question (or `only` the one with this activity id) shows its present state.

    Raises Transient when Teams does not answer.
    """
    # Two refreshes of one question must not overtake each other with an older view.
    async with in_place.alone(__name__, ask_id):
        question = await deps.extension_asks.ask(ask_id)
        if question is None:
            return

        async def edit(card: ShownCard) -> None:
            outcome = await _seen(card, question, deps)
            await in_place.edit(card, outcome, in_place.digest(outcome), deps)

        await in_place.each(in_place.chosen(await deps.ledger.cards(ask_id), only), edit)


async def keep(
    ask_id: str,
    conversation: Conversation,
    activity_id: str,
    audience: str,
    deps: Deps,
    *,
    shown: KeepAccess | ExtensionAsked | None = None,
) -> None:
    """From now on this card shows the question; an older one in the same chat says that it moved.

    `shown`, what was drawn on it: cards elsewhere are then left as they are, so that a chat that does not answer keeps
    nobody from knowing that this card was posted.
    """
    for card in await deps.ledger.cards(ask_id):
        if card.conversation.id == conversation.id and card.activity_id != activity_id:
            question = await deps.extension_asks.ask(ask_id)
            language = question.language if question and audience == GUEST else "en"
            await retired.retire(card, Followed.ACCESS, deps, language=language)
    drawn = in_place.digest(shown) if shown else ""
    await deps.ledger.add_card(ShownCard(ask_id, conversation, activity_id, audience, drawn))
    await refresh(ask_id, deps, only=activity_id if shown else "")


async def _seen(card: ShownCard, question: ExtensionAsk, deps: Deps) -> KeepAccess | ExtensionAsked:
    zone = await deps.ledger.time_zone_in(card.conversation.id)
    if card.audience == GUEST:
        return await own.shown(question, deps, zone)
    return ExtensionAsked(question, zone or "UTC")
