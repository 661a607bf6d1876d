"""Serve access packages and the resource roles they are made of."""

from __future__ import annotations

from sandbox.entitlement import expansions
from sandbox.entitlement.access import READ, SUBJECT, WRITE, operation
from sandbox.entitlement.answers import shown
from sandbox.entitlement.effects import grant, take
from sandbox.entitlement.model import conform, invalid, require
from sandbox.entitlement.records import LIVE_STATES, OPEN_STATES, find, policies_of
from sandbox.entitlement.scope import requestable
from sandbox.entitlement.shapes import NEW_PACKAGE, PACKAGE, ROLE_SCOPE
from sandbox.errors import GraphError, bad_request
from sandbox.odata import collection, count, entity
from sandbox.routes import NO_CONTENT, Call, Reply
from sandbox.world import Entity, World

KNOWN = frozenset(["id", "displayName", "description", "isHidden", "createdDateTime", "modifiedDateTime"])


def new_package(world: World, catalog_id: str, **facts: object) -> Entity:
    """An access package without roles in the catalog."""
    return {
        "id": world.new_id(),
        "displayName": None,
        "description": None,
        "isHidden": False,
        "createdDateTime": world.clock.text(),
        "modifiedDateTime": world.clock.text(),
        "_catalogId": catalog_id,
        "_roleScopes": [],
    } | facts


def new_role_scope(world: World, role: Entity, scope: Entity) -> Entity:
    """A resource role scope of a package, named after the role and the scope it joins."""
    return {
        "id": f"{role['id']}_{scope['id']}",
        "createdDateTime": world.clock.text(),
        "role": role,
        "scope": scope,
    }


