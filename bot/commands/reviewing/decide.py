"""Decide in a review, with the reviewer's own token: a page of it at a time, each with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.reviewing import finding, views
from bot.commands.reviewing.views import PAGE, Extra
from bot.domain.outcomes import Outcome, Press, Said, Tone
from bot.domain.reviews.campaigns import Campaign, CampaignState
from bot.domain.reviews.facts import Decision, Item, Verdict, stamp
from bot.errors import NotAsked, NotFound, SignInNeeded, Transient, UsherError, Why

USAGE = "review.decide"
WORDS = {"keep": Decision.KEEP, "remove": Decision.REMOVE, "unsure": Decision.DONT_KNOW}
MOST_REASON = 500
_OPEN, _PAGE = "review.open", "review.page"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`answers`: item id -> (decision, reason) as the fields of the card sent them; none only shows a page.

    What stands in the fields as the card filled them in is no answer: somebody else may have decided otherwise since.
    """

    campaign: str
    page: int = 0
    answers: Mapping[str, tuple[Decision, str]] = field(default_factory=dict)
    saving: bool = False


def parse(words: str, value: Value) -> Wanted:
    """The fields are numbered; which item each number stands for came with the button."""
    page = value.get("page")
    page = page if type(page) is int and 0 <= page < 10_000 else 0
    saving = text_of(value, "verb") == USAGE
    answers = {}
    for number in range(PAGE if saving else 0):
        item, said = text_of(value, f"item{number}", most=60), text_of(value, f"decision{number}", most=20)
        answer = WORDS.get(said, Decision.OPEN), text_of(value, f"reason{number}", most=MOST_REASON)
        if item and said in WORDS and stamp(*answer) != text_of(value, f"was{number}", most=20):
            answers[item] = answer
    return Wanted(finding.id_of(value), page, answers, saving)


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The reviewer's card, with what was just decided, or what is wrong beside whom."""
    campaign = await finding.campaign_of(wanted.campaign, ask)
    if isinstance(campaign, Said):
        return campaign
    if not finding.is_reviewer(campaign, ask.person.id):
        return finding.not_asked(campaign)
    if not wanted.saving:
        return await card(campaign, wanted.page, ask)
    if campaign.state is not CampaignState.OPEN:
        return await card(campaign, wanted.page, ask, Extra("This review is over. Nothing was changed."))
    items = {one.id: one for one in await finding.items_of(campaign, ask)}
    changed = [Verdict(key, items[key].ref, *answer) for key, answer in wanted.answers.items() if key in items]
    again = await begun(ask)
    changed = [one for one in changed if one.item_id in again or _differs(one, items[one.item_id])]
    if not changed:
        return await card(campaign, wanted.page, ask, Extra("Choose Keep, Remove or Don't know for somebody first."))
    said = await decide(campaign, changed, items, ask)
    if isinstance(said, Said):
        return said
    return await card(campaign, wanted.page, ask, extra_of(said, len(changed)))


async def begun(ask: Ask) -> frozenset[str]:
    """The items that this very press began to decide before: a process died, or the answer was lost."""
    return frozenset((await ask.deps.ledger.slot(_slot(ask))).split(",")) - {""}


def _slot(ask: Ask) -> str:
    return f"deciding:{ask.turn.key}"


def _differs(verdict: Verdict, item: Item) -> bool:
    return (verdict.decision, verdict.reason) != (item.decision, item.reason)


