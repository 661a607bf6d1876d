"""`package apply`: make access packages in the tenant what a file says, after showing what that means."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands.building import building
from bot.commands.building.progress import progress
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.filing import keeping, source
from bot.commands.filing.going_on import go_on, why
from bot.commands.filing.keeping import KeptFile, build_id, claim, keep, kept
from bot.commands.filing.overview import overview
from bot.commands.filing.planning import Plan, plan
from bot.commands.filing.showing import applying, build_of, ready
from bot.domain.outcomes import BuildProgress, FilePlan, Outcome, Press, Said, Several, Style, Tone, Unclear
from bot.domain.roles import Act

USAGE = "package apply (with a file, or its text behind these words)"
MOST_CARDS = 5
"""Builds that show every step on a card of their own at once; the overview leads to the others."""
_STEPS = {f"package.apply.{step}": step for step in ("yes", "no", "state", "show", "resume", "choose")}
_MOST_CHOICES = 4
"""References that can be chosen for on one card; more come with the next look."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`step` "look" (with the pasted `text`), or what a button of a file's card means. Only a card can say yes."""

    step: str
    text: str = ""
    file: str = ""
    plan: str = ""
    build: str = ""
    chosen: tuple[tuple[str, str], ...] = ()


def parse(words: str, value: Value) -> Wanted:
    """A text to look at, or a button."""
    step = _STEPS.get(text_of(value, "verb"), "look")
    if step == "look":
        return Wanted(step, text=source.parse(words, value))
    pairs = ((text_of(value, f"ref.{at}"), text_of(value, f"pick.{at}")) for at in range(_MOST_CHOICES))
    chosen = tuple((ref, pick) for ref, pick in pairs if ref and pick)
    return Wanted(step, "", text_of(value, "file"), text_of(value, "plan"), text_of(value, "build"), chosen)


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The plan first; then every package is a build of its own, under way."""
    if wanted.step == "look":
        return await _look(wanted.text, ask)
    if wanted.step == "no":
        return Said("Nothing was changed", "The packages stay as they are.")
    file = await kept(wanted.file, ask.deps.ledger)
    if file is None:
        return Said("I do not have this file any more", "Send it once more. Nothing was changed.", Tone.WARNING)
    if wanted.step == "show":
        return await _show(wanted, file, ask)
    if wanted.step == "state":
        return await _state(wanted.file, file, ask)
    if wanted.step == "resume":
        return await go_on(wanted.file, file, ask)
    if wanted.step == "choose" and file.owner_id == ask.person.id:
        await keeping.choose(wanted.file, dict(wanted.chosen), ask.deps.ledger)
        file = await kept(wanted.file, ask.deps.ledger) or file
    return await _apply(wanted, file, ask)


async def _look(text: str, ask: Ask) -> Outcome:
    found = await source.source(text, ask, command="package apply")
    if isinstance(found, Said):
        return found
    meant = await plan(found, ask)
    shown = await applying(meant, ask, file_id=ask.turn.key)
    if ready(shown) or _unclear(meant):
        await keep(ask.turn.key, found, len(meant.packages), ask)
    return _with_buttons(shown, ask.turn.key, meant)


def _with_buttons(shown: FilePlan, file_id: str, meant: Plan) -> FilePlan:
    if not ready(shown):
        return _choosing(shown, file_id, meant)
    data = {"file": file_id, "plan": meant.digest}
    yes = Press("Apply", "package.apply.yes", data, style=Style.PRIMARY)
    return replace(shown, presses=(yes, Press("Cancel", "package.apply.no", {"file": file_id})))


def _unclear(meant: Plan) -> tuple[Unclear, ...]:
    """What can be chosen, each reference once."""
    found = {ref: choices for one in meant.packages for ref, choices in one.result.unclear}
    return tuple(Unclear(ref, choices) for ref, choices in list(found.items())[:_MOST_CHOICES])


def _choosing(shown: FilePlan, file_id: str, meant: Plan) -> FilePlan:
    unclear = _unclear(meant)
    if not unclear:
        return shown
    data = {"file": file_id, **{f"ref.{at}": one.ref for at, one in enumerate(unclear)}}
    choose = Press("Use these", "package.apply.choose", data, style=Style.PRIMARY)
    return replace(shown, unclear=unclear, choose=choose)


async def _apply(wanted: Wanted, file: KeptFile, ask: Ask) -> Outcome:
    """Looked at and authorised anew: what is written is what was on the card, or the card shows what is new."""
    if file.owner_id != ask.person.id:
        text = "Somebody else sent it. Send it yourself, and you see what it means before you apply it."
        return Said("This is not your file", text, Tone.BAD)
    meant = await plan(file.text, ask, file.chosen)
    if not file.applied:
        shown = await applying(meant, ask, file_id=wanted.file)
        if wanted.step == "choose":
            return _with_buttons(shown, wanted.file, meant)
        if not ready(shown) or meant.digest != wanted.plan:
            note = "Something changed since you looked. This is what applying it would do now; nothing was written yet."
            return replace(_with_buttons(shown, wanted.file, meant), note=note)
        await claim(wanted.file, ask)
    return await _begin(wanted.file, file, meant, ask)


async def _begin(file_id: str, file: KeptFile, meant: Plan, ask: Ask) -> Outcome:
    """Each package's build is begun, once, whoever presses and however often."""
    shown: list[BuildProgress] = []
    refused: dict[str, str] = {}
    for at, one in enumerate(meant.packages):
        build = await ask.deps.ledger.build(build_id(file_id, at))
        if build is None and one.changes:
            build = await ask.deps.ledger.open_build(build_of(one, file_id, at, ask))
        if build is None:
            continue
        answer = await building.start(build.id, ask)
        if isinstance(answer, BuildProgress):
            shown.append(answer)
        elif isinstance(answer, Said):
            refused[build.id] = why(answer)
    if not shown and not refused:
        return Said("Nothing to do", "The packages are as the file says.", Tone.GOOD)
    if len(shown) == 1 and not refused:
        return shown[0]
    await keeping.refuse(file_id, refused, ask.deps.ledger)
    whole = await overview(file_id, replace(file, refused=refused), ask.deps.ledger)
    return Several((whole, *shown[:MOST_CARDS]))


