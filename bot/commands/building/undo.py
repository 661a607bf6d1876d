"""Take back what a build made or changed, after asking."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.commands.building import building, resume, rights
from bot.commands.building.progress import altered, note, progress, undo_id
from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build, BuildState
from bot.domain.building.changes import changes
from bot.domain.building.resources import Resource
from bot.domain.building.steps import StepKind, steps
from bot.domain.building.undoing import added_resources, as_left
from bot.domain.outcomes import Outcome, Press, Said, Style, Tone
from bot.errors import NotFound

_ALTERING = (StepKind.CHANGE_POLICY, StepKind.UPDATE_PACKAGE)
_ENDED = (BuildState.BUILT, BuildState.FAILED)
_UNSEEN = timedelta(minutes=5)
"""How long what a build did may be missing from what Entra shows."""


def parse(words: str, value: Value) -> tuple[str, str]:
    """(step "ask", "yes" or "no"; the build's id). Only a card can say yes."""
    step = {"package.undo.yes": "yes", "package.undo.no": "no"}.get(text_of(value, "verb"), "ask")
    return step, text_of(value, "build")


async def run(wanted: tuple[str, str], ask: Ask) -> Outcome:
    """The question first; then everything is being taken back and the build's card shows it."""
    step, build_id = wanted
    build = await ask.deps.ledger.build(build_id)
    if build is None or build.wanted is None or build.state in (BuildState.DRAFT, BuildState.DROPPED):
        return resume.nothing()
    refused = await rights.refuse_undoing(build, ask)
    if refused:
        return refused
    if step == "no":
        return Said("Nothing was changed", f"“{build.wanted.name}” stays as it is.")
    if build.state not in _ENDED or build.undoes:
        return await _answer(build, await _doing(build, ask), ask)
    return await (_change(build, build.before, step, ask) if build.before else _creation(build, step, ask))


async def _doing(build: Build, ask: Ask) -> Build:
    """The build that takes this one back: a change has one of its own for it."""
    undo = await ask.deps.ledger.build(undo_id(build.id)) if build.changes else None
    return undo or build


async def _creation(build: Build, step: str, ask: Ask) -> Outcome:
    refused = await _refuse_used(build, ask)
    if refused:
        return refused
    if step == "ask":
        return _question(build, _creation_words(build))
    build = await ask.deps.ledger.amend_build(build.id, lambda one: one.undoing(ask.now))
    await building.record(build, "take back access package", ask)
    await building.run_job(build, ask, again=True)
    return await _answer(build, build, ask)


def _creation_words(build: Build) -> tuple[str, ...]:
    name = build.wanted.name if build.wanted else ""
    taken = _leaving(added_resources(build))
    if not build.package_id and build.state is BuildState.FAILED:
        return ("What was made of it so far is deleted", *taken)
    return (f"The access package “{name}” is deleted, with its policies", "Its request link stops working", *taken)


async def _refuse_used(build: Build, ask: Ask) -> Said | None:
    """A package somebody holds or waits for cannot be deleted, and should not be by accident."""
    if not build.package_id:
        return None
    try:
        use = await ask.deps.governance.use(build.package_id, now=ask.now, within=timedelta(0))
    except NotFound:
        return None
    if not use.assigned and not use.waiting:
        return None
    text = (
        f"{_people(use.assigned, 'holds it', 'hold it')} and {_people(use.waiting, 'waits for it', 'wait for it')}. "
        "Entra deletes no package that is in use. Take the access back first (revoke <address>), then press Undo again."
    )
    press = Press("Show package", "package", {"package": build.package_id})
    return Said("Somebody uses this package", text, Tone.WARNING, presses=(press,))


def _people(count: int, one: str, many: str) -> str:
    return f"1 person {one}" if count == 1 else f"{count or 'no'} people {many}"


async def _change(build: Build, before: Blueprint, step: str, ask: Ask) -> Outcome:
    """What the package was before becomes what it shall be, as a build of its own."""
    try:
        now = await ask.deps.governance.blueprint(before.id)
    except NotFound:
        return Said(
            "The package is gone", "Somebody deleted it meanwhile. There is nothing to take back.", Tone.WARNING
        )
    if build.updated_at and ask.now - build.updated_at < _UNSEEN:
        now = as_left(now, build)
    found, added = changes(now, before), added_resources(build)
    if not found and not added:
        await ask.deps.ledger.amend_build(build.id, lambda one: replace(one, state=BuildState.UNDONE, failure=None))
        await building.run_job(build, ask, again=True)  # It finds nothing to do, and its card says so.
        return Said("Nothing to take back", "The package is as it was before this change.", Tone.GOOD)
    if step == "ask":
        back = (f"{one.section}: {one.label}: {one.was} → {one.becomes}" for one in altered(now, before))
        others = (one.title for one in steps(before, now) if one.kind not in _ALTERING)
        return _question(build, (*back, *others, *_leaving(added)))
    undo = await ask.deps.ledger.open_build(_reverse(build, before, now, ask))
    await ask.deps.ledger.amend_build(build.id, lambda one: one.undoing(ask.now))
    await building.record(undo, "take back a change of access package", ask)
    await building.run_job(undo, ask)
    return await _answer(build, undo, ask)


def _reverse(build: Build, before: Blueprint, now: Blueprint, ask: Ask) -> Build:
    return Build(
        id=undo_id(build.id),
        owner_id=ask.person.id,
        owner_name=ask.person.name,
        created_at=ask.now,
        state=BuildState.BUILDING,
        before=now,
        wanted=before,
        begun_at=ask.now,
        updated_at=ask.now,
        undoes=build.id,
        leftovers=added_resources(build),
        file=build.file,
    )


def _leaving(resources: tuple[Resource, ...]) -> tuple[str, ...]:
    return tuple(f"“{one.name}” leaves the catalog again" for one in resources)


def _question(build: Build, effects: tuple[str, ...]) -> Said:
    name, data = build.wanted.name if build.wanted else "", {"build": build.id}
    return Said(
        f"Take back “{name}”?" if not build.changes else f"Put “{name}” back as it was?",
        "This is what happens:",
        Tone.WARNING,
        points=effects,
        presses=(
            Press("Yes, undo", "package.undo.yes", data, style=Style.DANGER),
            Press("No, keep it", "package.undo.no", data),
        ),
    )


async def _answer(build: Build, doing: Build, ask: Ask) -> Outcome:
    """The card that shows it in this chat is enough; elsewhere the answer is such a card itself."""
    if doing.id == build.id and build.state in (BuildState.UNDOING, BuildState.UNDONE):
        chat, pressed = ask.turn.conversation.id, ask.turn.card
        cards = [one for one in await ask.deps.ledger.cards(build.id) if one.conversation.id == chat]
        if any(one.audience == "build" and one.activity_id != pressed for one in cards):
            return note(build)
    return await progress(doing, ask.deps)


COMMAND = Command(
    name="package.undo",
    usage="",
    summary="Take back what a build made (asks before it acts).",
    parse=parse,
    run=run,
    verbs=("package.undo.yes", "package.undo.no"),
    replaces=True,
    by_card=True,
)
