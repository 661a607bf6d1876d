"""Follow the reviews that are not over: who decided what, wherever they did it, and what is due."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.commands.reviewing import beginning
from bot.domain.reviews.campaigns import Campaign, CampaignState, Kind
from bot.domain.reviews.facts import Decision, Item, RoundRef
from bot.errors import NotFound, Transient, UsherError
from bot.jobs import in_place, review_cards, review_gaps, review_messages
from bot.jobs import look as looking
from bot.ports import Deps

log = logging.getLogger(__name__)

NAME = "review.watch"
TICK_SECONDS = 2.0
LEASE_SECONDS = 120.0
MOST_AT_ONCE = 20
OPEN_SECONDS, CLOSED_SECONDS, APPLYING_SECONDS, MISSING_SECONDS = 300.0, 3600.0, 5.0, 60.0
"""Between two looks: while people decide, while it waits to be applied, while Entra applies it or does not show it."""


_CLOSED, _APPLIED = "closed", "applied"
_DELETED = "it was deleted in Entra."

FORGOTTEN_AFTER = timedelta(days=90)
"""A review that is over and that nobody applies is followed no longer than this."""


async def is_due(deps: Deps) -> bool:
    """Whether `watch` would find a review to look at."""
    return await deps.campaigns.any_due(deps.clock.now())


async def watch(payload: dict[str, Any], deps: Deps) -> None:
    """Every review that was due has been compared with Entra. A replica that dies here loses nothing but the lease."""
    for campaign in await deps.campaigns.due(deps.clock.now(), lease=LEASE_SECONDS, limit=MOST_AT_ONCE):
        if not campaign.rounds:
            await deps.jobs.start(beginning.JOB, campaign.id, {"campaign": campaign.id})
            continue
        try:
            await look(campaign, deps, handing=True)
        except Transient:
            continue
        except UsherError as error:
            log.warning(
                "review not looked at", extra={"campaign": campaign.id, "code": error.code or type(error).__name__}
            )


async def look(campaign: Campaign, deps: Deps, *, handing: bool = False) -> None:
    """The cards show what Entra shows; people were told what is due.

    `handing`: reviewers without a card get one. Only whoever holds the review alone may do so: of two at once the second
    would take a card that is on its way for one that was lost.
    """
    # Two looks at one review must not overtake each other.
    async with in_place.alone(__name__, campaign.id):
        await _look(campaign, deps, handing=handing)


async def _look(campaign: Campaign, deps: Deps, *, handing: bool) -> None:
    series = list(dict.fromkeys(one.series_id for one in campaign.rounds))
    known = {one.ref: one for each in (await deps.reviews.rounds(series)).values() for one in each}
    rounds = [known[one] for one in campaign.rounds if one in known]
    now = deps.clock.now()
    if len(rounds) < len(campaign.rounds):
        await _missing(campaign, [one.ref for one in rounds], now, deps)
        return
    try:
        items = await deps.reviews.items(campaign.rounds)
    except NotFound:
        # A part must not be taken for the whole: nothing is said until Entra shows all of it again.
        await _soon(campaign, now, deps)
        return
    after = await deps.campaigns.amend(campaign.id, lambda one: one.seen(rounds, now))
    if handing:
        after = await _joined(after, deps)
    after = await _told(after, items, deps, handing=handing)
    await review_cards.refresh(after.id, deps, items)
    following = _next(after, deps)
    waiting = after.state is CampaignState.OPEN and review_messages.without_card(after, items)
    if waiting or _is_owed(after):
        following = now + _within(MISSING_SECONDS, deps.sweep_seconds)
    await deps.campaigns.amend(after.id, lambda one: replace(one, next_look_at=following))


async def _missing(campaign: Campaign, left: Sequence[RoundRef], now: datetime, deps: Deps) -> None:
    """Looked at again soon; once it is sure that the review, or a part of it, was deleted, its cards say so."""
    after = await deps.campaigns.amend(campaign.id, lambda one: one.missing(now, left))
    if after.is_over:
        await review_cards.refresh(campaign.id, deps, ())
        await deps.campaigns.amend(campaign.id, lambda one: replace(one, next_look_at=None))
        return
    gone = {one.series_id for one in campaign.rounds} - {one.series_id for one in after.rounds}
    policies = {key: _DELETED for key, series_id in campaign.series if series_id in gone}
    if policies:
        await review_gaps.found(after, policies, deps)
    await _soon(campaign, now, deps)


async def _soon(campaign: Campaign, now: datetime, deps: Deps) -> None:
    following = now + _within(MISSING_SECONDS, deps.sweep_seconds)
    await deps.campaigns.amend(campaign.id, lambda one: replace(one, next_look_at=following))


async def _joined(campaign: Campaign, deps: Deps) -> Campaign:
    """Those whom Entra asks by now: members of a group, managers and sponsors come and go while people decide."""
    if campaign.kind is not Kind.ENTRA or campaign.state is not CampaignState.OPEN:
        return campaign
    try:
        asked = await deps.reviews.reviewers(campaign.rounds)
    except NotFound:
        return campaign
    known = {one.id for one in campaign.people}
    fresh = tuple(one for one in asked if one.id not in known)
    if not fresh:
        return campaign
    return await deps.campaigns.amend(campaign.id, lambda one: replace(one, people=(*one.people, *fresh)))


async def _told(campaign: Campaign, items: Sequence[Item], deps: Deps, *, handing: bool) -> Campaign:
    """Reviewers have their card, and the reminder that is due; whoever started it hears of its end. Each once."""
    campaign = await _told_of_gaps(campaign, deps)
    mark = campaign.reminder(deps.clock.now())
    if campaign.state is CampaignState.OPEN:
        if handing:
            campaign = await review_messages.hand_out(campaign, items, deps)
        if mark and not await review_messages.remind(campaign, items, mark, deps, gently=True):
            # Those who sleep are reminded by a later look; the others have a receipt and hear nothing twice.
            return campaign
    elif campaign.state is CampaignState.CLOSED and _CLOSED not in campaign.told:
        mark = await _heard(_CLOSED, review_messages.closed(campaign, items, deps))
    elif campaign.state is CampaignState.APPLIED and _APPLIED not in campaign.told:
        campaign = await _applied(campaign, items, deps)
        mark = await _heard(_APPLIED, review_messages.applied(campaign, items, deps))
    if not mark:
        return campaign
    return await deps.campaigns.amend(campaign.id, lambda one: replace(one, told=(*one.told, mark)))


async def _told_of_gaps(campaign: Campaign, deps: Deps) -> Campaign:
    mark = f"gaps-{len(campaign.gaps)}"
    if not campaign.gaps or mark in campaign.told:
        return campaign
    try:
        await review_messages.partial_only(campaign, deps)
    except Transient:
        # The card says it, too; the next look tries again.
        return campaign
    return await deps.campaigns.amend(campaign.id, lambda one: replace(one, told=(*one.told, mark)))


async def _applied(campaign: Campaign, items: Sequence[Item], deps: Deps) -> Campaign:
    """What came of it is on record, and live cards of those who lost access follow."""
    lost = [one for one in items if one.decision is Decision.REMOVE]
    campaign = await deps.campaigns.amend(campaign.id, lambda one: replace(one, removed=len(lost)))
    await _record(campaign, lost, deps)
    for one in lost:
        for invite in await deps.ledger.invites(guest_id=one.person_id):
            if invite.open and invite.wish.package_id == campaign.package_id:
                await looking.soon(invite.id, deps)
    return campaign


async def _heard(mark: str, telling: Awaitable[None]) -> str:
    """The mark, or "" while Teams does not answer for whoever is told: the cards of the others follow all the same."""
    try:
        await telling
    except Transient:
        return ""
    return mark


def _is_owed(campaign: Campaign) -> bool:
    """Whoever started it has not heard yet that it is over, or what came of it."""
    mark = {CampaignState.CLOSED: _CLOSED, CampaignState.APPLIED: _APPLIED}.get(campaign.state)
    return mark is not None and mark not in campaign.told


async def _record(campaign: Campaign, lost: Sequence[Item], deps: Deps) -> None:
    """Whose access the review ended, each on record."""
    known = await deps.sponsors.managers_of([one.person_id for one in lost]) if lost else {}
    for one in lost:
        address = known[one.person_id][0].address if one.person_id in known else ""
        await deps.ledger.record(
            actor="",
            act="remove access after a review",
            target=address or one.person_id,
            result=one.applied or "applied",
            key=f"{campaign.key or campaign.id}:{one.id}",
            at=campaign.settled_at or deps.clock.now(),
            detail=f"{campaign.package_name}: decided by {one.by_name or 'Entra'}",
            package=campaign.package_id,
        )


def _next(campaign: Campaign, deps: Deps) -> datetime | None:
    """When to look again: soon while something moves, and in time for what is due."""
    now = deps.clock.now()
    if campaign.is_over:
        return None
    if campaign.state is CampaignState.APPLYING:
        return now + _within(APPLYING_SECONDS, deps.sweep_seconds)
    if campaign.state is CampaignState.CLOSED:
        long_over = campaign.ends_at is not None and now > campaign.ends_at + FORGOTTEN_AFTER
        return None if long_over else now + _within(CLOSED_SECONDS, 10 * deps.sweep_seconds)
    following = now + _within(OPEN_SECONDS, 3 * deps.sweep_seconds)
    if campaign.ends_at and campaign.ends_at > now:
        return min(following, campaign.ends_at + timedelta(seconds=1))
    return following


def _within(usual: float, most: float) -> timedelta:
    """The usual pause, but none that is long beside the tenant's own rhythm."""
    return timedelta(seconds=min(usual, most))
