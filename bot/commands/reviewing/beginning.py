"""Begin a review that was looked at: claimed once, whoever presses Yes and however often."""

from __future__ import annotations

from bot.commands.command import Ask
from bot.commands.reviewing import finding, views
from bot.commands.reviewing.asking import Plan
from bot.domain.outcomes import CampaignShown
from bot.domain.reviews.campaigns import Campaign, Kind, campaign_id

JOB = "review"
ACT = "start a review"


async def running(package_id: str, ask: Ask) -> CampaignShown | None:
    """The card of the review of this package that was started here and is not over, if there is one."""
    newest = await ask.deps.campaigns.newest(package_id=package_id, limit=5)
    found = next((one for one in newest if one.kind is not Kind.ENTRA and not one.is_over), None)
    return await card(found, ask) if found else None


async def begin(plan: Plan, stamp: str, ask: Ask) -> CampaignShown:
    """The review is on its way; whoever begins another of the same package gets the card of the first."""
    campaign, mine = await ask.deps.campaigns.claim(
        Campaign(
            id=campaign_id(plan.package.id, stamp),
            package_id=plan.package.id,
            package_name=plan.package.name,
            catalog_id=plan.package.catalog.id,
            begun_at=ask.now,
            by_id=ask.person.id,
            by_name=ask.person.name,
            key=ask.turn.key,
            kind=plan.kind,
            people=plan.people,
            asks=plan.asks,
            policies=plan.policies,
            days=plan.days,
            unanswered=plan.unanswered,
            reason_required=plan.reason_required,
            ends_at=plan.ends_at,
            # A process that dies before the job is there would leave a review nobody begins, in the way of any other.
            next_look_at=ask.now,
        )
    )
    if mine:
        detail = f"{plan.package.name}: {len(plan.asks)} people, {len(plan.people)} reviewers, {plan.days} days"
        await ask.record(ACT, plan.package.id, detail=detail, package=plan.package.id)
    await ask.deps.jobs.start(JOB, campaign.id, {"campaign": campaign.id})
    return await card(campaign, ask)


async def card(campaign: Campaign, ask: Ask) -> CampaignShown:
    """The review as those who run it see it, read afresh."""
    items = await finding.items_of(campaign, ask)
    return views.shown(campaign, items, ask.turn.caller.time_zone)
