"""Somebody else changed a policy while a build was about to: what they changed is told, and mine waits on top."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build
from bot.domain.building.changes import changes
from bot.domain.building.rebasing import rebased
from bot.domain.building.steps import Step
from bot.domain.building.terms import Terms
from bot.errors import Conflict
from bot.jobs.build_waits import Stopped, given
from bot.ports import Deps

_MOST = 6


async def told(build: Build, step: Step, error: Conflict, deps: Deps) -> Stopped:
    """What to raise: it says what they changed. The build now differs from theirs only in what it means to change.

    So Resume writes mine over theirs and nothing else, and a change after this one is a conflict again.
    """
    was, mine = given(step.was), given(step.terms)
    now = await deps.governance.blueprint(build.package_id)
    theirs = next((one for one in now.policies if one.id == was.id), None)
    if theirs is None:
        return Stopped(f"Somebody deleted the assignment policy “{was.name}” meanwhile.", code="policy_deleted")
    ours = rebased(was, mine, theirs)

    def rebase(one: Build) -> Build:
        return replace(one, before=_with(given(one.before), theirs), wanted=_with(given(one.wanted), ours))

    await deps.ledger.amend_build(build.id, rebase)
    return Stopped(_words(now, was, theirs), code=error.code or "changed_meanwhile")


def _with(blueprint: Blueprint, terms: Terms) -> Blueprint:
    return replace(blueprint, policies=tuple(terms if one.id == terms.id else one for one in blueprint.policies))


def _words(now: Blueprint, was: Terms, theirs: Terms) -> str:
    found = changes(_with(now, was), now)
    said = [f"{one.label}: {one.was or 'nothing'} → {one.becomes or 'nothing'}" for one in found[:_MOST]]
    more = [f"and {len(found) - _MOST} more"] if len(found) > _MOST else []
    return (
        f"Somebody else changed the assignment policy “{theirs.name}” meanwhile ({'; '.join([*said, *more])}). Nothing "
        "of yours was written to it. Resume writes your changes on top of theirs; Undo takes back what is done so far."
    )
