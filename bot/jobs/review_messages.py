"""Tell people about a review: reviewers get their card and reminders, whoever started it hears of its end."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.commands.reviewing import views
from bot.domain.delivery import Rung
from bot.domain.outcomes import Outcome, Press, Said, Style, Tone
from bot.domain.reviews.campaigns import Campaign
from bot.domain.reviews.facts import Decision, Item, Reviewer, tally
from bot.domain.turns import Conversation
from bot.errors import Transient
from bot.jobs import climb, review_cards
from bot.jobs.climb import Message
from bot.jobs.quiet import is_left_in_peace
from bot.ports import Deps

_MOST_AT_ONCE = 4


async def hand_out(campaign: Campaign, items: Sequence[Item], deps: Deps) -> Campaign:
    """Each reviewer with something to decide has one card in their 1:1 chat, or is known not to be reached.

    Entra mails all of them in any case. Whoever Teams does not answer for stays without, for the next look, and keeps
    nobody else waiting.
    """
    gate = asyncio.Semaphore(_MOST_AT_ONCE)

    async def hand(one: Reviewer) -> None:
        async with gate:
            try:
                reached = await _hand(campaign, one, items, deps)
            except Transient:
                return
            await deps.campaigns.amend(campaign.id, partial(_handed, one, reached))

    waiting = without_card(campaign, items)
    await asyncio.gather(*map(hand, waiting))
    return await deps.campaigns.campaign(campaign.id) or campaign if waiting else campaign


def without_card(campaign: Campaign, items: Sequence[Item]) -> list[Reviewer]:
    """Reviewers with something to decide who were not given a card yet."""
    waiting = [one for one in campaign.people if one.id not in campaign.cards]
    return [one for one in waiting if any(each.is_open for each in campaign.items_for(one.id, items))]


def _handed(reviewer: Reviewer, reached: bool, campaign: Campaign) -> Campaign:
    if reviewer.id in campaign.cards:
        return campaign
    missed = () if reached else (reviewer.name,)
    return replace(campaign, cards=(*campaign.cards, reviewer.id), unreached=(*campaign.unreached, *missed))


async def _hand(campaign: Campaign, reviewer: Reviewer, items: Sequence[Item], deps: Deps) -> bool:
    async def make() -> str:
        chat = await deps.messenger.open_chat(reviewer.id)
        zone = await deps.ledger.time_zone_in(chat.id) or "UTC"
        outcome = await views.review_card(campaign, reviewer.id, items, 0, deps, time_zone=zone)
        activity = await deps.messenger.show(chat, outcome)
        await review_cards.keep(outcome, chat, activity, deps)
        return ""

    return await climb.climb(_message(campaign, reviewer.id, "review"), Rung.CARD, make, deps)


async def remind(campaign: Campaign, items: Sequence[Item], mark: str, deps: Deps, *, gently: bool) -> bool:
    """Who has not decided everything is reminded in chat, once for each mark.

    `gently`: not in their quiet hours. False when somebody was left for later because of that, or because Teams did not
    answer for them.
    """
    all_told = True
    for one in campaign.people:
        left = sum(each.is_open for each in campaign.items_for(one.id, items))
        if not left:
            continue
        if gently and await is_left_in_peace(one.id, deps):
            all_told = False
            continue
        people = "1 person waits" if left == 1 else f"{left} people wait"
        said = Said(
            f"Reminder: {people} for your decision",
            f"The review of “{campaign.package_name}” ends soon. You can change what you decided until then.",
            Tone.WARNING,
            presses=(Press("Decide", "review.open", {"campaign": campaign.id}, style=Style.PRIMARY),),
        )
        try:
            await _say(campaign, one.id, f"reminder-{mark}", said, deps)
        except Transient:
            all_told = False
    return all_told


async def partial_only(campaign: Campaign, deps: Deps) -> None:
    """Whoever started the review hears which policies have none, and why."""
    if not campaign.by_id:
        return
    said = Said(
        f"“{campaign.package_name}” is not reviewed as a whole",
        "Whoever has the package through these policies is not asked about. The others are reviewed as you wanted.",
        Tone.WARNING,
        points=tuple(one.told for one in campaign.gaps),
        presses=(Press("Show the review", "review.show", {"campaign": campaign.id}),),
    )
    await _say(campaign, campaign.by_id, f"review-gaps-{len(campaign.gaps)}", said, deps)


async def closed(campaign: Campaign, items: Sequence[Item], deps: Deps) -> None:
    """Whoever started the review hears that it is over, and what there is to apply; who stopped it was told at once."""
    if campaign.applies_itself or not campaign.by_id or campaign.stopped_by == campaign.by_name:
        return
    counts = tally(items)
    said = Said(
        f"The review of “{campaign.package_name}” is over",
        f"{counts[Decision.KEEP]} are to keep the access, {counts[Decision.REMOVE]} to lose it, "
        f"{counts[Decision.DONT_KNOW] + counts[Decision.OPEN]} are undecided. Nothing happens until it is applied.",
        Tone.WARNING,
        presses=(
            Press("Apply…", "review.apply", {"campaign": campaign.id}, style=Style.PRIMARY),
            Press("Result", "review.result", {"campaign": campaign.id}),
        ),
    )
    await _say(campaign, campaign.by_id, "review-closed", said, deps)


async def applied(campaign: Campaign, items: Sequence[Item], deps: Deps) -> None:
    """Whoever started the review hears what came of it."""
    if not campaign.by_id:
        return
    lost = campaign.removed
    people = "1 person has" if lost == 1 else f"{lost} people have"
    said = Said(
        f"The review of “{campaign.package_name}” is applied",
        f"{people} lost the access. Everybody else keeps it as it was." if lost else "Everybody keeps the access.",
        Tone.GOOD,
        presses=(Press("Result", "review.result", {"campaign": campaign.id}),),
    )
    await _say(campaign, campaign.by_id, "review-applied", said, deps)


async def _say(campaign: Campaign, person_id: str, occasion: str, said: Outcome, deps: Deps) -> bool:
    async def make() -> str:
        chat: Conversation = await deps.messenger.open_chat(person_id)
        await deps.messenger.show(chat, said)
        return ""

    return await climb.climb(_message(campaign, person_id, occasion), Rung.CARD, make, deps)


def _message(campaign: Campaign, person_id: str, occasion: str) -> Message:
    return Message(
        f"{campaign.id}:{person_id}", person_id, occasion, campaign.key or campaign.id, package=campaign.package_id
    )
