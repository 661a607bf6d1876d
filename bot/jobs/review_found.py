"""Find reviews of access packages that Usher did not start: those of policies, and of the portal."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.domain.packages import AccessPackage
from bot.domain.reviews.campaigns import Campaign, Kind, is_ours, round_id
from bot.domain.reviews.facts import Round, Series, Standing
from bot.errors import Forbidden, NotFound, NotLicensed
from bot.ports import Deps

NAME = "review.found"


async def found(payload: dict[str, Any], deps: Deps) -> None:
    """Every round that is under way is followed, once, however many replicas look."""
    try:
        series = [one for one in await deps.reviews.series() if not is_ours(one)]
    except (Forbidden, NotLicensed):
        # Without the permission, or the licence, there is nothing to follow.
        return
    if not series:
        return
    rounds = await deps.reviews.rounds([one.id for one in series])
    under_way = [
        (one, each) for one in series for each in rounds.get(one.id, ()) if each.standing is Standing.OPEN
    ]  # fmt: skip
    known = await deps.campaigns.known([round_id(each.ref) for _, each in under_way])
    fresh = [(one, each) for one, each in under_way if round_id(each.ref) not in known]
    if not fresh:
        return
    packages = {one.id: one for one in await deps.directory.packages()}
    await asyncio.gather(
        *(_follow(one, each, packages[one.package_id], deps) for one, each in fresh if one.package_id in packages)
    )


async def _follow(series: Series, one: Round, package: AccessPackage, deps: Deps) -> None:
    now = deps.clock.now()
    try:
        people = await deps.reviews.reviewers([one.ref])
    except NotFound:
        # Entra does not show all of it yet: it is found again by the next look.
        return
    await deps.campaigns.claim(
        Campaign(
            id=round_id(one.ref),
            package_id=package.id,
            package_name=package.name,
            catalog_id=package.catalog.id,
            begun_at=one.starts_at or now,
            by_name=series.by_name or "the package's policy",
            kind=Kind.ENTRA,
            people=people,
            policies=(series.policy_id,),
            unanswered=series.unanswered,
            reason_required=series.reason_required,
            recurs=series.recurs,
            applies_itself=series.applies_itself,
            rounds=(one.ref,),
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            next_look_at=now,
        )
    )
