"""Build what people are shown of a review: how far it is, and the card on which a reviewer decides."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.access import Assignment
from bot.domain.outcomes import CampaignShown, ReviewCard, ReviewerProgress, ReviewLine
from bot.domain.outcomes.reviewing import facts
from bot.domain.reviews.campaigns import Campaign
from bot.domain.reviews.facts import Item, tally
from bot.ports import Deps

PAGE = 5
MOST_REVIEWERS = 12


@dataclass(frozen=True, slots=True)
class Extra:
    """What a reviewer's card shows beside the facts: a note on top, and what is wrong with which item."""

    note: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)


def shown(campaign: Campaign, items: Sequence[Item], time_zone: str) -> CampaignShown:
    """The review as those who run it see it."""
    return CampaignShown(
        campaign,
        tally(items),
        progress(campaign, items),
        sum(one.loses(campaign.unanswered) for one in items),
        time_zone,
    )


def progress(campaign: Campaign, items: Sequence[Item]) -> tuple[ReviewerProgress, ...]:
    """How far each reviewer is, those with most to do first; nothing where only Entra knows who is asked about whom."""
    if not campaign.asks:
        return ()
    found = []
    for one in campaign.people:
        mine = campaign.items_for(one.id, items)
        if mine:
            found.append(ReviewerProgress(one.name, sum(not each.is_open for each in mine), len(mine)))
    return tuple(sorted(found, key=lambda one: (one.done - one.total, one.name)))[:MOST_REVIEWERS]


async def review_card(
    campaign: Campaign,
    reviewer_id: str,
    items: Sequence[Item],
    page: int,
    deps: Deps,
    *,
    time_zone: str = "UTC",
    extra: Extra | None = None,
) -> ReviewCard:
    """One page of what this reviewer decides; three reads side by side tell what is known about its people."""
    extra = extra or Extra()
    part, page, mine = _part(campaign, reviewer_id, items, page)
    return ReviewCard(
        campaign=campaign,
        reviewer_id=reviewer_id,
        lines=await _lines(campaign, part, extra, deps),
        page=page,
        pages=_pages(mine),
        done=sum(not one.is_open for one in mine),
        total=len(mine),
        note=extra.note,
        link="" if deps.themselves.configured else await my_access(deps),
        time_zone=time_zone,
    )


def facts_of(campaign: Campaign, reviewer_id: str, items: Sequence[Item], page: int) -> tuple[object, ...]:
    """The `facts` of the card that `review_card` would build, without a question to Entra."""
    part, page, mine = _part(campaign, reviewer_id, items, page)
    return facts(campaign, tuple(part), page, sum(not one.is_open for one in mine), len(mine))


def _part(
    campaign: Campaign, reviewer_id: str, items: Sequence[Item], page: int
) -> tuple[Sequence[Item], int, Sequence[Item]]:
    """(those on the page, the page there is, all of this reviewer)."""
    mine = campaign.items_for(reviewer_id, items)
    page = min(max(page, 0), _pages(mine) - 1)
    return mine[page * PAGE : (page + 1) * PAGE], page, mine


def _pages(mine: Sequence[Item]) -> int:
    return max(1, -(-len(mine) // PAGE))


async def my_access(deps: Deps) -> str:
    """Where reviewers decide without Usher."""
    return deps.links.reviews((await deps.directory.tenant()).domain)


async def _lines(campaign: Campaign, part: Sequence[Item], extra: Extra, deps: Deps) -> tuple[ReviewLine, ...]:
    ids = [one.person_id for one in part]
    if not ids:
        return ()
    access, sponsors, seen = await asyncio.gather(
        deps.directory.access_of(ids), deps.sponsors.of(ids), deps.reviews.last_seen(ids)
    )
    found = []
    for one in part:
        person, assignments, _ = access.get(one.person_id, (None, (), ()))
        held = _held(campaign, assignments)
        found.append(
            ReviewLine(
                item=one,
                address=person.address if person else "",
                since=held.starts_at if held else None,
                ends_at=held.ends_at if held else None,
                sponsors=tuple(each.name for each in sponsors.get(one.person_id, ())),
                seen_at=seen.get(one.person_id),
                problem=extra.problems.get(one.id, ""),
            )
        )
    return tuple(found)


def _held(campaign: Campaign, assignments: Sequence[Assignment]) -> Assignment | None:
    """What somebody holds of the package under review."""
    mine = (one for one in assignments if one.is_live and one.package_id == campaign.package_id)
    return next(mine, None)