@operation("GET", "/accessPackages", app=READ, delegated=READ)
def list_packages(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagement-list-accesspackages"""
    return collection(call, call.world.rows("accessPackages"), expand=expansions.of_package(call.world), known=KNOWN)


@operation("GET", "/accessPackages/$count", app=READ, delegated=READ)
def count_packages(call: Call) -> Reply:
    """The number of packages as text."""
    return count(call, call.world.rows("accessPackages"), expand=expansions.of_package(call.world))


@operation("GET", "/accessPackages/filterByCurrentUser(on='{on}')", app=None, delegated=f"{SUBJECT}|{READ}", own=True)
def list_requestable(call: Call) -> Reply:
    """The packages the signed-in person may ask for; hidden ones are not listed."""
    if call.params["on"] != "allowedRequestor":
        raise bad_request(f"on='{call.params['on']}' is not supported.")
    user = find(call.world, "users", call.user())
    rows = [p for p in call.world.rows("accessPackages") if not p["isHidden"] and requestable(call.world, p, user)]
    return collection(call, rows, expand=expansions.of_package(call.world), known=KNOWN)


@operation("POST", "/accessPackages", app=WRITE, delegated=WRITE)
def create_package(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagement-post-accesspackages"""
    body = call.object()
    conform(body, NEW_PACKAGE)
    require(body, "displayName", "catalog")
    catalog = find(call.world, "catalogs", body["catalog"].get("id"))
    facts = {name: value for name, value in body.items() if name != "catalog"}
    package = new_package(call.world, catalog["id"], **facts)
    return shown(call, call.world.add("accessPackages", call.world.hide(package)))


@operation("GET", "/accessPackages/{id}", app=READ, delegated=READ)
def get_package(call: Call) -> Reply:
    """One access package."""
    return entity(call, _package(call), expand=expansions.of_package(call.world), known=KNOWN)


@operation("PATCH", "/accessPackages/{id}", app=WRITE, delegated=WRITE)
def update_package(call: Call) -> Reply:
    """Name, description or visibility are changed."""
    found, body = _package(call), call.object()
    conform(body, PACKAGE)
    found |= {**body, "modifiedDateTime": call.world.clock.text()}
    return NO_CONTENT


@operation("DELETE", "/accessPackages/{id}", app=WRITE, delegated=WRITE)
def delete_package(call: Call) -> Reply:
    """Refused while anybody is assigned or waits; its policies go with it."""
    found, world = _package(call), call.world
    busy = [a for a in world.tables["assignments"].values() if a["state"] in LIVE_STATES]
    busy += [r for r in world.tables["assignmentRequests"].values() if r["state"] in OPEN_STATES]
    if any(one["_accessPackageId"] == found["id"] for one in busy):
        raise GraphError(
            400, "InvalidDeleteAccessPackageHasAssignments", "The access package has active assignments or requests."
        )
    for policy in policies_of(world, found["id"]):
        del world.tables["assignmentPolicies"][policy["id"]]
    del world.tables["accessPackages"][found["id"]]
    return NO_CONTENT


def _package(call: Call) -> Entity:
    return find(call.world, "accessPackages", call.params["id"])


@operation("GET", "/accessPackages/{id}/catalog", app=READ, delegated=READ)
def get_package_catalog(call: Call) -> Reply:
    """The catalog a package is in."""
    found = find(call.world, "catalogs", _package(call)["_catalogId"])
    return entity(call, found, expand=expansions.of_catalog(call.world))


@operation("GET", "/accessPackages/{id}/assignmentPolicies", app=READ, delegated=READ)
def list_package_policies(call: Call) -> Reply:
    """The policies of one package."""
    return collection(call, policies_of(call.world, _package(call)["id"]), expand=expansions.of_policy(call.world))


@operation("GET", "/accessPackages/{id}/resourceRoleScopes", app=READ, delegated=READ)
def list_role_scopes(call: Call) -> Reply:
    """What the package opens."""
    rows = expansions.role_scopes(call.world, _package(call))
    return collection(call, rows, expand=expansions.of_role_scope(call.world))


@operation("POST", "/accessPackages/{id}/resourceRoleScopes", app=WRITE, delegated=WRITE)
def add_role_scope(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accesspackage-post-resourcerolescopes

    People who already hold the package get the new role as well.
    """
    package, body, world = _package(call), call.object(), call.world
    conform(body, ROLE_SCOPE)
    require(body, "role", "scope")
    resource = _resource(world, package, body["role"].get("resource") or {})
    role = _matching(resource["_roles"], body["role"])
    if role is None or (_follows_a_rule(world, resource) and role["displayName"] == "Member"):
        raise GraphError(404, "RoleNotFound", "The role was not found.")
    scope = _matching(resource["_scopes"], body["scope"])
    if scope is None:
        raise invalid("the scope is not one of the resource's scopes")
    added = new_role_scope(world, role, scope)
    if any(known["id"] == added["id"] for known in package["_roleScopes"]):
        raise GraphError(400, "ResourceRoleScopeAlreadyExists", "The access package already has this role.")
    package["_roleScopes"].append(world.hide(added))
    for user_id in _holders(world, package):
        grant(world, package, user_id)
    return shown(call, {"id": added["id"], "createdDateTime": added["createdDateTime"]})


def _resource(world: World, package: Entity, named: Entity) -> Entity:
    require(named, "id")
    resource = world.get("catalogResources", str(named["id"]))
    if resource is None:
        raise GraphError(404, "RoleNotFound", "The role was not found.")
    if resource["_catalogId"] != package["_catalogId"]:
        raise invalid("the resource is in another catalog")
    return resource


def _follows_a_rule(world: World, resource: Entity) -> bool:
    """Whether the resource is a group whose members nobody can add."""
    group = world.tables["groups"].get(resource["originId"]) or {}
    return "DynamicMembership" in (group.get("groupTypes") or [])


def _matching(parts: list[Entity], wanted: Entity) -> Entity | None:
    for part in parts:
        if wanted.get("originId") == part["originId"] or (wanted.get("id") == part["id"] and "originId" not in wanted):
            return part
    return None


def _holders(world: World, package: Entity) -> list[str]:
    held = ("delivered", "partiallyDelivered")
    rows = world.tables["assignments"].values()
    return [a["_targetId"] for a in rows if a["_accessPackageId"] == package["id"] and a["state"] in held]


@operation("GET", "/accessPackages/{id}/resourceRoleScopes/{scope}", app=READ, delegated=READ)
def get_role_scope(call: Call) -> Reply:
    """One resource role scope."""
    return entity(call, _role_scope(call), expand=expansions.of_role_scope(call.world))


@operation("DELETE", "/accessPackages/{id}/resourceRoleScopes/{scope}", app=WRITE, delegated=WRITE)
def delete_role_scope(call: Call) -> Reply:
    """The package no longer opens this, and those who hold it lose it."""
    package, gone = _package(call), _role_scope(call)
    package["_roleScopes"].remove(gone)
    for user_id in _holders(call.world, package):
        right = (gone["role"]["originSystem"], gone["scope"]["originId"], gone["role"]["originId"])
        take(call.world, right, user_id)
    return NO_CONTENT


def _role_scope(call: Call) -> Entity:
    for one in expansions.role_scopes(call.world, _package(call)):
        if one["id"] == call.params["scope"]:
            return one
    return find(call.world, "accessPackages", call.params["scope"])
