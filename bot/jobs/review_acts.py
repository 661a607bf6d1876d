"""What is done about a review beside following it: reminders by hand, a look at once, and applying."""

from __future__ import annotations

from typing import Any

from bot.domain.reviews.campaigns import Campaign, CampaignState
from bot.errors import Rejected
from bot.jobs import review_messages, review_watch
from bot.jobs.job import Again
from bot.ports import Deps

REMIND, REFRESH, APPLY = "review.remind", "review.refresh", "review.apply"
SECONDS = 2.0


async def remind(payload: dict[str, Any], deps: Deps) -> None:
    """Entra has mailed the reviewers and those in Teams were reminded. `payload`: {"campaign", "mark"}."""
    campaign = await _campaign(payload, deps)
    if campaign is None or campaign.state is not CampaignState.OPEN:
        return
    items = await deps.reviews.items(campaign.rounds)
    await review_messages.remind(campaign, items, str(payload["mark"]), deps, gently=False)
    for ref in campaign.rounds:
        try:
            await deps.reviews.remind(ref)
        except Rejected:
            # It came to its end in this very moment.
            continue


async def refresh(payload: dict[str, Any], deps: Deps) -> None:
    """Its cards show what Entra shows. `payload`: {"campaign"}."""
    campaign = await _campaign(payload, deps)
    if campaign is not None and campaign.rounds:
        await review_watch.look(campaign, deps)


async def apply(payload: dict[str, Any], deps: Deps) -> Again | None:
    """What was decided has taken effect and its cards show it. `payload`: {"campaign"}."""
    campaign = await _campaign(payload, deps)
    if campaign is None or not campaign.rounds:
        return None
    await review_watch.look(campaign, deps)
    after = await deps.campaigns.campaign(campaign.id)
    if after is None or after.state is not CampaignState.APPLYING:
        return None
    return Again(SECONDS)


async def _campaign(payload: dict[str, Any], deps: Deps) -> Campaign | None:
    return await deps.campaigns.campaign(str(payload["campaign"]))
