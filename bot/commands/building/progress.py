"""Build what people are shown of a build: its steps, its end, and what can be done about it."""

from __future__ import annotations

from bot.commands import views
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build, BuildState
from bot.domain.building.changes import Change, changes
from bot.domain.building.undoing import plan
from bot.domain.outcomes import BuildProgress, Difference, LineState, Press, StepLine, Style
from bot.ports import Deps


async def progress(build: Build, deps: Deps) -> BuildProgress:
    """The card's data as of now. `build.wanted` is set."""
    name = build.wanted.name if build.wanted else ""
    ready = build.state is BuildState.BUILT and build.package_id
    return BuildProgress(
        build.id,
        name,
        build.state,
        _lines(build),
        changing=build.changes,
        undoing=not build.changes and build.state in (BuildState.UNDOING, BuildState.UNDONE),
        failure=build.failure.text if build.failure else "",
        code=build.failure.code if build.failure else "",
        changes=_changes(build),
        link=await views.link_of(build.package_id, deps) if ready else "",
        presses=_presses(build),
    )


def _lines(build: Build) -> tuple[StepLine, ...]:
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


def _presses(build: Build) -> tuple[Press, ...]:
    mine, package = {"build": build.id}, {"package": build.package_id}
    undo = () if build.undoes else (Press("Undo", "package.undo", mine, style=Style.DANGER),)
    if build.failure:
        resume = Press("Resume", "package.resume", mine, style=Style.PRIMARY)
        return (resume, *(undo if build.state is BuildState.FAILED else ()))
    if build.state is not BuildState.BUILT:
        return ()
    show = Press("Show package", "package", package)
    if build.changes:
        return (show, *undo)
    share = Press("Share with…", "package.share", package, style=Style.PRIMARY)
    return (share, Press("Invite someone", "invite", package), show, *undo)
