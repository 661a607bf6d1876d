"""What has to happen to take back what a build made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import PACKAGE, Build, BuildState
from bot.domain.building.resources import Resource, ResourceRole
from bot.domain.building.steps import Step, StepKind, steps


@dataclass(frozen=True, slots=True)
class TakeBack:
    """One step backwards: the package (`resource` None), or a resource out of the catalog. `name` is unique."""

    name: str
    title: str
    resource: Resource | None = None


def plan(build: Build) -> tuple[Step | TakeBack, ...]:
    """Everything this build does, in order, in the direction it goes."""
    if build.wanted is None:
        return ()
    if not build.changes and build.state in (BuildState.UNDOING, BuildState.UNDONE):
        return _backwards(build)
    return (*steps(build.wanted, build.before), *map(_out, build.leftovers))


def added_resources(build: Build) -> tuple[Resource, ...]:
    """The resources that this build put into the catalog, or may have: then `catalog_resource_id` is "".

    A resource that somebody else had put there meanwhile was never begun here.
    """
    found: dict[str, Resource] = {}
    for role in build.wanted.roles if build.wanted else ():
        name = f"resource {role.resource.origin_id}"
        if name in build.attempts:
            found[name] = replace(role.resource, catalog_resource_id=build.made.get(name, ""))
    return tuple(found.values())


def as_left(now: Blueprint, build: Build) -> Blueprint:
    """The package as it was read, with what the build has just done to its roles, which Entra may not show yet.

    A role that does not show has no `scope_id`.
    """
    did = [one for one in steps(build.wanted, build.before) if one.name in build.done] if build.wanted else []
    given = [one.role for one in did if one.role and one.kind is StepKind.ADD_ROLE]
    taken = [one.role for one in did if one.role and one.kind is StepKind.REMOVE_ROLE]
    shown = [one for one in now.roles if not any(is_same(one, other) for other in taken)]
    late = [replace(one, scope_id="") for one in given if not any(is_same(one, other) for other in shown)]
    return replace(now, roles=(*shown, *late))


def is_same(one: ResourceRole, other: ResourceRole) -> bool:
    """Whether both are one role; before its resource is in the catalog, a role's id is a guess, its name is not."""
    if one.key[:2] != other.key[:2]:
        return False
    return one.key == other.key or one.role.name.casefold() == other.role.name.casefold()


def _backwards(build: Build) -> tuple[TakeBack, ...]:
    """The package goes first: a resource that is still in use cannot leave the catalog."""
    name = build.wanted.name if build.wanted else ""
    package = TakeBack("undo package", f"Delete the access package “{name}”")
    begun = PACKAGE in build.attempts
    return (*([package] if begun else []), *map(_out, added_resources(build)))


def _out(resource: Resource) -> TakeBack:
    return TakeBack(f"undo resource {resource.origin_id}", f"Take “{resource.name}” out of the catalog again", resource)
