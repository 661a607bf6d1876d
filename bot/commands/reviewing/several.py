"""Decide about several people of a review at once: choose, look at what it means, then Yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.reviewing import decide, finding
from bot.commands.reviewing.decide import MOST_REASON, WORDS
from bot.commands.reviewing.views import Extra
from bot.domain.outcomes import Choice, Outcome, Press, Said, SeveralForm, Style, Tone
from bot.domain.reviews.campaigns import Campaign, CampaignState
from bot.domain.reviews.facts import Decision, Item, Verdict

USAGE = "review.several"
_PREVIEW, _YES = "review.several.preview", "review.several.yes"
EVERYBODY = "open"
MOST = 40
_DOES = {Decision.KEEP: "keep", Decision.REMOVE: "remove", Decision.DONT_KNOW: "say “don't know” about"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """`chosen`: item ids, or EVERYBODY who is open. `count`: how many the preview showed."""

    campaign: str
    step: str = "ask"
    chosen: tuple[str, ...] = ()
    decision: Decision | None = None
    word: str = ""
    reason: str = ""
    count: int = 0


def parse(words: str, value: Value) -> Wanted:
    """A list of several choices comes back as one text with commas."""
    step = {_PREVIEW: "preview", _YES: "yes"}.get(text_of(value, "verb"), "ask")
    chosen = [one.strip() for one in text_of(value, "chosen", most=4000).split(",")]
    word, count = text_of(value, "decision", most=20), value.get("count")
    return Wanted(
        campaign=finding.id_of(value),
        step=step,
        chosen=tuple(dict.fromkeys(one for one in chosen if one))[: MOST + 1],
        decision=WORDS.get(word),
        word=word,
        reason=text_of(value, "reason", most=MOST_REASON),
        count=count if type(count) is int else 0,
    )


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The form, the preview, or the reviewer's card with all of it decided."""
    campaign = await finding.campaign_of(wanted.campaign, ask)
    if isinstance(campaign, Said):
        return campaign
    if not finding.is_reviewer(campaign, ask.person.id):
        return finding.not_asked(campaign)
    if campaign.state is not CampaignState.OPEN:
        return await decide.card(campaign, 0, ask, Extra("This review is over. Nothing was changed."))
    mine = campaign.items_for(ask.person.id, await finding.items_of(campaign, ask))
    problems = {} if wanted.step == "ask" else _problems(wanted, campaign)
    again = await decide.begun(ask) if wanted.step == "yes" else frozenset()
    picked = [one for one in mine if one.id in again] or _picked(wanted, mine)
    if wanted.step != "ask" and not picked and not problems:
        problems["chosen"] = "Choose at least one person."
    if wanted.step == "ask" or problems or wanted.decision is None:
        return _form(campaign, mine, wanted, problems)
    if wanted.step == "preview" or (len(picked) != wanted.count and not again):
        return _preview(campaign, picked, wanted, changed=wanted.step == "yes")
    verdicts = [Verdict(one.id, one.ref, wanted.decision, wanted.reason) for one in picked]
    said = await decide.decide(campaign, verdicts, {one.id: one for one in picked}, ask)
    if isinstance(said, Said):
        return said
    return _done(campaign, picked, said)


def _done(campaign: Campaign, picked: Sequence[Item], said: Mapping[str, str]) -> Said:
    """The reviewer's own card follows by itself; here stands what became of it."""
    wrong = [f"{one.person_name}: {said[one.id]}" for one in picked if said.get(one.id)]
    saved = len(picked) - len(wrong)
    title = "1 decision is saved" if saved == 1 else f"{saved} decisions are saved"
    text = "You can change them until the review ends." if saved else "Nothing was changed."
    if wrong:
        text = f"{text} {len(wrong)} could not be saved."
    presses = (Press("Open the review", "review.open", {"campaign": campaign.id}),)
    return Said(title, text, Tone.WARNING if wrong else Tone.GOOD, points=tuple(wrong[:15]), presses=presses)


def _problems(wanted: Wanted, campaign: Campaign) -> dict[str, str]:
    problems = {}
    if wanted.decision is None:
        problems["decision"] = "Choose what you decide."
    if campaign.reason_required and not wanted.reason and wanted.decision is not Decision.DONT_KNOW:
        problems["reason"] = "This review asks for a reason."
    return problems


def _picked(wanted: Wanted, mine: Sequence[Item]) -> list[Item]:
    everybody = EVERYBODY in wanted.chosen
    return [one for one in mine if one.id in wanted.chosen or (everybody and one.is_open)]


def _form(campaign: Campaign, mine: Sequence[Item], wanted: Wanted, problems: dict[str, str]) -> SeveralForm:
    waiting = [one for one in mine if one.is_open]
    everybody = Choice(f"Everybody who is still open ({len(waiting)})", EVERYBODY)
    offered = sorted(mine, key=lambda one: not one.is_open)[:MOST]
    choices = tuple(Choice(_title(one), one.id) for one in offered)
    first = (everybody,) if len(waiting) > 1 else ()
    return SeveralForm(
        campaign.id, campaign.package_name, (*first, *choices), len(mine), reason=wanted.reason, problems=problems
    )


def _title(item: Item) -> str:
    return item.person_name if item.is_open else f"{item.person_name} (decided)"


def _preview(campaign: Campaign, picked: Sequence[Item], wanted: Wanted, *, changed: bool) -> Said:
    does = _DOES[wanted.decision or Decision.KEEP]
    count = len(picked)
    people = picked[0].person_name if count == 1 else f"{count} people"
    overruled = [one for one in picked if not one.is_open and one.decision is not wanted.decision]
    notes = [f"{len(overruled)} of them were decided otherwise before."] if overruled else []
    if changed:
        notes.insert(0, "Who is open has changed since you looked. Please look again.")
    names = [one.person_name for one in picked[:15]]
    more = [f"and {count - len(names)} more"] if count > len(names) else []
    ids = EVERYBODY if EVERYBODY in wanted.chosen else ",".join(one.id for one in picked)
    data = {"campaign": campaign.id, "decision": wanted.word, "reason": wanted.reason, "chosen": ids, "count": count}
    style = Style.DANGER if wanted.decision is Decision.REMOVE else Style.PRIMARY
    return Said(
        f"{does.capitalize()} {people}?",
        "You can change it until the review ends." + "".join(f" {one}" for one in notes),
        Tone.WARNING,
        facts=(("Access package", campaign.package_name), ("Reason", wanted.reason or "none")),
        points=(*names, *more),
        presses=(
            Press("Yes, decide", _YES, data, style=style),
            Press("Back", USAGE, {"campaign": campaign.id}),
        ),
    )


COMMAND = Command(
    name=USAGE,
    usage=USAGE,
    summary="Decide about several people at once.",
    parse=parse,
    run=run,
    verbs=(_PREVIEW, _YES),
    redraws=(USAGE, _PREVIEW, _YES),
    by_card=True,
)
