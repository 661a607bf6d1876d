"""Begin a build that was reviewed: claimed once, whoever presses and however often."""

from __future__ import annotations

from datetime import datetime

from bot.commands.building import rights
from bot.commands.building.progress import progress
from bot.commands.command import Ask
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build, BuildState
from bot.domain.building.changes import changes
from bot.domain.building.undoing import plan
from bot.domain.outcomes import Outcome, Said, Tone

JOB = "build"
FILE_JOB = "file"
"""Keeps the overview of an applied file up to date; it ends when nothing in it moves any more."""
_MOST_DETAIL = 300


async def start(build_id: str, ask: Ask) -> Outcome:
    """The progress card of the build, which is under way from here on; or why it is not.

    `wanted` (and `before`, for a change) must be stored in the build. A second press, a second person and a second
    replica find the build that the first began.
    """
    build = await ask.deps.ledger.build(build_id)
    if build is None or build.wanted is None or build.state is BuildState.DROPPED:
        return Said("This draft is gone", "Type package new to describe it again. Nothing was written.", Tone.WARNING)
    refused = await rights.refuse_building(build, ask)
    if refused:
        return refused
    if build.state is not BuildState.DRAFT:
        return await _found(build, ask)
    refused = _refuse_stale(build, ask)
    if refused:
        return refused
    return await progress(await _claim(build, ask), ask.deps)


async def run_job(build: Build, ask: Ask, *, again: bool = False) -> None:
    """The durable job carries the build on, as the asker; `again` for one that stood still or turns back."""
    work = {"build": build.id, "by": ask.person.id}
    begin = ask.deps.jobs.run_again if again else ask.deps.jobs.start
    await begin(JOB, build.id, work)
    if again and build.file:
        await ask.deps.jobs.run_again(FILE_JOB, build.file, {"file": build.file})


async def record(build: Build, act: str, ask: Ask) -> None:
    """One line of the audit trail about the package, or about its catalog while there is no package."""
    target = build.package_id or (build.wanted.catalog.id if build.wanted else "")
    await ask.record(act, target, key=build.id, detail=_detail(build))


def _detail(build: Build) -> str:
    """The package's name, or of a change what it was about."""
    if build.wanted is None or build.before is None:
        return build.wanted.name if build.wanted else ""
    said = [
        f"{one.label}: {one.was or 'nothing'} → {one.becomes or 'nothing'}"
        for one in changes(build.before, build.wanted)
    ]
    return "; ".join(said)[:_MOST_DETAIL] or build.wanted.name


async def _found(build: Build, ask: Ask) -> Outcome:
    """Begun before. The job may not have been, if the process died between the claim and its start."""
    if build.state is BuildState.BUILDING:
        await run_job(build, ask)
    return await progress(build, ask.deps)


def _refuse_stale(build: Build, ask: Ask) -> Said | None:
    if build.owner_id != ask.person.id:
        text = f"{build.owner_name} is still describing this package. Only they can create it."
        return Said("This is somebody else's draft", text, Tone.BAD)
    if build.wanted and not plan(build):
        return Said("Nothing to write", "The package is already as you described it.", Tone.GOOD)
    past = _past(build.wanted, build.before, ask.now) if build.wanted else ""
    if past:
        text = f"Access through the policy “{past}” would end in the past by now. Choose a later date. Nothing was written."
        return Said("The date has passed", text, Tone.WARNING)
    return None


def _past(wanted: Blueprint, before: Blueprint | None, now: datetime) -> str:
    """The name of a policy that is new or changed and whose end has passed since it was reviewed."""
    old = set(before.policies) if before else set()
    late = (one.name for one in wanted.policies if one not in old and one.ends.on is not None and one.ends.on <= now)
    return next(late, "")


async def _claim(build: Build, ask: Ask) -> Build:
    ours: list[bool] = []

    def claim(one: Build) -> Build:
        claimed = one.begun(ask.now)
        ours[:] = [claimed is not one]
        return claimed

    build = await ask.deps.ledger.amend_build(build.id, claim)
    if ours[0]:
        await record(build, "change access package" if build.changes else "create access package", ask)
    await run_job(build, ask)
    return build
