"""`package new`: describe an access package in one sentence or page by page, look at all of it, and create it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands.building import building, changing, drafting, forming, wizard
from bot.commands.building.understanding import understand
from bot.commands.building.wizard import Turned, notes_of
from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.building.anchoring import anchored
from bot.domain.building.builds import Build, BuildState
from bot.domain.building.drafts import PackageDraft
from bot.domain.building.pages import Page
from bot.domain.building.sentence import Reading, read
from bot.domain.outcomes import DraftsOpen, Outcome, Press, Said, Style, Tone
from bot.domain.roles import Act
from bot.errors import Forbidden, NotFound, Rejected, UsherError

USAGE = 'package new "Invited users package" app:App4Guest role:"Default Access" for:all-users approve:no days:14'
_MOST_WORDS = 4000
_PAGES = (
    "package.next",
    "package.back",
    "package.update",
    "package.pick",
    "package.unask",
    "package.goto",
    "package.typed",
    "package.drop",
    "package.continue",
    "package.anew",
    "package.create",
    "package.again",
)
"""The verbs of the wizard's own buttons: each redraws its card."""
_CHANGED = "Something changed in Microsoft Entra since you reviewed this. Nothing was written: look again."


@dataclass(frozen=True, slots=True)
class Described:
    """A package in one sentence, or in a `catalog` (its id) that a button named.

    `anew` begins one though another draft is open.
    """

    reading: Reading
    anew: bool = False
    catalog: str = ""


def parse(words: str, value: Value) -> Described | Turned:
    """From one sentence, or from a card of the wizard."""
    verb = text_of(value, "verb", most=60)
    if not value or verb == "package new":
        return Described(read(words) if words else Reading(), catalog=text_of(value, "catalog", most=100))
    if verb == "package.anew":
        return Described(Reading(), anew=True, catalog=text_of(value, "catalog", most=100))
    page, to = text_of(value, "page", most=20), text_of(value, "goto", most=20)
    number = text_of(value, "pick", most=3)
    return Turned(
        verb,
        text_of(value, "build", most=100),
        text_of(value, "stamp", most=40),
        Page(page) if page in set(Page) else None,
        {**value, "unask": "yes" if verb == "package.unask" else "no"},
        read(text_of(value, "words", most=_MOST_WORDS)) if verb == "package.typed" else None,
        Page(to) if to in set(Page) else None,
        int(number) if number.isascii() and number.isdigit() else None,
    )


async def run(wanted: Described | Turned, ask: Ask) -> Outcome:
    """A page, the review, or the card of the package that is being made."""
    if wanted.reading:
        wanted = replace(wanted, reading=anchored(wanted.reading, speaker_id=ask.person.id, today=ask.today))
    if isinstance(wanted, Described):
        return await _described(wanted, ask)
    try:
        return await _turned(wanted, ask)
    except (Forbidden, NotFound, Rejected) as error:
        # The draft is kept, but its card would be gone: the answer takes its place.
        return _refused(error, wanted.build_id)


def _refused(error: UsherError, build_id: str) -> Said:
    facts = (("Code", error.code),) if error.code else ()
    presses = (Press("Go on with the draft", "package.continue", {"build": build_id}),)
    text = f"{error.explanation} Your draft is kept."
    return Said("That did not work", text, Tone.BAD, facts=facts, presses=presses)


async def _turned(wanted: Turned, ask: Ask) -> Outcome:
    build = await drafting.own(wanted.build_id, ask)
    if isinstance(build, Said):
        return build
    if build.state is not BuildState.DRAFT:
        return await building.start(build.id, ask)
    if wanted.verb == "package.drop":
        await drafting.drop(build, ask)
        return Said("Cancelled", "Nothing was written; the draft is gone.", presses=(Press("Help", "help"),))
    if wanted.verb == "package.continue":
        return await wizard.present(build, ask)
    if wanted.verb == "package.again":
        return await forming.again(build, ask)
    if wanted.verb == "package.create":
        return await _create(wanted, build, ask)
    return await wizard.turn(wanted, build, ask)


async def _described(wanted: Described, ask: Ask) -> Outcome:
    """With words the review at once, or the first page with a gap; without words the wizard's beginning."""
    notes = notes_of(wanted.reading)
    if wanted.reading.contradictions:
        return await wizard.clarify(await drafting.begin(wanted.reading.draft, ask), wanted.reading, ask)
    if wanted.reading.draft != PackageDraft():
        build = await drafting.begin(wanted.reading.draft, ask)
        return await wizard.to_review(build, await understand(build.draft, ask, offering=False), ask, notes=notes)
    drafts = await ask.deps.ledger.open_drafts(ask.person.id)
    earlier = [one for one in drafts if one.id != drafting.id_of(ask.turn)]
    if earlier and not wanted.anew:
        return _which(earlier, wanted.catalog)
    for one in earlier:
        await drafting.drop(one, ask)
    draft = PackageDraft(catalog=wanted.catalog)
    return await wizard.present(await drafting.begin(draft, ask), ask, notes=notes)


def _which(drafts: list[Build], catalog: str) -> DraftsOpen:
    """Go on with an open draft, or begin anew."""
    presses = [
        Press(f"Go on with {_called(one)}", "package.continue", {"build": one.id}, style=Style.PRIMARY)
        for one in drafts[:3]
    ]
    many = "an access package that is" if len(drafts) == 1 else f"{len(drafts)} access packages that are"
    text = (
        f"You began to describe {many} not made yet. To start anew drops what you began. "
        "Press a button, or type go on, anew, or cancel."
    )
    anew = Press("Start anew", "package.anew", {"catalog": catalog})
    return DraftsOpen(Said("Go on, or start anew?", text, presses=(*presses, anew)))


def _called(build: Build) -> str:
    return f"“{build.draft.name}”" if build.draft.name else "the draft"


async def _create(wanted: Turned, build: Build, ask: Ask) -> Outcome:
    """What the review showed is made; after a while it is looked up anew first. Rights are asked for in any case."""
    if wanted.stamp and wanted.stamp != build.stamp:
        return await wizard.turn(replace(wanted, verb="package.goto"), build, ask)
    if build.before or not drafting.is_fresh(build, ask):
        understood = await understand(build.draft, ask, before=build.before, offering=False)
        blueprint = understood.resolution.blueprint
        if blueprint is None or understood.problems or (build.wanted and blueprint != build.wanted):
            return await wizard.to_review(build, understood, ask, notes=(_CHANGED,))
        refused = await ask.refuse(Act.BUILD, blueprint.catalog.id)
        if refused:
            return refused
        build = await drafting.reviewed(build, blueprint, ask)
    if build.before and build.wanted:
        return await changing.decide(build, Press("Look again", "package.again", {"build": build.id}), ask)
    return await building.start(build.id, ask)


COMMAND = Command(
    name="package new",
    usage=USAGE,
    summary="Make an access package: in one sentence, or page by page (just “package new”).",
    parse=parse,
    run=run,
    aliases=("new package", "create package", "package create"),
    verbs=_PAGES,
    redraws=_PAGES,
    act=Act.BUILD,
)
