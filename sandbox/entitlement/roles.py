"""Serve entitlement management's own roles: who may work in which catalog."""

from __future__ import annotations

import re

from sandbox.entitlement.access import check_licence
from sandbox.entitlement.answers import shown
from sandbox.entitlement.expansions import Expansions
from sandbox.entitlement.model import conform, invalid, require
from sandbox.entitlement.records import find
from sandbox.entitlement.shapes import ROLE_ASSIGNMENT
from sandbox.errors import GraphError, not_found
from sandbox.odata import collection, entity
from sandbox.routes import NO_CONTENT, Call, Reply, route
from sandbox.world import Entity, World

ROLES = "/roleManagement/entitlementManagement"
READ = "RoleManagement.Read.EntitlementManagement|EntitlementManagement.Read.All"
WRITE = "RoleManagement.ReadWrite.EntitlementManagement|EntitlementManagement.ReadWrite.All"
DEFINITIONS = {
    "ae79f266-94d4-4dab-b730-feca7e132178": "Catalog owner",
    "44272f93-9762-48e8-af59-1b5351b1d6b3": "Catalog reader",
    "7f480852-ebdc-47d4-87de-0d8498384a83": "Access package manager",
    "e2182095-804a-4656-ae11-64734e9b7ae5": "Access package assignment manager",
    "ba92d953-d8e0-4e39-a797-0cbedb0a89e8": "Catalog creator",
}
CREATOR = "ba92d953-d8e0-4e39-a797-0cbedb0a89e8"
_SCOPE = re.compile(r"/(AccessPackageCatalog/[0-9a-f-]{36})?", re.IGNORECASE)


def definition(role_id: str) -> Entity:
    """A built-in role as Graph describes it."""
    return {
        "id": role_id,
        "displayName": DEFINITIONS[role_id],
        "description": f"Holds the rights of a {DEFINITIONS[role_id].lower()}.",
        "isBuiltIn": True,
        "isEnabled": True,
        "templateId": role_id,
        "version": "1.0",
        "rolePermissions": [],
        "resourceScopes": [],
    }


def new_assignment(world: World, *, principal_id: str, role_id: str, scope: str) -> Entity:
    """A role assignment; ``scope`` is ``/`` or ``/AccessPackageCatalog/<catalog id>``."""
    return {
        "id": world.new_id(),
        "principalId": principal_id,
        "roleDefinitionId": role_id,
        "directoryScopeId": None,
        "appScopeId": scope,
    }


def _expand(world: World) -> Expansions:
    return {
        "principal": lambda a: _principal(world, a["principalId"]),
        "roleDefinition": lambda a: definition(a["roleDefinitionId"]),
    }


def _principal(world: World, key: str) -> Entity | None:
    """The user, group or service principal with this id, as Graph types it."""
    for table, kind in (("users", "user"), ("groups", "group"), ("servicePrincipals", "servicePrincipal")):
        found = world.tables[table].get(key.lower())
        if found:
            return {"@odata.type": f"#microsoft.graph.{kind}", **found}
    return None


@route("GET", ROLES + "/roleAssignments", app=READ, delegated=READ)
def list_role_assignments(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments"""
    check_licence(call.world)
    return collection(call, call.world.rows("emRoleAssignments"), expand=_expand(call.world))


@route("POST", ROLES + "/roleAssignments", app=WRITE, delegated=WRITE)
def create_role_assignment(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/rbacapplication-post-roleassignments"""
    check_licence(call.world)
    body = call.object()
    conform(body, ROLE_ASSIGNMENT)
    require(body, "principalId", "roleDefinitionId", "appScopeId")
    principal, role, scope = (body[name] for name in ("principalId", "roleDefinitionId", "appScopeId"))
    _check_assignment(call.world, principal, role, scope)
    made = new_assignment(call.world, principal_id=principal, role_id=role, scope=scope)
    return shown(call, call.world.add("emRoleAssignments", call.world.hide(made)))


def _check_assignment(world: World, principal: str, role: str, scope: str) -> None:
    """GraphError unless all three exist, the scope suits the role, and nobody holds just this already."""
    if role not in DEFINITIONS or not _SCOPE.fullmatch(scope):
        raise invalid("no such role or scope")
    if (role == CREATOR) != (scope == "/"):
        raise invalid("a catalog creator works in the whole tenant, everybody else in one catalog")
    if scope != "/":
        find(world, "catalogs", scope.rpartition("/")[2])
    if _principal(world, principal) is None:
        raise not_found(principal)
    for known in world.tables["emRoleAssignments"].values():
        if (known["principalId"], known["roleDefinitionId"], known["appScopeId"]) == (principal, role, scope):
            raise GraphError(400, "RoleAssignmentExists", "The role assignment already exists.")


@route("GET", ROLES + "/roleAssignments/{id}", app=READ, delegated=READ)
def get_role_assignment(call: Call) -> Reply:
    """One role assignment."""
    return entity(call, find(call.world, "emRoleAssignments", call.params["id"]), expand=_expand(call.world))


@route("DELETE", ROLES + "/roleAssignments/{id}", app=WRITE, delegated=WRITE)
def delete_role_assignment(call: Call) -> Reply:
    """The role is taken away."""
    del call.world.tables["emRoleAssignments"][find(call.world, "emRoleAssignments", call.params["id"])["id"]]
    return NO_CONTENT


@route("GET", ROLES + "/roleDefinitions", app=READ, delegated=READ)
def list_role_definitions(call: Call) -> Reply:
    """The built-in roles of entitlement management."""
    return collection(call, [definition(role_id) for role_id in DEFINITIONS])
