"""What people are shown of a deletion: the question with what stands in the way, and how far it is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.commands.building.waiting import hurry, waiting
from bot.commands.command import Ask
from bot.domain.access import Assignment
from bot.domain.building import deletion
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build, BuildState
from bot.domain.building.switches import takes_requests
from bot.domain.outcomes import DeletionProgress, DeletionQuestion, DeletionState, Holder, Press, Style
from bot.domain.wording import day
from bot.ports import Deps

_AT_ONCE = 100


async def question(package: Blueprint, ask: Ask, *, problem: str = "") -> DeletionQuestion:
    """Whether it shall be deleted: who loses access first, by name, or why it cannot be deleted now."""
    held, use = await asyncio.gather(
        ask.deps.directory.assignments(package_id=package.id),
        ask.deps.governance.use(package.id, now=ask.now, within=timedelta(0)),
    )
    live = tuple(one for one in held if one.is_live)
    holders = await _holders(live, ask)
    blocked = deletion.obstacles(len(live), use.pending)
    if blocked:
        return DeletionQuestion("", package.name, holders, use.pending, blocked, presses=_instead(package))
    build = await ask.deps.ledger.open_build(
        deletion.opened(
            package, live, build_id=f"delete-{ask.turn.key}", owner=(ask.person.id, ask.person.name), now=ask.now
        )
    )
    return _asked(build, holders, problem=problem)


def _asked(build: Build, holders: tuple[Holder, ...], *, problem: str = "") -> DeletionQuestion:
    """The question of this build; whoever holds the package makes it one that is answered with the package's name."""
    name = build.before.name if build.before else ""
    data = {"build": build.id}
    people = bool(build.made)
    yes = "Yes, end access and delete it" if people else "Yes, delete it"
    return DeletionQuestion(
        build.id,
        name,
        holders,
        typed=people,
        problem=problem,
        presses=(
            Press(yes, "package.delete.yes", data, style=Style.DANGER),
            Press("No, keep it", "package.delete.no", data),
        ),
    )


def _instead(package: Blueprint) -> tuple[Press, ...]:
    data = {"package": package.id}
    close = (Press("Close requests", "package close", data),) if takes_requests(package) else ()
    again = Press("Look again", "package delete", data)
    return (*close, again, Press("Show package", "package", data))


async def _holders(live: Sequence[Assignment], ask: Ask) -> tuple[Holder, ...]:
    """By name, with policy and end; who was deleted counts for Entra until thirty days are over, and is marked."""
    gone = await _deleted({one.person_id for one in live if one.person_id}, ask)
    return tuple(Holder(one.person_name or one.person_address, _note(one, gone, ask)) for one in live)


async def _deleted(ids: set[str], ask: Ask) -> set[str]:
    found = sorted(ids)[: deletion.MOST_PEOPLE]
    parts = [found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE)]
    answers = await asyncio.gather(*(ask.deps.directory.access_of(part) for part in parts))
    return {key for part in answers for key, (person, _, _) in part.items() if person is None or person.is_deleted}


def _note(one: Assignment, gone: set[str], ask: Ask) -> str:
    if one.person_id in gone:
        return "account deleted; Entra counts it for 30 days"
    through = f"through {one.policy_name}" if one.policy_name else ""
    until = f"until {day(one.ends_at, ask.zone)}" if one.ends_at else "without an end"
    return ", ".join(filter(None, (one.person_address, through, until)))


def progress(build: Build, deps: Deps) -> DeletionProgress:
    """How far it is, from what the last look at Entra showed."""
    name = build.before.name if build.before else ""
    left = tuple(who for key, who in build.made.items() if key not in build.done)
    states = {
        BuildState.BUILT: DeletionState.DELETED,
        BuildState.FAILED: DeletionState.STUCK,
    }
    held = waiting(build, deps)
    under_way = DeletionState.ENDING if left else DeletionState.DELETING
    return DeletionProgress(
        build.id,
        name,
        states.get(build.state, under_way),
        len(build.made) - len(left),
        len(build.made),
        left,
        build.failure.text if build.failure else "",
        build.failure.code if build.failure else "",
        (*hurry(held, "package.delete.again", build), *_presses(build)),
        held,
    )


def _presses(build: Build) -> tuple[Press, ...]:
    if build.state is BuildState.BUILT:
        return (Press("Show access packages", "packages"),)
    if build.state is not BuildState.FAILED:
        return ()
    again = Press("Try again", "package.delete.again", {"build": build.id}, style=Style.PRIMARY)
    return (again, Press("Show package", "package", {"package": build.package_id}))
