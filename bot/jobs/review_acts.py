"""What is done about a review beside following it: reminders by hand, a look at once, and applying."""

from __future__ import annotations

from typing import Any

from bot.domain.reviews.campaigns import Campaign, CampaignState
from bot.errors import NotFound, Rejected, Transient
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
    mark = str(payload["mark"])
    await _by_mail(campaign, mark, deps)
    try:
        items = await deps.reviews.items(campaign.rounds)
    except NotFound as error:
        raise Transient(error.detail, code=error.code) from error
    if not await review_messages.remind(campaign, items, mark, deps, gently=False):
        raise Transient("Teams did not answer for every reviewer")


async def _by_mail(campaign: Campaign, mark: str, deps: Deps) -> None:
    """Entra was asked once for each round, also when somebody in Teams has to be tried again."""
    for ref in campaign.rounds:
        asked = f"review-mails:{campaign.id}:{ref.id}:{mark}"
        if await deps.ledger.slot(asked):
            continue
        try:
            await deps.reviews.remind(ref)
        except (NotFound, Rejected):
            # It came to its end in this very moment.
            continue
        await deps.ledger.keep_slot(asked, ref.id)


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
