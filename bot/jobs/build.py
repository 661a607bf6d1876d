"""Make a build true in Entra, or take it back, step by step: kept before it is begun, and again when it is done."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from bot.commands.building.building import FILE_JOB
from bot.domain.building.builds import PACKAGE, Build, BuildState
from bot.domain.building.steps import Step
from bot.domain.building.undoing import TakeBack, plan
from bot.domain.invites import Failure
from bot.errors import Transient, UsherError
from bot.jobs import build_cards, forwards, outage, taking_back
from bot.jobs.build_waits import Wait, given
from bot.jobs.job import Again, soon
from bot.ports import Deps

NAME = "build"
AT_A_TIME = 10
"""Steps of one run, so that none takes too long however slow Microsoft 365 is."""


async def build(payload: dict[str, Any], deps: Deps) -> Again | None:
    """Everything the build wants is so in Entra, or it stands still and its cards say why.

    `payload`: {"build": id, "by": object id of who pressed}. Safe to run twice, and two at a time.
    """
    found = await deps.ledger.build(str(payload["build"]))
    if found is None:
        return None
    resting = outage.rest(found, deps)
    if resting:
        return resting
    try:
        for _ in range(AT_A_TIME):
            step = _next(found) if found.under_way else None
            if step is None:
                break
            found = await _take(found, step, str(payload.get("by", "")) or found.owner_id, deps)
        else:
            return Again(0)
    except Wait as wait:
        return await _wait(found, wait, deps)
    except Transient as error:
        return await outage.met(found, error, fail, deps)
    except UsherError as error:
        await fail(found.id, error, deps)
        return None
    await _settle(found, deps)
    return None


async def _wait(build: Build, wait: Wait, deps: Deps) -> Again:
    await outage.over(build, deps)
    with suppress(Transient):
        await build_cards.refresh(build.id, deps)
    return Again(wait.seconds) if wait.seconds else soon(deps.clock.now() - (build.updated_at or build.created_at))


def _next(build: Build) -> Step | TakeBack | None:
    return next((one for one in plan(build) if one.name not in build.done), None)


async def _take(build: Build, step: Step | TakeBack, by: str, deps: Deps) -> Build:
    """The step is done, recorded, remembered and shown."""
    if isinstance(step, Step):
        made = await forwards.perform(build, step, deps)
    else:
        made = await taking_back.perform(build, step, deps)
    now = deps.clock.now()
    await deps.ledger.record(
        actor=by,
        act=step.kind.value.replace("_", " ") if isinstance(step, Step) else "take back",
        target=build.package_id or (made if step.name == PACKAGE else given(build.wanted).catalog.id),
        result="done",
        key=build.id,
        at=now,
        detail=step.title,
    )
    done = await deps.ledger.amend_build(
        build.id, lambda one: replace(one.finished(step.name, made), updated_at=now) if _same_way(one, build) else one
    )
    with suppress(Transient):  # A Teams that does not answer holds up no build; the last card is insisted on.
        await build_cards.refresh(build.id, deps)
    return done


def _same_way(one: Build, other: Build) -> bool:
    """Nobody turned the build round while the step was under way."""
    return (one.state is BuildState.UNDOING) == (other.state is BuildState.UNDOING)


async def _settle(build: Build, deps: Deps) -> None:
    now = deps.clock.now()
    ends = {BuildState.BUILDING: BuildState.BUILT, BuildState.UNDOING: BuildState.UNDONE}

    def settled(one: Build) -> Build:
        over = one.under_way and _next(one) is None
        return replace(one, state=ends[one.state], updated_at=now) if over else one

    build = await deps.ledger.amend_build(build.id, settled)
    if build.undoes and build.state is BuildState.BUILT:
        await deps.ledger.amend_build(build.undoes, lambda one: replace(one, state=BuildState.UNDONE, updated_at=now))
        if build.file:
            await deps.jobs.run_again(FILE_JOB, build.file, {"file": build.file})
    await build_cards.refresh(build.id, deps)


async def fail(build_id: str, error: UsherError, deps: Deps) -> None:
    """The build stands still for this reason, and its cards say so with a way on and a way back."""
    now = deps.clock.now()

    def stuck(one: Build) -> Build:
        if not one.under_way:
            return one
        step = _next(one)
        name = step.name if step else ""
        return one.failed(Failure(_why(error), error.code or type(error).__name__, name, now))

    build = await deps.ledger.amend_build(build_id, stuck)
    await deps.ledger.record(
        actor="",
        act="stop the build",
        target=build.package_id or (build.wanted.catalog.id if build.wanted else ""),
        result=error.code or type(error).__name__,
        key=build.id,
        at=now,
        detail=_why(error),
    )
    await build_cards.refresh(build_id, deps)


def _why(error: UsherError) -> str:
    """An error that passes by itself ends a build only when it did not pass for long."""
    if isinstance(error, Transient):
        return "Microsoft 365 has not answered for about an hour. Nothing is lost: press Resume when it does."
    return error.explanation