async def _state(file_id: str, file: KeptFile, ask: Ask) -> Outcome:
    builds = await ask.deps.ledger.builds(file.build_ids(file_id))
    if not builds:
        return Said("Nothing is under way", "Nobody applied this file yet.")
    for catalog_id in sorted({one.wanted.catalog.id for one in builds if one.wanted}):
        refused = await ask.refuse(Act.READ, catalog_id)
        if refused:
            return refused
    return await overview(file_id, file, ask.deps.ledger)


async def _show(wanted: Wanted, file: KeptFile, ask: Ask) -> Outcome:
    """The card of one build of this file, with every step."""
    build = await ask.deps.ledger.build(wanted.build) if wanted.build in file.build_ids(wanted.file) else None
    if build is None or build.wanted is None:
        return Said("I do not know this build", "Send the file once more to see where its packages are.", Tone.WARNING)
    return await ask.refuse(Act.BUILD, build.wanted.catalog.id) or await progress(build, ask.deps)


COMMAND = Command(
    name="package apply",
    usage=USAGE,
    summary="Make access packages what a file says (shows it before it writes).",
    parse=parse,
    run=run,
    aliases=("packages apply", "package import"),
    verbs=tuple(_STEPS),
    redraws=(
        "package.apply.yes",
        "package.apply.no",
        "package.apply.state",
        "package.apply.resume",
        "package.apply.choose",
    ),
    group="package",
    act=Act.BUILD,
    verbatim=True,
)
