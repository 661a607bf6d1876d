"""Whole access packages: what they open, on which terms, and what keeps people from them."""

from __future__ import annotations

from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.resources import Resource, ResourceRole, Role, System
from bot.graph import subject_names
from bot.graph.batch import Ask, send
from bot.graph.catalog_records import catalog_of
from bot.graph.client import Graph
from bot.graph.packages import PACKAGES
from bot.graph.policy_terms import terms_of
from bot.graph.times import moment
from bot.graph.wire import Json, Query, literal, path

PACKAGE = f"{PACKAGES}/{{}}"
#: One part of a package each, because Graph refuses queries that follow too many relations at once.
PARTS: dict[str, Query] = {
    "basics": {"$expand": "catalog"},
    "roles": {"$select": "id", "$expand": "resourceRoleScopes($expand=role($expand=resource),scope)"},
    "policies": {
        "$select": "id",
        "$expand": "assignmentPolicies($expand=questions,customExtensionStageSettings($expand=customExtension))",
    },
    "separation": {
        "$select": "id",
        "$expand": "incompatibleAccessPackages($select=id,displayName),incompatibleGroups($select=id,displayName)",
    },
}


async def blueprint(graph: Graph, package_id: str) -> Blueprint:
    """One package in one round trip, and another where policies refer to people by id alone. Raises NotFound.

    https://learn.microsoft.com/graph/api/accesspackage-get
    """
    address = path(PACKAGE, package_id)
    answers = await send(graph.wire, [Ask(part, address, query) for part, query in PARTS.items()])
    whole: Json = {}
    for part in reversed(PARTS):
        whole |= answers[part]
    await subject_names.fill_in(graph, [whole])
    return blueprint_of(whole)


async def blueprints(graph: Graph) -> tuple[Blueprint, ...]:
    """Every package, by name; one round trip while each list fits a page.

    https://learn.microsoft.com/graph/api/entitlementmanagement-list-accesspackages
    """
    answers = await send(graph.wire, [Ask(part, PACKAGES, query) for part, query in PARTS.items()])
    whole: dict[str, Json] = {}
    for part in PARTS:
        for row in await graph.wire.rest(answers[part]):
            # A package made between two answers is in some of the lists only: it is left for the next look.
            if part == "basics":
                whole[str(row["id"])] = row
            elif str(row["id"]) in whole:
                whole[str(row["id"])] |= row
    await subject_names.fill_in(graph, list(whole.values()))
    found = [blueprint_of(row) for row in whole.values()]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


async def find_packages(graph: Graph, name: str, catalog_id: str) -> tuple[Blueprint, ...]:
    """Packages with exactly this name in the catalog, basics only."""
    rows = await graph.wire.all(PACKAGES, {"$filter": f"displayName eq {literal(name)}", "$expand": "catalog"})
    found = [blueprint_of(row) for row in rows]
    return tuple(one for one in found if one.name == name and one.catalog.id == catalog_id)


def blueprint_of(row: Json) -> Blueprint:
    """A package with whatever was expanded. https://learn.microsoft.com/graph/api/resources/accesspackage"""
    return Blueprint(
        name=str(row.get("displayName") or row["id"]),
        catalog=catalog_of(row.get("catalog") or {"id": ""}),
        description=str(row.get("description") or ""),
        hidden=row.get("isHidden") is True,
        roles=tuple(
            role for scope in row.get("resourceRoleScopes") or [] if (role := resource_role_of(scope)) is not None
        ),
        policies=tuple(terms_of(policy) for policy in row.get("assignmentPolicies") or []),
        incompatible_packages=_named(row.get("incompatibleAccessPackages")),
        incompatible_groups=_named(row.get("incompatibleGroups")),
        id=str(row["id"]),
        modified_at=moment(row.get("modifiedDateTime")),
        created_at=moment(row.get("createdDateTime")),
    )


def resource_role_of(row: Json) -> ResourceRole | None:
    """What one resource role scope opens; None for systems Usher does not build with (directory roles).

    https://learn.microsoft.com/graph/api/resources/accesspackageresourcerolescope
    """
    role, scope = row.get("role") or {}, row.get("scope") or {}
    resource = role.get("resource") or scope.get("resource") or {}
    system = resource.get("originSystem") or role.get("originSystem") or scope.get("originSystem")
    if system not in set(System):
        return None
    origin = str(resource.get("originId") or scope.get("originId") or "")
    name = str(resource.get("displayName") or origin)
    role_id = str(role.get("originId") or "")
    return ResourceRole(
        resource=Resource(System(system), origin, name, str(resource.get("id") or "")),
        role=Role(role_id, str(role.get("displayName") or role_id)),
        scope_id=str(row.get("id") or ""),
    )


def _named(rows: object) -> tuple[Named, ...]:
    listed = rows if isinstance(rows, list) else []
    return tuple(Named(str(row["id"]), str(row.get("displayName") or row["id"])) for row in listed)
