"""The steps of a build towards what is wanted: look, then make; whatever may be repeated is simply repeated."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.domain.building.builds import Build
from bot.domain.building.resources import ONBOARDING, Resource, ResourceRole
from bot.domain.building.steps import Step, StepKind
from bot.domain.building.terms import Terms
from bot.domain.building.undoing import is_same
from bot.errors import Conflict, NotFound, Rejected, UsherError
from bot.jobs import conflicts, own_package
from bot.jobs.build_waits import PATIENCE, Stopped, Wait, given, later, look_again, make
from bot.ports import Deps


async def perform(build: Build, step: Step, deps: Deps) -> str:
    """The step is done; the id of what it made, "" for what has none.

    Raises Wait while Entra is not ready for it; other errors of `bot.errors` when it cannot be done.
    """
    try:
        return await _STEPS[step.kind](build, step, deps)
    except Conflict as error:
        if step.terms is None or step.was is None:
            raise
        raise await conflicts.told(build, step, error, deps) from error
    except NotFound as error:
        text = "Entra did not find what this step needs, for five minutes. Perhaps somebody deleted it meanwhile."
        raise later(Stopped(text, code=error.code), build, deps) from error


async def _add_resource(build: Build, step: Step, deps: Deps) -> str:
    """Looked for first, so that what somebody else put into the catalog is not taken for ours."""
    resource, catalog_id = given(step.resource), given(build.wanted).catalog.id
    seen = await deps.governance.candidate(resource.system, resource.origin_id, catalog_id=catalog_id)
    if seen is not None:
        return seen.resource.catalog_resource_id
    added = f"{step.name} added"

    async def add() -> str:
        try:
            await deps.governance.add_resource(catalog_id, resource.system, resource.origin_id)
        except Rejected as error:
            raise _not_owner(error, resource) from error
        return ""

    if added not in build.attempts or _resumed_since(build):
        await make(build, step.name, add, deps)
        await deps.ledger.amend_build(build.id, lambda one: one.attempted(added))
        seen = await deps.governance.candidate(resource.system, resource.origin_id, catalog_id=catalog_id)
        if seen is not None:
            return seen.resource.catalog_resource_id
    text = f"Entra took “{resource.name}” for the catalog and has not shown it there for five minutes."
    raise later(Stopped(text, code="resource_not_shown"), build, deps)


def _resumed_since(build: Build) -> bool:
    """Whether somebody pressed Resume after the last try."""
    return bool(build.tried_at and build.updated_at and build.updated_at > build.tried_at)


def _not_owner(error: Rejected, resource: Resource) -> UsherError:
    if error.code != "CallerNotResourceOwner":
        return error
    text = (
        f"Usher's application may not add “{resource.name}” to a catalog: it needs the permission "
        f"{ONBOARDING[resource.system]}. Grant it (`python app.py check` says how), or let somebody who owns the resource "
        "add it to the catalog. Then press Resume."
    )
    return Stopped(text, code=error.code)


async def _create_package(build: Build, step: Step, deps: Deps) -> str:
    if step.name in build.attempts:
        found = await own_package.find(build, deps)
        if found:
            return found
        look_again(build, deps)
    wanted = given(build.wanted)

    async def create() -> str:
        return await deps.governance.create_package(
            wanted.name, description=wanted.description, hidden=wanted.hidden, catalog_id=wanted.catalog.id
        )

    made = await make(build, step.name, create, deps)
    if await deps.ledger.made_by(made, build.id) != build.id:
        # Another build of the same name, cut off while making its own, took this one: its own is ours then.
        raise Wait
    return made


async def _update_package(build: Build, step: Step, deps: Deps) -> str:
    wanted = given(build.wanted)
    before = build.before
    await deps.governance.update_package(
        build.package_id,
        name=wanted.name if before is None or before.name != wanted.name else None,
        description=wanted.description if before is None or before.description != wanted.description else None,
        hidden=wanted.hidden if before is None or before.hidden != wanted.hidden else None,
    )
    return ""


async def _add_role(build: Build, step: Step, deps: Deps) -> str:
    role = given(step.role)
    if not role.resource.catalog_resource_id:
        known = build.made.get(f"resource {role.resource.origin_id}", "")
        role = replace(role, resource=replace(role.resource, catalog_resource_id=known))
    try:
        await deps.governance.add_role(build.package_id, role)
    except NotFound:
        await deps.governance.add_role(build.package_id, await _as_offered(role, build, deps))
    return ""


async def _as_offered(role: ResourceRole, build: Build, deps: Deps) -> ResourceRole:
    """The role as the catalog knows it: before a resource is there, the ids of its roles are a guess.

    Raises Wait, and Stopped in the end, while the resource offers no role of this id or name.
    """
    resource = role.resource
    seen = await deps.governance.candidate(
        resource.system, resource.origin_id, catalog_id=given(build.wanted).catalog.id
    )
    for one in seen.roles if seen else ():
        if one.name.casefold() == role.role.name.casefold() and one.id != role.role.id:
            return replace(role, role=one)
    text = f"“{resource.name}” does not offer the role “{role.role.name}”."
    raise later(Stopped(text, code="RoleNotFound"), build, deps)


async def _create_policy(build: Build, step: Step, deps: Deps) -> str:
    terms = given(step.terms)
    if step.name in build.attempts:
        found = await _own_policy(build, terms, deps)
        if found:
            return found
        look_again(build, deps)

    async def create() -> str:
        return await deps.governance.create_policy(build.package_id, _as_new(terms))

    return await make(build, step.name, create, deps)


async def _own_policy(build: Build, terms: Terms, deps: Deps) -> str:
    """The policy an interrupted attempt made: it has the name, was not there before, and is no other step's."""
    known = {one.id for one in build.before.policies} if build.before else set()
    known |= set(build.made.values())
    there = await deps.governance.blueprint(build.package_id)
    return next((one.id for one in there.policies if one.name == terms.name and one.id not in known), "")


