"""Build what people are shown of a build: its steps, its end, and what can be done about it."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import views
from bot.commands.building.waiting import hurry, waiting
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build, BuildState
from bot.domain.building.changes import Change, changes
from bot.domain.building.undoing import plan
from bot.domain.outcomes import BuildNote, BuildProgress, Difference, LineState, Press, Said, StepLine, Style, Tone
from bot.domain.roles import Act, Roles, refusal
from bot.ports import Deps


async def progress(build: Build, deps: Deps) -> BuildProgress:
    """The card's data as of now. `build.wanted` is set."""
    name = build.wanted.name if build.wanted else ""
    ready = build.state is BuildState.BUILT and build.package_id
    if build.changes and build.state is BuildState.UNDOING:
        build = await _as_its_undo(build, deps)
    held = waiting(build, deps)
    return BuildProgress(
        build.id,
        name,
        build.state,
        lines_of(build),
        changing=build.changes,
        undoing=not build.changes and build.state in (BuildState.UNDOING, BuildState.UNDONE),
        failure=build.failure.text if build.failure else "",
        code=build.failure.code if build.failure else "",
        changes=_changes(build),
        link=await views.link_of(build.package_id, deps) if ready else "",
        waiting=held,
        presses=(*hurry(held, "package.resume", build), *await _presses(build, deps)),
    )


async def _as_its_undo(build: Build, deps: Deps) -> Build:
    """A change that is being taken back stands still when the build does that takes it back."""
    undo = await deps.ledger.build(undo_id(build.id))
    if undo is None or undo.failure is None:
        return build
    text = f"It could not be taken back: {undo.failure.text}"
    return replace(build, failure=replace(undo.failure, text=text))


def undo_id(build_id: str) -> str:
    """The id of the build that takes this change back."""
    return f"undo-{build_id}"


def note(build: Build) -> BuildNote:
    """How the taking back of what a build made stands, in a few words."""
    name = build.wanted.name if build.wanted else ""
    if build.state is BuildState.UNDONE:
        said = Said(f"“{name}” is taken back", "Everything is as it was before.", Tone.GOOD)
    elif build.failure:
        text = f"{build.failure.text} The card of the package shows how far it came and lets you go on."
        said = Said(f"“{name}” could not be taken back", text, Tone.BAD)
    else:
        said = Said(f"“{name}” is being taken back", "The card of the package shows every step.", Tone.WORKING)
    return BuildNote(build.id, said)


def lines_of(build: Build) -> tuple[StepLine, ...]:
    """Every step and how far it is."""
    lines: list[StepLine] = []
    ahead = False
    for step in plan(build):
        if step.name in build.done:
            lines.append(StepLine(step.title, LineState.DONE))
            continue
        first = LineState.STUCK if build.failure else LineState.NOW
        lines.append(StepLine(step.title, LineState.LATER if ahead else first))
        ahead = True
    return tuple(lines)


def _changes(build: Build) -> tuple[Difference, ...]:
    if build.wanted is None or build.before is None or build.state is not BuildState.BUILT:
        return ()
    return tuple(
        Difference(f"{one.section}: {one.label}", one.was, one.becomes) for one in altered(build.before, build.wanted)
    )


def altered(before: Blueprint, wanted: Blueprint) -> tuple[Change, ...]:
    """Settings that are there on both sides; what comes and what goes is said by the steps."""
    return tuple(one for one in changes(before, wanted) if one.was and one.becomes)


async def _presses(build: Build, deps: Deps) -> tuple[Press, ...]:
    mine, package = {"build": build.id}, {"package": build.package_id}
    undo = () if build.undoes else (Press("Undo", "package.undo", mine, style=Style.DANGER),)
    if build.failure:
        taking_back = build.changes and build.state is BuildState.UNDOING
        going_on = {"build": undo_id(build.id)} if taking_back else mine
        resume = Press("Resume", "package.resume", going_on, style=Style.PRIMARY)
        return (resume, *(undo if build.state is BuildState.FAILED else ()))
    if build.state is not BuildState.BUILT:
        return ()
    show = Press("Show package", "package", package)
    if build.changes:
        return (show, *undo)
    share = Press("Share with…", "package.share", package, style=Style.PRIMARY)
    _, roles = await deps.directory.roles(build.owner_id)
    return (share, *giving(roles, build.wanted.catalog.id if build.wanted else "", package), show, *undo)


def giving(roles: Roles, catalog_id: str, data: dict[str, str]) -> tuple[Press, ...]:
    """The way in which somebody with these roles gives people the package; none for whoever may not."""
    if refusal(Act.INVITE, roles) is None:
        return (Press("Invite someone", "invite", data),)
    assigns = refusal(Act.ASSIGN, roles, catalog_id=catalog_id) is None
    return (Press("Assign to someone", "assign", data),) if assigns else ()
