"""Run a review: show it, remind its reviewers, stop it, and apply what was decided, each after a look at what it means."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.reviewing import beginning, finding
from bot.domain.outcomes import Outcome, Press, Said, Style, Tone
from bot.domain.reviews.campaigns import Campaign, CampaignState
from bot.domain.reviews.facts import Decision, Item, tally
from bot.errors import Rejected

SHOW, REMIND = "review.show", "review.remind"
STOP, STOP_YES, APPLY, APPLY_YES = "review.stop", "review.stop.yes", "review.apply", "review.apply.yes"
JOB_REMIND, JOB_REFRESH, JOB_APPLY = "review.remind", "review.refresh", "review.apply"
MOST_NAMES, MOST_GAPS = 15, 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """`stamp`: of what the question showed that a Yes answers."""

    campaign: str
    verb: str
    stamp: str = ""


def parse(words: str, value: Value) -> Wanted:
    """The review, and what is to be done with it."""
    return Wanted(finding.id_of(value), text_of(value, "verb", most=40), text_of(value, "stamp", most=40))


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """Rights are looked at anew for each press."""
    campaign = await finding.run_by(wanted.campaign, ask)
    if isinstance(campaign, Said):
        return campaign
    match wanted.verb:
        case "review.remind":
            return await _remind(campaign, ask)
        case "review.stop":
            return await _stop_question(campaign, ask)
        case "review.stop.yes":
            return await _stop(campaign, ask)
        case "review.apply":
            return await _apply_question(campaign, ask)
        case "review.apply.yes":
            return await _apply(campaign, wanted.stamp, ask)
        case _:
            return await beginning.card(campaign, ask)


async def _remind(campaign: Campaign, ask: Ask) -> Said:
    if campaign.state is not CampaignState.OPEN:
        return Said("Nobody to remind", "This review is not under way. Nothing was sent.", Tone.WARNING)
    items = await finding.items_of(campaign, ask)
    waiting = tally(items)[Decision.OPEN]
    if not waiting:
        return Said("Nobody to remind", "Everybody is decided already. Nothing was sent.", Tone.GOOD)
    payload = {"campaign": campaign.id, "mark": ask.turn.key[-60:]}
    await ask.record("remind reviewers", campaign.package_id, detail=campaign.package_name, package=campaign.package_id)
    await ask.deps.jobs.start(JOB_REMIND, f"{campaign.id}-{ask.turn.key}", payload)
    people = "1 person" if waiting == 1 else f"{waiting} people"
    text = f"{people} wait for a decision. Whoever is asked about them is reminded here and by a mail from Entra."
    return Said("Reminders are on their way", text, Tone.GOOD)


async def _stop_question(campaign: Campaign, ask: Ask) -> Said | Outcome:
    if campaign.state is not CampaignState.OPEN:
        return await beginning.card(campaign, ask)
    items = await finding.items_of(campaign, ask)
    counts = tally(items)
    return Said(
        f"Stop the review of “{campaign.package_name}” now?",
        "Nobody can decide any more. What was decided stays and can be applied afterwards.",
        Tone.WARNING,
        facts=(("Decided", str(len(items) - counts[Decision.OPEN])), ("Not decided", str(counts[Decision.OPEN]))),
        presses=(
            Press("Yes, stop", STOP_YES, {"campaign": campaign.id}, style=Style.DANGER),
            Press("No, go on", SHOW, {"campaign": campaign.id}),
        ),
    )


async def _stop(campaign: Campaign, ask: Ask) -> Outcome:
    """Stopped in Entra, whoever presses and however often."""
    if campaign.state is CampaignState.OPEN:
        async with ask.doing("stop a review", campaign.package_id, detail=campaign.package_name):
            for ref in campaign.rounds:
                await ask.deps.reviews.stop(ref)
        name = ask.person.name
        campaign = await ask.deps.campaigns.amend(
            campaign.id, lambda one: replace(one, stopped_by=one.stopped_by or name, next_look_at=ask.now)
        )
        await ask.deps.jobs.start(JOB_REFRESH, f"{campaign.id}-{ask.turn.key}", {"campaign": campaign.id})
        return await _answer(campaign, _stopped(campaign), ask)
    return await beginning.card(campaign, ask)


def _stopped(campaign: Campaign) -> Said:
    data = {"campaign": campaign.id}
    result = Press("Result", "review.result", data)
    if campaign.applies_itself:
        return Said("The review is stopped", "Entra applies what was decided by itself.", Tone.GOOD, presses=(result,))
    apply = Press("Apply…", APPLY, data, style=Style.PRIMARY)
    return Said("The review is stopped", "What was decided can be applied now.", Tone.GOOD, presses=(apply, result))


async def _answer(campaign: Campaign, done: Said, ask: Ask) -> Outcome:
    """A few words where the review's card stands in this chat already, otherwise the card itself."""
    cards = await ask.deps.ledger.cards(campaign.id)
    here = [one for one in cards if one.conversation.id == ask.turn.conversation.id and one.audience == "campaign"]
    return done if here else await beginning.card(campaign, ask)


