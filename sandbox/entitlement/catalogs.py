"""Serve catalogs and the resources in them."""

from __future__ import annotations

from sandbox.entitlement import expansions, resource_requests
from sandbox.entitlement.access import READ, WRITE, operation
from sandbox.entitlement.answers import shown
from sandbox.entitlement.model import conform, require
from sandbox.entitlement.records import find, packages_in
from sandbox.entitlement.shapes import CATALOG
from sandbox.errors import GraphError
from sandbox.odata import collection, count, entity
from sandbox.routes import NO_CONTENT, Call, Reply
from sandbox.world import Entity, World

KNOWN = frozenset(
    [
        "id",
        "displayName",
        "description",
        "catalogType",
        "state",
        "isExternallyVisible",
        "createdDateTime",
        "modifiedDateTime",
    ]
)
KNOWN_RESOURCE = frozenset(
    [
        "id",
        "displayName",
        "description",
        "originId",
        "originSystem",
        "createdDateTime",
        "modifiedDateTime",
        "attributes",
    ]
)


def new_catalog(world: World, **facts: object) -> Entity:
    """A catalog people made, published and open to guests unless told otherwise."""
    return {
        "id": world.new_id(),
        "displayName": None,
        "description": None,
        "catalogType": "userManaged",
        "state": "published",
        "isExternallyVisible": False,
        "createdDateTime": world.clock.text(),
        "modifiedDateTime": world.clock.text(),
    } | facts


@operation("GET", "/catalogs", app=READ, delegated=READ)
def list_catalogs(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagement-list-catalogs"""
    return collection(call, call.world.rows("catalogs"), expand=expansions.of_catalog(call.world), known=KNOWN)


@operation("GET", "/catalogs/$count", app=READ, delegated=READ)
def count_catalogs(call: Call) -> Reply:
    """The number of catalogs as text."""
    return count(call, call.world.rows("catalogs"))


@operation("POST", "/catalogs", app=WRITE, delegated=WRITE)
def create_catalog(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagement-post-catalogs"""
    body = call.object()
    conform(body, CATALOG)
    require(body, "displayName")
    return shown(call, call.world.add("catalogs", new_catalog(call.world, **body)))


@operation("GET", "/catalogs/{id}", app=READ, delegated=READ)
def get_catalog(call: Call) -> Reply:
    """One catalog."""
    found = find(call.world, "catalogs", call.params["id"])
    return entity(call, found, expand=expansions.of_catalog(call.world), known=KNOWN)


@operation("PATCH", "/catalogs/{id}", app=WRITE, delegated=WRITE)
def update_catalog(call: Call) -> Reply:
    """The named properties are changed."""
    found, body = find(call.world, "catalogs", call.params["id"]), call.object()
    conform(body, CATALOG)
    found |= {**body, "modifiedDateTime": call.world.clock.text()}
    return NO_CONTENT


@operation("DELETE", "/catalogs/{id}", app=WRITE, delegated=WRITE)
def delete_catalog(call: Call) -> Reply:
    """Refused while the catalog holds packages or resources, and for the built-in one; its roles go with it."""
    found = find(call.world, "catalogs", call.params["id"])
    if found["catalogType"] != "userManaged":
        raise GraphError(400, "InvalidDeleteBuiltInCatalog", "A built-in catalog cannot be deleted.")
    if packages_in(call.world, found["id"]) or expansions.resources_in(call.world, found["id"]):
        raise GraphError(400, "InvalidDeleteCatalogNotEmpty", "The catalog has access packages or resources.")
    del call.world.tables["catalogs"][found["id"]]
    roles = call.world.tables["emRoleAssignments"]
    for key in [key for key, one in roles.items() if one["appScopeId"].rpartition("/")[2] == found["id"]]:
        del roles[key]
    return NO_CONTENT


@operation("GET", "/catalogs/{id}/accessPackages", app=READ, delegated=READ)
def list_catalog_packages(call: Call) -> Reply:
    """The packages of one catalog."""
    found = find(call.world, "catalogs", call.params["id"])
    return collection(call, packages_in(call.world, found["id"]), expand=expansions.of_package(call.world))


@operation("GET", "/catalogs/{id}/resources", app=READ, delegated=READ)
def list_resources(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accesspackagecatalog-list-resources"""
    found = find(call.world, "catalogs", call.params["id"])
    rows = expansions.resources_in(call.world, found["id"])
    return collection(call, rows, expand=expansions.of_resource(), known=KNOWN_RESOURCE)


@operation("GET", "/catalogs/{id}/resources/{resource}", app=READ, delegated=READ)
def get_resource(call: Call) -> Reply:
    """One resource of the catalog."""
    return entity(call, _resource(call), expand=expansions.of_resource(), known=KNOWN_RESOURCE)


@operation("POST", "/catalogs/{id}/resources/{resource}/refresh", app=WRITE, delegated=WRITE)
def refresh_resource(call: Call) -> Reply:
    """The resource's roles are read again from where they come from; 204."""
    found = _resource(call)
    fresh = resource_requests.roles_of(call.world, found)
    known = {role["originId"] for role in found["_roles"]}
    found["_roles"] += [role for role in fresh if role["originId"] not in known]
    return NO_CONTENT


def _resource(call: Call) -> Entity:
    catalog = find(call.world, "catalogs", call.params["id"])
    found = find(call.world, "catalogResources", call.params["resource"])
    if found["_catalogId"] != catalog["id"]:
        return find(call.world, "catalogResources", None)
    return found


@operation("GET", "/catalogs/{id}/resourceRoles", app=READ, delegated=READ)
def list_resource_roles(call: Call) -> Reply:
    """Every role of every resource of the catalog; the service wants them filtered by resource."""
    resources = expansions.resources_in(call.world, find(call.world, "catalogs", call.params["id"])["id"])
    rows = [role for resource in resources for role in resource["_roles"]]
    return collection(call, rows, expand=expansions.of_role(call.world))


@operation("GET", "/catalogs/{id}/resourceScopes", app=READ, delegated=READ)
def list_resource_scopes(call: Call) -> Reply:
    """Every scope of every resource of the catalog."""
    resources = expansions.resources_in(call.world, find(call.world, "catalogs", call.params["id"])["id"])
    rows = [scope for resource in resources for scope in resource["_scopes"]]
    return collection(call, rows, expand=expansions.of_role(call.world))
