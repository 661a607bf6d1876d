"""What came of a review: a card with every decision, and the same as a file for spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.filing import offered
from bot.commands.filing.offered import Answer
from bot.commands.reviewing import finding
from bot.domain.outcomes import FileOffer, Outcome, PackageFile, Press, ReviewResult, Said, weight
from bot.domain.outcomes.filing import LONGEST_PART
from bot.domain.reviews.campaigns import Campaign
from bot.domain.reviews.facts import Item, tally
from bot.domain.reviews.sheet import written
from bot.domain.turns import Place

USAGE = "review.result"
_CSV, _FILE = "review.csv", "review.file"
_NAME = "review.csv"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`answer`: once the file was offered."""

    campaign: str
    as_file: bool = False
    answer: Answer | None = None


def parse(words: str, value: Value) -> Wanted:
    """From a button, or Teams' answer to the offered file."""
    verb = text_of(value, "verb")
    answer = offered.read(value) if verb == _FILE else None
    return Wanted(finding.id_of(value), verb in (_CSV, _FILE), answer)


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """Read afresh: decisions stay in Entra after they were applied."""
    if wanted.answer and not wanted.answer.accepted:
        return Said("No file was saved", "The card still shows the result.")
    campaign = await finding.run_by(wanted.campaign, ask)
    if isinstance(campaign, Said):
        return campaign
    items = await finding.items_of(campaign, ask)
    if wanted.as_file:
        return await _file(campaign, items, wanted.answer, ask)
    data = {"campaign": campaign.id}
    presses = (Press("As CSV", _CSV, data), Press("Show the review", "review.show", data))
    return ReviewResult(campaign, _sorted(items), tally(items), presses, ask.turn.caller.time_zone)


def _sorted(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Those who lose access first, then those nobody decided about."""
    order = ["Deny", "NotReviewed", "DontKnow", "Approve"]
    return tuple(sorted(items, key=lambda one: (order.index(one.decision.value), one.person_name.casefold(), one.id)))


async def _file(campaign: Campaign, items: tuple[Item, ...], answer: Answer | None, ask: Ask) -> Outcome:
    text = written(_sorted(items), campaign.package_name, ask.zone)
    if answer:
        unplaced = offered.nowhere(answer)
        if unplaced:
            return unplaced
        target = campaign.package_id
        return await offered.save(answer, _NAME, text, ask, act="export a review", target=target, kind="csv")
    title = f"Review of “{campaign.package_name}”"
    if ask.turn.conversation.place is not Place.PERSONAL:
        count = len(items)
        while count and weight(text) > LONGEST_PART:
            count //= 2
            text = written(_sorted(items)[:count], campaign.package_name, ask.zone)
        note = "" if count == len(items) else f"The first {count} people. Ask in our 1:1 chat for a file with all."
        return PackageFile(_NAME, text, (title,), note=note, hint="Copy it into a file whose name ends with .csv.")
    data = {"campaign": campaign.id, "verb": _FILE}
    about = f"{title}, as CSV. Teams saves the file in your OneDrive."
    return FileOffer(_NAME, about, len(text.encode()), data, data)


COMMAND = Command(
    name=USAGE,
    usage=USAGE,
    summary="What came of a review.",
    parse=parse,
    run=run,
    verbs=(_CSV, _FILE),
    redraws=(_FILE,),
    by_card=True,
)
