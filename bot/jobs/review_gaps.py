"""Keep in mind which assignment policies of a package under review have no review, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.reviews.campaigns import Campaign, Gap
from bot.ports import Deps


async def found(campaign: Campaign, why: Mapping[str, str], deps: Deps) -> Campaign:
    """The campaign knows these gaps, and so does the record. `why`: policy id -> a sentence."""
    packages = [one for one in await deps.directory.packages() if one.id == campaign.package_id]
    names = {one.id: one.name for each in packages for one in each.policies}
    gaps = [Gap(key, names.get(key, ""), said) for key, said in why.items()]
    for one in gaps:
        await deps.ledger.record(
            actor=campaign.by_id,
            act="start a review",
            target=campaign.package_id,
            result="failed for a policy",
            key=campaign.key or campaign.id,
            at=deps.clock.now(),
            detail=f"{campaign.package_name}: {one.told}",
            package=campaign.package_id,
        )

    def widened(stored: Campaign) -> Campaign:
        known = {one.policy_id for one in stored.gaps}
        return replace(stored, gaps=(*stored.gaps, *(one for one in gaps if one.policy_id not in known)))

    return await deps.campaigns.amend(campaign.id, widened)
