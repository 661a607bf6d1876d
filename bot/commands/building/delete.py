"""`package delete`: take a package away for good, after saying what stands in the way and who loses access."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands.building import which
from bot.commands.building.deleting import progress, question
from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.building import deletion
from bot.domain.building.builds import Build, BuildState
from bot.domain.outcomes import Outcome, Press, Said, Tone
from bot.domain.roles import Act
from bot.errors import NotFound

USAGE = 'package delete "Invited users package"'
JOB = "dismantle"
_STEPS = {"package.delete.yes": "yes", "package.delete.no": "no", "package.delete.again": "again"}


@dataclass(frozen=True, slots=True)
class Wish:
    """`step` "ask" is about a `package`, the others about the `build` on the card. `typed`: the name, as confirmation."""

    step: str
    package: str = ""
    build: str = ""
    typed: str = ""


def parse(words: str, value: Value) -> Wish:
    """Only a card can say yes."""
    step = _STEPS.get(text_of(value, "verb", most=60), "ask")
    return Wish(step, which.named(words, value), text_of(value, "build"), text_of(value, "confirm"))


async def run(wanted: Wish, ask: Ask) -> Outcome:
    """The question; then the package is on its way out and the card follows it."""
    if wanted.step == "ask":
        return await _ask(wanted.package, ask)
    build = await ask.deps.ledger.build(wanted.build) if wanted.build else None
    if build is None or build.before is None or not deletion.is_deletion(build):
        return _unknown()
    refused = await ask.refuse(Act.BUILD, build.before.catalog.id)
    if refused:
        return refused
    if wanted.step == "again":
        return await _again(build, ask)
    if build.owner_id != ask.person.id:
        return _unknown()
    if build.state is BuildState.DROPPED:
        return Said("Nothing was changed", f"“{build.before.name}” stays as it is.")
    return await (_drop(build, ask) if wanted.step == "no" else _yes(build, wanted.typed, ask))


def _unknown() -> Said:
    """A build that does not exist is told like another's: ids are nobody's business."""
    return Said("That question is not yours", f"Type {USAGE} to ask. Nothing was changed.", Tone.WARNING)


async def _ask(package: str, ask: Ask) -> Outcome:
    found = await which.package_of(package, ask, verb="package delete", usage=USAGE)
    if isinstance(found, Said):
        return found
    refused = await ask.refuse(Act.BUILD, found.catalog.id)
    if refused:
        return refused
    return await question(await ask.deps.governance.blueprint(found.id), ask)


async def _yes(build: Build, typed: str, ask: Ask) -> Outcome:
    """Under way, when the name was typed and nobody got the package since the question was asked."""
    before = build.before
    assert before is not None
    if build.state is not BuildState.DRAFT:
        if build.state is BuildState.BUILDING:
            await _start(build, ask)
        return progress(build, ask.deps)
    try:
        now = await ask.deps.governance.blueprint(before.id)
    except NotFound:
        return Said("The package is gone", "Somebody deleted it meanwhile.", Tone.GOOD)
    if build.made and not deletion.is_the_name(typed, before.name):
        text = f"Type the name of the package, {before.name}, and press the button again."
        return await question(now, ask, problem=text)
    fresh = await question(now, ask)
    seen = await ask.deps.ledger.build(fresh.build_id) if fresh.build_id else None
    if seen is None:
        return fresh
    if seen.made.keys() - build.made.keys():
        text = "Somebody got the package since you looked. This is who has it now; confirm once more."
        return replace(fresh, problem=text)
    return await _claim(build, ask)


async def _claim(build: Build, ask: Ask) -> Outcome:
    """Claimed once, whoever presses and however often."""
    ours: list[bool] = []

    def claim(one: Build) -> Build:
        claimed = deletion.confirmed(one, ask.now)
        ours[:] = [claimed is not one]
        return claimed

    build = await ask.deps.ledger.amend_build(build.id, claim)
    if ours[0]:
        await _record(build, "delete access package", ask)
    await _start(build, ask)
    return progress(build, ask.deps)


async def _start(build: Build, ask: Ask) -> None:
    await ask.deps.jobs.start(JOB, build.id, {"build": build.id, "by": ask.person.id})


async def _drop(build: Build, ask: Ask) -> Outcome:
    """The question is answered with no; what is under way already goes on."""

    def dropped(one: Build) -> Build:
        return replace(one, state=BuildState.DROPPED) if one.state is BuildState.DRAFT else one

    build = await ask.deps.ledger.amend_build(build.id, dropped)
    if build.state is not BuildState.DROPPED or build.before is None:
        return progress(build, ask.deps)
    show = Press("Show package", "package", {"package": build.package_id})
    return Said("Nothing was changed", f"“{build.before.name}” stays as it is.", presses=(show,))


async def _again(build: Build, ask: Ask) -> Outcome:
    """Whoever may build in the catalog goes on with a deletion that stands still."""
    if build.state in (BuildState.DRAFT, BuildState.DROPPED):
        return _unknown()
    if build.state is BuildState.FAILED:
        build = await ask.deps.ledger.amend_build(build.id, lambda one: deletion.resumed(one, ask.now))
        await _record(build, "go on deleting access package", ask)
        await ask.deps.jobs.run_again(JOB, build.id, {"build": build.id, "by": ask.person.id})
    elif build.under_way:
        build = await ask.deps.ledger.amend_build(build.id, lambda one: one.hurried(ask.now))
        await _start(build, ask)
    return progress(build, ask.deps)


async def _record(build: Build, act: str, ask: Ask) -> None:
    people = len(build.made)
    name = build.before.name if build.before else ""
    detail = f"{name}, {people} {'person' if people == 1 else 'people'}"
    await ask.record(act, build.package_id, key=build.id, detail=detail)


COMMAND = Command(
    name="package delete",
    usage=USAGE,
    summary="Delete an access package: says who loses access, takes it back, then deletes (asks before it acts).",
    parse=parse,
    run=run,
    aliases=("package remove", "delete package", "remove package"),
    verbs=tuple(_STEPS),
    act=Act.BUILD,
    replaces=True,
    group="package",
)
