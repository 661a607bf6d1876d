"""What has to be written to Entra to turn a package as it is into the package it shall be, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.resources import Resource, ResourceRole
from bot.domain.building.terms import Terms


class StepKind(StrEnum):
    """What a step does; each is safe to repeat or looks before it makes."""

    ADD_RESOURCE = "add_resource"
    CREATE_PACKAGE = "create_package"
    UPDATE_PACKAGE = "update_package"
    ADD_ROLE = "add_role"
    CREATE_POLICY = "create_policy"
    CHANGE_POLICY = "change_policy"
    EXCLUDE = "exclude"
    REMOVE_ROLE = "remove_role"
    DELETE_POLICY = "delete_policy"
    INCLUDE = "include"


@dataclass(frozen=True, slots=True)
class Step:
    """One write. `name` is unique in its list and the same whenever the list is made again; `title` is for people.

    `resource` is set for ADD_RESOURCE, `role` for ADD_ROLE and REMOVE_ROLE, `terms` for the policies (with `was` for
    CHANGE_POLICY), `packages` and `groups` for EXCLUDE and INCLUDE. `index` is the policy's place in the blueprint.
    """

    kind: StepKind
    name: str
    title: str
    index: int = -1
    resource: Resource | None = None
    role: ResourceRole | None = None
    terms: Terms | None = None
    was: Terms | None = None
    packages: tuple[Named, ...] = ()
    groups: tuple[Named, ...] = ()


def steps(wanted: Blueprint, before: Blueprint | None) -> tuple[Step, ...]:
    """The steps from `before` (None: nothing is there) to `wanted`; () when they are the same.

    Order: resources into the catalog, the package, its basics, roles, policies, separation of duties; what takes
    something away comes last, so that a failure half way leaves people what they had.
    """
    return (
        *_resources(wanted, before),
        *_package(wanted, before),
        *_roles(wanted, before),
        *_policies(wanted, before),
        *_exclusions(wanted, before),
        *_removals(wanted, before),
    )


def _missing_roles(one: Blueprint, other: Blueprint | None) -> Iterator[ResourceRole]:
    """Roles of `one` that `other` does not have, each once."""
    seen = {role.key for role in other.roles} if other else set()
    for role in one.roles:
        if role.key not in seen:
            seen.add(role.key)
            yield role


def _resources(wanted: Blueprint, before: Blueprint | None) -> Iterator[Step]:
    seen: set[tuple[str, str]] = set()
    for role in _missing_roles(wanted, before):
        resource = role.resource
        key = (resource.system.value, resource.origin_id.casefold())
        if resource.catalog_resource_id or key in seen:
            continue
        seen.add(key)
        title = f"Add “{resource.name}” to the catalog “{wanted.catalog.name}”"
        yield Step(StepKind.ADD_RESOURCE, f"resource {resource.origin_id}", title, resource=resource)


def _package(wanted: Blueprint, before: Blueprint | None) -> Iterator[Step]:
    if before is None:
        yield Step(StepKind.CREATE_PACKAGE, "package", f"Create the access package “{wanted.name}”")
    elif (wanted.name, wanted.description, wanted.hidden) != (before.name, before.description, before.hidden):
        yield Step(StepKind.UPDATE_PACKAGE, "basics", f"Change the basics of “{wanted.name}”")


def _roles(wanted: Blueprint, before: Blueprint | None) -> Iterator[Step]:
    for role in _missing_roles(wanted, before):
        title = f"Give the role “{role.role.name}” in “{role.resource.name}”"
        yield Step(StepKind.ADD_ROLE, f"role {_role_name(role)}", title, role=role)


def _role_name(role: ResourceRole) -> str:
    return f"{role.resource.system} {role.resource.origin_id} {role.role.id}"


def _policies(wanted: Blueprint, before: Blueprint | None) -> Iterator[Step]:
    there = {terms.id: terms for terms in before.policies if terms.id} if before else {}
    for index, terms in enumerate(wanted.policies):
        if before and terms in before.policies:
            continue
        was = there.get(terms.id)
        name = f"policy {index + 1}"
        if was is None:
            title = f"Create the assignment policy “{terms.name}”"
            yield Step(StepKind.CREATE_POLICY, name, title, index, terms=terms)
        elif replace(was, modified_at=None) != replace(terms, modified_at=None):
            title = f"Change the assignment policy “{terms.name}”"
            yield Step(StepKind.CHANGE_POLICY, name, title, index, terms=terms, was=was)


def _lacking(one: tuple[Named, ...], other: tuple[Named, ...]) -> tuple[Named, ...]:
    ids = {named.id for named in other}
    return tuple(named for named in one if named.id not in ids)


def _exclusions(wanted: Blueprint, before: Blueprint | None) -> Iterator[Step]:
    packages = _lacking(wanted.incompatible_packages, before.incompatible_packages if before else ())
    groups = _lacking(wanted.incompatible_groups, before.incompatible_groups if before else ())
    if packages or groups:
        title = f"Keep out who has {_names(packages, groups)}"
        yield Step(StepKind.EXCLUDE, "exclude", title, packages=packages, groups=groups)


def _names(packages: tuple[Named, ...], groups: tuple[Named, ...]) -> str:
    named = [f"“{one.name}”" for one in (*packages, *groups)]
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    return ", ".join(named[:3]) + more


def _removals(wanted: Blueprint, before: Blueprint | None) -> Iterator[Step]:
    if before is None:
        return
    for role in _missing_roles(before, wanted):
        title = f"Take away the role “{role.role.name}” in “{role.resource.name}”"
        yield Step(StepKind.REMOVE_ROLE, f"remove role {_role_name(role)}", title, role=role)
    kept = {terms.id for terms in wanted.policies}
    for terms in before.policies:
        if terms.id not in kept:
            title = f"Delete the assignment policy “{terms.name}”"
            yield Step(StepKind.DELETE_POLICY, f"remove policy {terms.id}", title, terms=terms)
    packages = _lacking(before.incompatible_packages, wanted.incompatible_packages)
    groups = _lacking(before.incompatible_groups, wanted.incompatible_groups)
    if packages or groups:
        title = f"No longer keep out who has {_names(packages, groups)}"
        yield Step(StepKind.INCLUDE, "include", title, packages=packages, groups=groups)