async def _apply_question(campaign: Campaign, ask: Ask) -> Outcome:
    wrong = _not_now(campaign)
    if wrong:
        return wrong
    return _effect(campaign, await finding.items_of(campaign, ask))


def _not_now(campaign: Campaign) -> Said | None:
    show = Press("Show the review", SHOW, {"campaign": campaign.id})
    match campaign.state:
        case CampaignState.CLOSED:
            return None
        case CampaignState.OPEN if campaign.stopped_by:
            again = Press("Apply…", APPLY, {"campaign": campaign.id}, style=Style.PRIMARY)
            text = "Entra takes a moment to end the review. Press Apply once more in a minute; nothing was changed yet."
            return Said("The review is just being stopped", text, Tone.WORKING, presses=(again, show))
        case CampaignState.OPEN | CampaignState.BEGUN:
            stop = Press("Stop it now…", STOP, {"campaign": campaign.id})
            text = "Decisions can be applied once the review is over. Nothing was changed."
            return Said("The review is still under way", text, Tone.WARNING, presses=(stop, show))
        case CampaignState.APPLYING:
            return Said("Entra is applying it already", "The card shows when it is done.", presses=(show,))
        case CampaignState.APPLIED:
            return Said("This was applied already", "Nothing more was changed.", Tone.GOOD, presses=(show,))
        case _:
            return Said("There is nothing to apply", "This review never began.", Tone.WARNING)


def _effect(campaign: Campaign, items: Sequence[Item], *, changed: bool = False) -> Said:
    """Who loses what; Yes means exactly these."""
    losing = [one for one in items if one.loses(campaign.unanswered)]
    kept = len(items) - len(losing)
    names = [f"{one.person_name}: {_because(one)}" for one in losing[:MOST_NAMES]]
    more = [f"and {len(losing) - len(names)} more"] if len(losing) > len(names) else []
    people = "Nobody loses" if not losing else "1 person loses" if len(losing) == 1 else f"{len(losing)} people lose"
    lead = "The decisions have changed since you looked. Please look again. " if changed else ""
    keep = "1 person keeps it." if kept == 1 else f"{kept} people keep it."
    data = {"campaign": campaign.id, "stamp": _stamp(losing)}
    return Said(
        f"Apply the review of “{campaign.package_name}”?",
        f"{lead}{people} the access within minutes; {keep} Access that was taken can be given again with assign.",
        Tone.WARNING,
        points=(*names, *more, *(f"⚠ {one.told}" for one in campaign.gaps[:MOST_GAPS])),
        presses=(
            Press("Yes, apply", APPLY_YES, data, style=Style.DANGER if losing else Style.PRIMARY),
            Press("No", SHOW, {"campaign": campaign.id}),
        ),
    )


def _because(item: Item) -> str:
    if item.is_open:
        return "nobody decided"
    reason = f", “{item.reason[:120]}”" if item.reason else ""
    return f"decided by {item.by_name or 'Entra'}{reason}"


def _stamp(losing: Sequence[Item]) -> str:
    return hashlib.sha256("|".join(sorted(one.id for one in losing)).encode()).hexdigest()[:16]


async def _apply(campaign: Campaign, stamp: str, ask: Ask) -> Outcome:
    wrong = _not_now(campaign)
    if wrong:
        return wrong if campaign.state is not CampaignState.APPLYING else await beginning.card(campaign, ask)
    items = await finding.items_of(campaign, ask)
    losing = [one for one in items if one.loses(campaign.unanswered)]
    if stamp != _stamp(losing):
        return _effect(campaign, items, changed=True)
    name = ask.person.name
    detail = f"{campaign.package_name}: {len(losing)} lose the access"
    try:
        async with ask.doing("apply a review", campaign.package_id, detail=detail):
            for ref in campaign.rounds:
                await ask.deps.reviews.apply(ref)
    except Rejected:
        # Somebody else, or the portal, was faster: the card shows how it stands.
        await ask.deps.jobs.start(JOB_REFRESH, f"{campaign.id}-{ask.turn.key}", {"campaign": campaign.id})
        return await beginning.card(campaign, ask)
    campaign = await ask.deps.campaigns.amend(campaign.id, lambda one: _applying(one, name, ask))
    await ask.deps.jobs.start(JOB_APPLY, f"{campaign.id}-{ask.turn.key}", {"campaign": campaign.id})
    people = "Nobody loses" if not losing else "1 person loses" if len(losing) == 1 else f"{len(losing)} people lose"
    text = f"{people} the access. It takes some minutes; the card of the review shows when it is done."
    return await _answer(campaign, Said("Entra is applying the review", text, Tone.WORKING), ask)


def _applying(campaign: Campaign, name: str, ask: Ask) -> Campaign:
    if campaign.state is not CampaignState.CLOSED:
        return campaign
    return replace(campaign, state=CampaignState.APPLYING, applied_by=name, applying_at=ask.now, next_look_at=ask.now)


COMMAND = Command(
    name=SHOW,
    usage=SHOW,
    summary="Run a review.",
    parse=parse,
    run=run,
    verbs=(REMIND, STOP, STOP_YES, APPLY, APPLY_YES),
    redraws=(STOP_YES, APPLY_YES),
    by_card=True,
)
