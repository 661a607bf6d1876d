"""`package apply`: make access packages in the tenant what a file says, after showing what that means."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from bot.commands.building import building
from bot.commands.building.progress import progress
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.filing import source
from bot.commands.filing.keeping import KeptFile, claim, keep, kept
from bot.commands.filing.overview import overview, refused
from bot.commands.filing.planning import Plan, plan
from bot.commands.filing.showing import applying, build_of, ready
from bot.domain.building.builds import Build
from bot.domain.outcomes import BuildLine, BuildProgress, FilePlan, Outcome, Press, Said, Several, Style, Tone
from bot.domain.roles import Act

USAGE = "package apply (with a file, or its text behind these words)"
MOST_CARDS = 5
"""Builds that show every step on a card of their own at once; the overview leads to the others."""
_STEPS = {f"package.apply.{step}": step for step in ("yes", "no", "state", "show")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """`step` "look" (with the pasted `text`), or what a button of a file's card means. Only a card can say yes."""

    step: str
    text: str = ""
    file: str = ""
    plan: str = ""
    build: str = ""


def parse(words: str, value: Value) -> Wanted:
    """A text to look at, or a button."""
    step = _STEPS.get(text_of(value, "verb"), "look")
    if step == "look":
        return Wanted(step, text=source.parse(words, value))
    return Wanted(step, file=text_of(value, "file"), plan=text_of(value, "plan"), build=text_of(value, "build"))


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The plan first; then every package is a build of its own, under way."""
    if wanted.step == "look":
        return await _look(wanted.text, ask)
    if wanted.step == "no":
        return Said("Nothing was changed", "The packages stay as they are.")
    file = await kept(wanted.file, ask)
    if file is None:
        return Said("I do not have this file any more", "Send it once more. Nothing was changed.", Tone.WARNING)
    if wanted.step == "show":
        return await _show(wanted, ask)
    if wanted.step == "state":
        return await _state(wanted.file, file, ask)
    return await _apply(wanted, file, ask)


async def _look(text: str, ask: Ask) -> Outcome:
    found = await source.source(text, ask, command="package apply")
    if isinstance(found, Said):
        return found
    meant = await plan(found, ask)
    shown = await applying(meant, ask, build_id=ask.turn.key)
    if ready(shown):
        await keep(ask.turn.key, found, ask)
    return _with_buttons(shown, ask.turn.key, meant)


def _with_buttons(shown: FilePlan, file_id: str, meant: Plan) -> FilePlan:
    if not ready(shown):
        return shown
    data = {"file": file_id, "plan": meant.digest}
    yes = Press("Apply", "package.apply.yes", data, style=Style.PRIMARY)
    return replace(shown, presses=(yes, Press("Cancel", "package.apply.no", {"file": file_id})))


async def _apply(wanted: Wanted, file: KeptFile, ask: Ask) -> Outcome:
    """Looked at and authorised anew: what is written is what was on the card, or the card shows what is new."""
    if file.owner_id != ask.person.id:
        text = "Somebody else sent it. Send it yourself, and you see what it means before you apply it."
        return Said("This is not your file", text, Tone.BAD)
    meant = await plan(file.text, ask)
    if not file.applied:
        shown = await applying(meant, ask, build_id=wanted.file)
        if not ready(shown) or meant.digest != wanted.plan:
            note = "Something changed since you looked. This is what applying it would do now; nothing was written yet."
            return replace(_with_buttons(shown, wanted.file, meant), note=note)
        await claim(wanted.file, ask)
    return await _begin(wanted.file, meant, ask)


async def _begin(file_id: str, meant: Plan, ask: Ask) -> Outcome:
    """Each package's build is begun, once, whoever presses and however often."""
    builds: list[Build] = []
    shown: list[BuildProgress] = []
    lines: list[BuildLine] = []
    for at, one in enumerate(meant.packages):
        build = await ask.deps.ledger.build(f"{file_id}-{at}")
        if build is None and one.changes:
            build = await ask.deps.ledger.open_build(build_of(one, f"{file_id}-{at}", ask))
        if build is None:
            continue
        answer = await building.start(build.id, ask)
        if isinstance(answer, BuildProgress):
            shown.append(answer)
            builds.append(await ask.deps.ledger.build(build.id) or build)
        elif isinstance(answer, Said):
            lines.append(refused(build, answer))
    if not builds and not lines:
        return Said("Nothing to do", "The packages are as the file says.", Tone.GOOD)
    if len(builds) == 1 and not lines:
        return shown[0]
    whole = await overview(builds, file_id, ask)
    return Several((replace(whole, lines=(*whole.lines, *lines)), *shown[:MOST_CARDS]))


async def _state(file_id: str, file: KeptFile, ask: Ask) -> Outcome:
    reading = await asyncio.to_thread(ask.deps.package_files.read, file.text)
    found = [await ask.deps.ledger.build(f"{file_id}-{at}") for at in range(len(reading.packages))]
    builds = [one for one in found if one and one.wanted and ask.may(Act.READ, one.wanted.catalog.id)]
    if not builds:
        return Said("Nothing is under way", "Nobody applied this file yet.")
    return await overview(builds, file_id, ask)


async def _show(wanted: Wanted, ask: Ask) -> Outcome:
    """The card of one build of this file, with every step."""
    build = await ask.deps.ledger.build(wanted.build) if wanted.build.startswith(f"{wanted.file}-") else None
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
    redraws=("package.apply.yes", "package.apply.no", "package.apply.state"),
    group="package",
    act=Act.BUILD,
    verbatim=True,
)