def _as_new(terms: Terms) -> Terms:
    """Without the ids it had, if it is one that was deleted and comes back."""
    questions = tuple(replace(one, id="") for one in terms.questions)
    return replace(terms, id="", modified_at=None, questions=questions)


async def _change_policy(build: Build, step: Step, deps: Deps) -> str:
    terms = given(step.terms)
    await deps.governance.change_policy(build.package_id, step.was or terms, terms)
    return ""


async def _exclude(build: Build, step: Step, deps: Deps) -> str:
    packages, groups = [one.id for one in step.packages], [one.id for one in step.groups]
    await deps.governance.exclude(build.package_id, packages=packages, groups=groups)
    return ""


async def _include(build: Build, step: Step, deps: Deps) -> str:
    packages, groups = [one.id for one in step.packages], [one.id for one in step.groups]
    await deps.governance.include(build.package_id, packages=packages, groups=groups)
    return ""


async def _remove_role(build: Build, step: Step, deps: Deps) -> str:
    role = given(step.role)
    scope_id = role.scope_id or await _scope_of(role, build, deps)
    if scope_id:
        await deps.governance.remove_role(build.package_id, scope_id)
    return ""


async def _scope_of(role: ResourceRole, build: Build, deps: Deps) -> str:
    """The id of a role that was given a moment ago; "" when it is gone again. Raises Wait while it may show yet."""
    there = await deps.governance.blueprint(build.package_id)
    found = next((one.scope_id for one in there.roles if is_same(one, role)), "")
    since = build.updated_at or build.created_at
    if not found and deps.clock.now() - since <= PATIENCE:
        raise Wait
    return found


async def _delete_policy(build: Build, step: Step, deps: Deps) -> str:
    await deps.governance.delete_policy(given(step.terms).id)
    return ""


_STEPS: dict[StepKind, Callable[[Build, Step, Deps], Awaitable[str]]] = {
    StepKind.ADD_RESOURCE: _add_resource,
    StepKind.CREATE_PACKAGE: _create_package,
    StepKind.UPDATE_PACKAGE: _update_package,
    StepKind.ADD_ROLE: _add_role,
    StepKind.CREATE_POLICY: _create_policy,
    StepKind.CHANGE_POLICY: _change_policy,
    StepKind.EXCLUDE: _exclude,
    StepKind.REMOVE_ROLE: _remove_role,
    StepKind.DELETE_POLICY: _delete_policy,
    StepKind.INCLUDE: _include,
}
