"""Put groups, applications and sites into catalogs, and take them out again."""

from __future__ import annotations

from sandbox.entitlement import expansions
from sandbox.entitlement.access import READ, WRITE, operation
from sandbox.entitlement.answers import shown
from sandbox.entitlement.effects import DEFAULT_ACCESS
from sandbox.entitlement.model import conform, require
from sandbox.entitlement.records import find
from sandbox.entitlement.shapes import RESOURCE_REQUEST
from sandbox.errors import GraphError
from sandbox.odata import collection, entity
from sandbox.permissions import allowed
from sandbox.routes import Call, Reply
from sandbox.world import Entity, World

# What an app needs beside its entitlement management permission, because it owns nothing itself.
_OWNERSHIP = {
    "AadGroup": "Group.ReadWrite.All",
    "AadApplication": "Application.ReadWrite.All",
    "SharePointOnline": "Sites.FullControl.All",
}
_SITE_GROUPS = {"3": "Owners", "4": "Visitors", "5": "Members"}


def new_resource(world: World, catalog_id: str, *, origin_system: str, origin_id: str) -> Entity:
    """A resource of the catalog with its roles and its root scope; GraphError 400 when the origin does not exist."""
    resource: Entity = {
        "id": world.new_id(),
        "displayName": _display_name(world, origin_system, origin_id),
        "description": None,
        "originId": origin_id,
        "originSystem": origin_system,
        "createdDateTime": world.clock.text(),
        "modifiedDateTime": world.clock.text(),
        "attributes": [],
        "_catalogId": catalog_id,
    }
    resource["_roles"] = roles_of(world, resource)
    resource["_scopes"] = [
        _part(world, resource, origin_id, "Root") | {"description": "Root Scope", "isRootScope": True}
    ]
    return resource


def roles_of(world: World, resource: Entity) -> list[Entity]:
    """The roles the resource offers at this moment, with fresh ids."""
    origin = resource["originId"]
    match resource["originSystem"]:
        case "AadGroup":
            names = {f"Member_{origin}": "Member", f"Owner_{origin}": "Owner"}
        case "AadApplication":
            roles = world.tables["servicePrincipals"][origin].get("appRoles") or []
            people = [r for r in roles if r["isEnabled"] and "User" in r["allowedMemberTypes"]]
            names = {r["id"]: r["displayName"] for r in people} or {DEFAULT_ACCESS: "Default Access"}
        case _:
            names = {number: f"{resource['displayName']} {group}" for number, group in _SITE_GROUPS.items()}
    return [_part(world, resource, role, name) for role, name in names.items()]


def _part(world: World, resource: Entity, origin_id: str, name: str) -> Entity:
    return {
        "id": world.new_id(),
        "displayName": name,
        "description": None,
        "originId": origin_id,
        "originSystem": resource["originSystem"],
        "_resourceId": resource["id"],
    }


def _display_name(world: World, system: str, origin: str) -> str:
    if system == "SharePointOnline":
        found = next((site for site in world.rows("sites") if site["webUrl"] == origin), None)
    else:
        found = world.tables["groups" if system == "AadGroup" else "servicePrincipals"].get(origin)
    if found is None:
        raise GraphError(400, "ResourceNotFoundInOriginSystem", "The resource was not found in the origin system.")
    return str(found["displayName"])


@operation("POST", "/resourceRequests", app=WRITE, delegated=WRITE)
def request_resource(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagement-post-resourcerequests

    Answers at once as delivered; the resource can be read a replication delay later.
    """
    body = call.object()
    conform(body, RESOURCE_REQUEST)
    require(body, "requestType", "resource", "catalog")
    catalog = find(call.world, "catalogs", body["catalog"].get("id"))
    resource = _added(call, catalog, body) if body["requestType"] == "adminAdd" else _changed(call, body)
    request: Entity = {
        "id": call.world.new_id(),
        "requestType": body["requestType"],
        "state": "delivered",
        "createdDateTime": call.world.clock.text(),
        "_catalogId": catalog["id"],
        "_resource": resource,
    }
    return shown(call, call.world.add("resourceRequests", request))


def _added(call: Call, catalog: Entity, body: Entity) -> Entity:
    wanted, world = body["resource"], call.world
    require(wanted, "originId", "originSystem")
    if call.caller.kind == "app" and not allowed(_OWNERSHIP[wanted["originSystem"]], call.caller, world):
        raise GraphError(400, "CallerNotResourceOwner", "The caller is not the resource owner.")
    for known in world.tables["catalogResources"].values():
        if (known["originId"], known["_catalogId"]) == (wanted["originId"], catalog["id"]):
            raise GraphError(400, "ResourceAlreadyOnboarded", "The resource is already onboarded to ELM.")
    resource = new_resource(world, catalog["id"], origin_system=wanted["originSystem"], origin_id=wanted["originId"])
    return world.add("catalogResources", world.hide(resource))


def _changed(call: Call, body: Entity) -> Entity:
    resource = find(call.world, "catalogResources", body["resource"].get("id"))
    if body["requestType"] == "adminRemove":
        if _in_use(call.world, resource):
            why = f"The resource: {resource['id']} can not be deleted because there are active entitlements."
            raise GraphError(400, "InvalidDeleteResourceHasEntitlements", why)
        del call.world.tables["catalogResources"][resource["id"]]
    return resource


def _in_use(world: World, resource: Entity) -> bool:
    packages = world.tables["accessPackages"].values()
    return any(s["role"]["_resourceId"] == resource["id"] for p in packages for s in p.get("_roleScopes") or [])


def _of_request(world: World) -> expansions.Expansions:
    return {
        "catalog": (lambda r: world.tables["catalogs"].get(r["_catalogId"]), {}),
        "resource": (lambda r: r["_resource"], expansions.of_resource()),
    }


@operation("GET", "/resourceRequests", app=READ, delegated=READ)
def list_resource_requests(call: Call) -> Reply:
    """Every resource request so far."""
    return collection(call, call.world.rows("resourceRequests"), expand=_of_request(call.world))


@operation("GET", "/resourceRequests/{id}", app=READ, delegated=READ)
def get_resource_request(call: Call) -> Reply:
    """One resource request."""
    found = find(call.world, "resourceRequests", call.params["id"])
    return entity(call, found, expand=_of_request(call.world))


@operation("GET", "/resourceEnvironments", app=READ, delegated=READ)
def list_environments(call: Call) -> Reply:
    """SharePoint geographies are not simulated: there are none."""
    return collection(call, [])
