"""Who works in which catalog: role assignments of entitlement management."""

from __future__ import annotations

from bot.domain.building.delegation import CatalogAssignment
from bot.domain.roles import CatalogRole
from bot.errors import AlreadyThere, NotFound
from bot.graph.batch import Ask, send
from bot.graph.client import Graph
from bot.graph.roles import CATALOG_SCOPE
from bot.graph.wire import Json, literal, path

ROLES = "/roleManagement/entitlementManagement"
ASSIGNMENTS = f"{ROLES}/roleAssignments"
DEFINITIONS = f"{ROLES}/roleDefinitions"
EVERYWHERE = "/"
LOOKS = (0.3, 0.6, 1.2, 2.4)
"""Seconds between looks for a role just given; after that the directory's own delay is left alone."""


async def catalog_assignments(graph: Graph, catalog_id: str) -> tuple[CatalogAssignment, ...]:
    """Who holds which role in this catalog ("": in the whole tenant), by role and name, in one round trip.

    https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments
    """
    rows, roles = await _held(graph, catalog_id)
    found = [_assignment(row, roles) for row in rows if str(row.get("roleDefinitionId")) in roles]
    order = list(CatalogRole)
    return tuple(sorted(found, key=lambda one: (order.index(one.role), one.principal_name.casefold(), one.id)))


async def grant(graph: Graph, catalog_id: str, role: CatalogRole, principal_id: str) -> None:
    """The principal has the role there, and Graph shows it; having it already is success.

    https://learn.microsoft.com/graph/api/rbacapplication-post-roleassignments
    """
    rows, roles = await _held(graph, catalog_id)
    definition = next((key for key, value in roles.items() if value is role), "")
    if not definition:
        raise NotFound(f"this tenant has no role {role.value}", code="RoleDefinitionNotFound")
    if _has(rows, definition, principal_id):
        return
    body = {"principalId": principal_id, "roleDefinitionId": definition, "appScopeId": _scope(catalog_id)}
    try:
        await graph.wire.post(ASSIGNMENTS, body)
    except AlreadyThere:
        return
    for wait in LOOKS:
        rows, _ = await _held(graph, catalog_id)
        if _has(rows, definition, principal_id):
            return
        # Who is refused now because the role is not visible yet would be refused from memory for a minute.
        await graph.wire.pause(wait)


async def take_back(graph: Graph, assignment_id: str) -> None:
    """The role assignment is gone; being gone already is success.

    https://learn.microsoft.com/graph/api/unifiedroleassignment-delete
    """
    try:
        await graph.wire.delete(path(f"{ASSIGNMENTS}/{{}}", assignment_id))
    except NotFound:
        return


async def _held(graph: Graph, catalog_id: str) -> tuple[list[Json], dict[str, CatalogRole]]:
    """The role assignments of one scope, and role definition id -> role; definitions are told apart by name."""
    scope = f"appScopeId eq {literal(_scope(catalog_id))}"
    asks = [Ask("held", ASSIGNMENTS, {"$filter": scope, "$expand": "principal"}), Ask("roles", DEFINITIONS)]
    answers = await send(graph.wire, asks)
    by_name = {role.value.casefold(): role for role in CatalogRole}
    definitions = await graph.wire.rest(answers["roles"])
    roles = {str(row["id"]): by_name.get(str(row.get("displayName") or "").casefold()) for row in definitions}
    return await graph.wire.rest(answers["held"]), {key: role for key, role in roles.items() if role}


def _assignment(row: Json, roles: dict[str, CatalogRole]) -> CatalogAssignment:
    principal = row.get("principal") or {}
    return CatalogAssignment(
        id=str(row["id"]),
        role=roles[str(row.get("roleDefinitionId"))],
        principal_id=str(row.get("principalId") or ""),
        principal_name=str(principal.get("displayName") or ""),
    )


def _has(rows: list[Json], definition: str, principal_id: str) -> bool:
    return any(
        str(row.get("roleDefinitionId")) == definition and str(row.get("principalId")).lower() == principal_id.lower()
        for row in rows
    )


def _scope(catalog_id: str) -> str:
    return f"{CATALOG_SCOPE}{catalog_id}" if catalog_id else EVERYWHERE