async def decide(
    campaign: Campaign, verdicts: Sequence[Verdict], items: Mapping[str, Item], ask: Ask
) -> Mapping[str, str] | Said:
    """Item id -> what is wrong ("" where the decision stands), each on record; or why nobody can decide here.

    Raises SignInNeeded, so that whoever asked is asked to sign in and the press is repeated.
    """
    problems = {one.item_id: _problem(campaign, one, items[one.item_id], ask) for one in verdicts}
    sound = [one for one in verdicts if not problems[one.item_id]]
    # Read before anything is decided: what fails in between would leave a decision without its entry.
    known = await ask.deps.sponsors.managers_of([items[one.item_id].person_id for one in sound])
    if sound:
        # Said again they are no change any more, and would be neither answered nor recorded.
        await ask.deps.ledger.keep_slot(_slot(ask), ",".join(one.item_id for one in sound))
    try:
        answers = await ask.deps.themselves.decide_reviews(ask.person.id, sound) if sound else {}
    except SignInNeeded as needed:
        if needed.why is not Why.OFF:
            raise
        return await _elsewhere(campaign, ask)
    if answers and all(isinstance(one, Transient) for one in answers.values()):
        raise next(one for one in answers.values() if one is not None)
    for one in sound:
        error, item = answers.get(one.item_id), items[one.item_id]
        problems[one.item_id] = _said(error)
        # The record knows guests by their address.
        about = known[item.person_id][0].address if item.person_id in known else ""
        await _record(campaign, one, item, about or item.person_id, error, ask)
    await _look(campaign, ask)
    return problems


def _problem(campaign: Campaign, verdict: Verdict, item: Item, ask: Ask) -> str:
    if item.person_id == ask.person.id:
        return "Nobody decides about themselves."
    if not campaign.may_decide(ask.person.id, item):
        return "You are not asked about this person."
    if campaign.reason_required and verdict.decision is not Decision.DONT_KNOW and not verdict.reason:
        return "This review asks for a reason."
    return ""


def _said(error: Exception | None) -> str:
    if error is None:
        return ""
    if isinstance(error, NotAsked):
        return "Entra says that somebody else is asked about this person."
    if isinstance(error, NotFound):
        return "Entra no longer asks about this person."
    return error.explanation if isinstance(error, UsherError) else "That did not work."


_IN_WORDS = {Decision.KEEP: "keep", Decision.REMOVE: "remove", Decision.DONT_KNOW: "don't know"}


async def _record(
    campaign: Campaign, verdict: Verdict, item: Item, about: str, error: Exception | None, ask: Ask
) -> None:
    await ask.record(
        "decide in a review",
        about,
        result="refused" if error else _IN_WORDS[verdict.decision],
        detail=f"{campaign.package_name}: {item.person_name}" + (f", {verdict.reason[:200]}" if verdict.reason else ""),
        package=campaign.package_id,
        key=f"{ask.turn.key}:{verdict.item_id}",
    )


async def _look(campaign: Campaign, ask: Ask) -> None:
    """The other cards of this review follow at once."""
    await ask.deps.jobs.start("review.refresh", f"{campaign.id}-{ask.turn.key}", {"campaign": campaign.id})


async def _elsewhere(campaign: Campaign, ask: Ask) -> Said:
    """Without signing in, people decide in My Access."""
    return Said(
        "Please decide in My Access",
        "Decisions are made in your own name, and signing in to Usher is not set up in this organisation. Nothing was "
        "changed here; what you decide in My Access shows on this card, too.",
        Tone.WARNING,
        presses=(
            Press("Open My Access", url=await views.my_access(ask.deps)),
            Press("Back", _OPEN, {"campaign": campaign.id}),
        ),
    )


async def card(campaign: Campaign, page: int, ask: Ask, extra: Extra | None = None) -> Outcome:
    """The asker's card in this review, read afresh."""
    items = await finding.items_of(campaign, ask)
    zone = ask.turn.caller.time_zone
    return await views.review_card(campaign, ask.person.id, items, page, ask.deps, time_zone=zone, extra=extra)


def extra_of(said: Mapping[str, str], count: int) -> Extra:
    """How many decisions stand, and what is wrong with the others."""
    wrong = sum(bool(one) for one in said.values())
    saved = count - wrong
    people = "1 decision" if saved == 1 else f"{saved} decisions"
    note = f"✔ {people} saved. You can change them until the review ends." if saved else ""
    if wrong:
        note = f"{note} ✖ {wrong} could not be saved: see below.".strip()
    return Extra(note, {key: one for key, one in said.items() if one})


COMMAND = Command(
    name=USAGE,
    usage=USAGE,
    summary="Decide in a review.",
    parse=parse,
    run=run,
    verbs=(_OPEN, _PAGE),
    redraws=(USAGE, _PAGE),
    by_card=True,
)
