"""`reviews`: what waits for the one who asks, and the reviews under way that they may run."""

from __future__ import annotations

import asyncio

from bot.commands.command import Ask, Command, Value
from bot.domain.outcomes import CampaignList, CampaignRow, Outcome, Press
from bot.domain.reviews.campaigns import Campaign, CampaignState
from bot.domain.reviews.facts import Item, tally
from bot.domain.roles import Act
from bot.errors import Forbidden, NotFound, NotLicensed

USAGE = "reviews"
MOST = 10
_LOOKED_AT = 60
_MOST_BUTTONS = 6


def parse(words: str, value: Value) -> None:
    """Nothing to read."""


async def run(wanted: None, ask: Ask) -> Outcome:
    """Read afresh for those that are not over; who is asked sees theirs, who may run it sees all of it."""
    campaigns = await ask.deps.campaigns.newest(limit=_LOOKED_AT)
    shown = [one for one in campaigns if _concerns(one, ask)][:MOST]
    rows = await asyncio.gather(*(_row(one, ask) for one in shown))
    return CampaignList(tuple(rows), tuple(_presses(rows, ask)), ask.turn.caller.time_zone)


def _concerns(campaign: Campaign, ask: Ask) -> bool:
    mine = any(one.id == ask.person.id for one in campaign.people)
    return (mine and not campaign.is_over) or ask.may(Act.REVIEW, campaign.catalog_id)


async def _row(campaign: Campaign, ask: Ask) -> CampaignRow:
    items: tuple[Item, ...] = ()
    if campaign.rounds and not campaign.is_over:
        try:
            items = await ask.deps.reviews.items(campaign.rounds)
        except (Forbidden, NotFound, NotLicensed):
            items = ()
    asked = campaign.state is CampaignState.OPEN and any(one.id == ask.person.id for one in campaign.people)
    mine = sum(one.is_open for one in campaign.items_for(ask.person.id, items)) if asked else 0
    return CampaignRow(campaign, tally(items), mine)


def _presses(rows: list[CampaignRow], ask: Ask) -> list[Press]:
    mine = [one.campaign for one in rows if one.mine]
    run = [one.campaign for one in rows if ask.may(Act.REVIEW, one.campaign.catalog_id)]
    deciding = [Press(f"Decide: “{one.package_name}”", "review.open", {"campaign": one.id}) for one in mine]
    showing = [Press(f"Show “{one.package_name}”", "review.show", {"campaign": one.id}) for one in run]
    return [*deciding, *showing][:_MOST_BUTTONS]


COMMAND = Command(
    name="reviews",
    usage=USAGE,
    summary="Access reviews under way, and what waits for you in them.",
    parse=parse,
    run=run,
)
