"""`package edit`: change any setting of a package, in one sentence or page by page; shown before it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.commands.building import forming, which
from bot.commands.building.changing import Proposal, for_holders, propose
from bot.commands.building.wizard import notes_of
from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.building.amending import amended, remembering, removing
from bot.domain.building.anchoring import anchored
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.drafts import PackageDraft
from bot.domain.building.pages import Page, page_with
from bot.domain.building.resolving import Resolution, references, resolve
from bot.domain.building.sentence import Reading, read
from bot.domain.outcomes import Outcome, Press, Said, Tone
from bot.domain.packages import AccessPackage
from bot.domain.roles import Act

USAGE = 'package edit "Invited users package" days:30'
_MOST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Edit:
    """`package` an id or a name, `words` what shall change. `whole`: where the name ends in the words is not known.

    `form`: the change is to be shown page by page, so that more can be changed.
    """

    package: str
    words: str = ""
    whole: bool = False
    form: bool = False


def parse(words: str, value: Value) -> Edit:
    """From a sentence, or from a button that carries the package's id and words as people type them."""
    if value:
        words = text_of(value, "words", most=_MOST_WORDS)
        return Edit(text_of(value, "package"), words, form=text_of(value, "form") == "yes")
    name, rest = which.parted(words)
    return Edit(name, rest) if which.is_quoted(words) or not name else Edit(name, words, whole=True)


async def run(wanted: Edit, ask: Ask) -> Outcome:
    """The difference with a Yes, the form, or what was not understood; nothing is written here."""
    wanted = await _settled(wanted, ask)
    data = {"words": wanted.words}
    found = await which.package_of(wanted.package, ask, verb="package edit", usage=USAGE, data=data)
    if isinstance(found, Said):
        return found
    refused = await ask.refuse(Act.BUILD, found.catalog.id)
    if refused:
        return refused
    read_now = read(removing(wanted.words), named=True)
    reading = anchored(read_now, speaker_id=ask.person.id, today=ask.today)
    unclear = reading.unknown or reading.remarks or reading.contradictions
    if unclear and not wanted.form:
        return _puzzled(reading, found, wanted.words)
    before = await ask.deps.governance.blueprint(found.id)
    if reading == Reading(PackageDraft(policy=reading.draft.policy)):
        return await forming.opened(before, ask, policy=reading.draft.policy)
    return await _propose(before, reading, wanted, ask)


async def _settled(wanted: Edit, ask: Ask) -> Edit:
    """Where a name without quotation marks ends: it is the longest name of a package that the words begin with."""
    if not wanted.whole:
        return wanted
    words = " ".join(wanted.words.split())
    packages = await ask.deps.directory.packages()
    fitting = [one for one in packages if f"{words} ".casefold().startswith(f"{one.name} ".casefold())]
    if fitting:
        longest = max(fitting, key=lambda one: len(one.name))
        return Edit(longest.id, words[len(longest.name) :].strip())
    name = read(words).draft.name
    spaced = r"\s+".join(map(re.escape, name.split()))
    begins = re.match(spaced, words, re.IGNORECASE) if name else None
    return Edit(name or words, words[begins.end() :].strip(" ,;") if begins else "")


def _puzzled(reading: Reading, package: AccessPackage, words: str) -> Said:
    """What is unclear; the rest can be taken along to the form."""
    points = tuple(f"“{word}”" + (f": did you mean {near}?" if near else "") for word, near in reading.unknown)
    contradicting = tuple(one.text for one in reading.contradictions[:5])
    title = "That contradicts itself" if contradicting else "I did not understand all of that"
    data = {"package": package.id, "words": words}
    presses = (
        Press("Go on in the form", "package edit", {**data, "form": "yes"}),
        Press("Show package", "package", {"package": package.id}),
    )
    return Said(
        title,
        f"Nothing was changed. For example: {USAGE}",
        Tone.WARNING,
        points=(*contradicting, *reading.remarks, *points),
        presses=presses,
    )


async def _propose(before: Blueprint, reading: Reading, wanted: Edit, ask: Ask) -> Outcome:
    amendment = amended(reading, before, zone=ask.zone)
    if amendment.problems:
        return _wrong(before, Resolution(problems=amendment.problems), wanted.words)
    resolution = await _resolved(before, amendment.draft, ask)
    if resolution.blueprint is None:
        return _wrong(before, resolution, wanted.words)
    if wanted.form:
        pages = [page_with(one.field) for one in reading.contradictions]
        return await forming.opened(
            before,
            ask,
            policy=reading.draft.policy,
            wanted=resolution.blueprint,
            page=pages[0] if pages else Page.BASICS,
            notes=notes_of(reading),
        )
    data = {"package": before.id, "words": wanted.words}
    proposal = Proposal(
        before,
        resolution.blueprint,
        f"Change “{before.name}”?",
        Press("Look again", "package edit", data),
        _notes(before, resolution.blueprint, reading),
        (Press("Change more", "package edit", {**data, "form": "yes"}),),
    )
    return await propose(proposal, ask)


async def _resolved(before: Blueprint, draft: PackageDraft, ask: Ask) -> Resolution:
    """One look into the tenant for all that the sentence names."""
    asked = replace(references(draft), catalog=draft.catalog or before.catalog.id)
    found = await ask.deps.governance.look_up(asked)
    return resolve(draft, remembering(found, before), base=before, now=ask.now, zone=ask.zone)


def _notes(before: Blueprint, after: Blueprint, reading: Reading) -> tuple[str, ...]:
    """How misspelt words were read, and what the change means for those who have the package."""
    read_as = tuple(f"“{written}” was read as “{meant}”." for written, meant in reading.corrected)
    return (*read_as, *for_holders(before, after))


def _wrong(before: Blueprint, resolution: Resolution, words: str) -> Said:
    """What is wrong, and for a reference that means several things a button for each."""
    presses = tuple(
        Press(choice.title, "package edit", {"package": before.id, "words": _instead(words, ref, choice.value)})
        for field, ref in resolution.ambiguous.items()
        for choice in resolution.choices.get(field, ())
    )
    show = Press("Show package", "package", {"package": before.id})
    return Said(
        f"“{before.name}” was not changed",
        "",
        Tone.WARNING,
        points=tuple(dict.fromkeys(resolution.problems.values())),
        presses=presses[:6] or (show,),
    )


def _instead(words: str, ref: str, chosen: str) -> str:
    """The words with the reference replaced by the one that was chosen."""
    pattern = rf"[\"“”„]?{re.escape(ref)}[\"“”]?"
    return re.sub(pattern, lambda _: f'"{chosen}"', words, count=1, flags=re.IGNORECASE)


COMMAND = Command(
    name="package edit",
    usage=USAGE,
    summary="Change any setting of a package, in a sentence or page by page; shows the difference before it writes.",
    parse=parse,
    run=run,
    aliases=("edit package", "package change", "change package", "package update"),
    act=Act.BUILD,
    replaces=True,
    group="package",
)
