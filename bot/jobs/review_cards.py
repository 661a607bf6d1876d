"""Make every card that shows a review show it as it is now, in place: for who runs it and for each reviewer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.reviewing import views
from bot.domain.delivery import ShownCard
from bot.domain.outcomes import CampaignShown, ReviewCard
from bot.domain.reviews.campaigns import Campaign
from bot.domain.reviews.facts import Item
from bot.domain.turns import Conversation
from bot.errors import NotFound
from bot.jobs import in_place
from bot.ports import Deps

RUNNING = "campaign"
_REVIEWER = "reviewer"


async def refresh(campaign_id: str, deps: Deps, items: Sequence[Item] | None = None) -> None:
    """Every card of this review shows its present state. Raises Transient when Teams or Entra does not answer.

    `items`: what was just read of it, to spare a second reading.
    """
    # Two refreshes of one review must not overtake each other with an older view.
    async with in_place.alone(__name__, campaign_id):
        campaign = await deps.campaigns.campaign(campaign_id)
        cards = await deps.ledger.cards(campaign_id) if campaign else ()
        if campaign is None or not cards:
            return
        if items is None:
            items = await _items(campaign, deps)
        if items is None:
            return
        await in_place.each(cards, lambda card: _show(card, campaign, items, deps))


async def _items(campaign: Campaign, deps: Deps) -> Sequence[Item] | None:
    """None while Entra does not show all of it: the cards stay as they are until the next look."""
    if not campaign.rounds:
        return ()
    try:
        return await deps.reviews.items(campaign.rounds)
    except NotFound:
        return () if campaign.is_over else None


async def _show(card: ShownCard, campaign: Campaign, items: Sequence[Item], deps: Deps) -> None:
    """A reviewer's card is built, which takes questions to Entra, only when something on it has changed."""
    zone = await deps.ledger.time_zone_in(card.conversation.id) or "UTC"
    kind, _, rest = card.audience.partition(":")
    if kind != _REVIEWER:
        shown = views.shown(campaign, items, zone)
        await in_place.edit(card, shown, in_place.digest(shown), deps)
        return
    person, _, page = rest.rpartition(":")
    changed = in_place.digest(views.facts_of(campaign, person, items, int(page)))
    if changed != card.digest:
        outcome = await views.review_card(campaign, person, items, int(page), deps, time_zone=zone)
        await in_place.edit(card, outcome, changed, deps)


async def keep(outcome: CampaignShown | ReviewCard, conversation: Conversation, activity_id: str, deps: Deps) -> None:
    """From now on this card shows the review, a reviewer's on the page it is on."""
    audience = RUNNING
    if isinstance(outcome, ReviewCard):
        audience = f"{_REVIEWER}:{outcome.reviewer_id}:{outcome.page}"
    card = ShownCard(outcome.campaign.id, conversation, activity_id, audience)
    await deps.ledger.add_card(card)
    if isinstance(outcome, CampaignShown):
        await refresh(outcome.campaign.id, deps)
        return
    # What was just shown, and what was wrong with it, stays until something changes.
    await deps.ledger.mark_card(card, in_place.digest(outcome.facts))
