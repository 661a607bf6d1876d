"""Graph's service principals and who is assigned to them."""

from typing import Any

from sandbox.directory.objects import brief, find_object, the, the_user, typed_all
from sandbox.directory.shapes import SERVICE_PRINCIPAL
from sandbox.errors import GraphError, bad_request, not_found
from sandbox.odata import collection, entity
from sandbox.routes import NO_CONTENT, Call, Reply, created, route
from sandbox.world import Entity, World, public

READ = "Application.Read.All|Directory.Read.All"
ASSIGN = "AppRoleAssignment.ReadWrite.All"
DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000"
KINDS = {"user": "User", "group": "Group", "servicePrincipal": "ServicePrincipal"}


def expansions(world: World) -> dict[str, Any]:
    """What $expand may follow from a service principal."""
    return {"owners": lambda row: [brief(owner) for owner in typed_all(world, row["_owners"])]}


@route("GET", "/servicePrincipals", app=READ, delegated=READ)
def list_applications(call: Call) -> Reply:
    """A page of service principals."""
    rows, expand = call.world.rows("servicePrincipals"), expansions(call.world)
    return collection(call, rows, expand=expand, known=SERVICE_PRINCIPAL, directory=True)


@route("GET", "/servicePrincipals/{id}", app=READ, delegated=READ)
def get_application(call: Call) -> Reply:
    """One service principal."""
    return entity(call, the(call, "servicePrincipals"), expand=expansions(call.world), known=SERVICE_PRINCIPAL)


@route("GET", "/servicePrincipals(appId='{appId}')", app=READ, delegated=READ)
def get_by_app_id(call: Call) -> Reply:
    """One service principal, by application id."""
    for row in call.world.rows("servicePrincipals"):
        if row["appId"] == call.params["appId"]:
            return entity(call, row, known=SERVICE_PRINCIPAL)
    raise not_found(call.params["appId"])


@route("GET", "/servicePrincipals/{id}/owners", app=READ, delegated=READ)
def list_owners(call: Call) -> Reply:
    """Who owns the application."""
    row = the(call, "servicePrincipals")
    return collection(call, [brief(owner) for owner in typed_all(call.world, row["_owners"])], directory=True)


@route("GET", "/servicePrincipals/{id}/appRoleAssignedTo", app=READ, delegated=READ)
def list_assigned(call: Call) -> Reply:
    """Users, groups and applications assigned to the application."""
    row = the(call, "servicePrincipals")
    rows = [one for one in call.world.rows("appRoleAssignments") if one["resourceId"] == row["id"]]
    rows = [one for one in rows if find_object(call.world, one["principalId"])]  # not those in the recycle bin
    return collection(call, rows, directory=True)


@route("POST", "/servicePrincipals/{id}/appRoleAssignedTo", app=ASSIGN, delegated=ASSIGN)
def assign(call: Call) -> Reply:
    """Assigns a user, group or application to a role of this application, outside entitlement management."""
    application, body = the(call, "servicePrincipals"), call.object()
    if body.get("resourceId") != application["id"]:
        raise bad_request("The resourceId does not match the service principal in the path.")
    principal = find_object(call.world, str(body.get("principalId")))
    if principal is None:
        raise not_found(str(body.get("principalId")))
    role = body.get("appRoleId") or DEFAULT_ACCESS
    roles = {DEFAULT_ACCESS, *(row["id"] for row in application["appRoles"])}
    if role not in roles:
        raise bad_request("Permission being assigned was not found on application.")
    wanted = (principal["id"], application["id"], role)
    if any(
        (row["principalId"], row["resourceId"], row["appRoleId"]) == wanted
        for row in call.world.rows("appRoleAssignments")
    ):
        raise bad_request("Permission being assigned already exists on the object.")
    row = {
        "id": call.world.new_id(),
        "deletedDateTime": None,
        "appRoleId": role,
        "createdDateTime": call.world.clock.text(),
        "principalDisplayName": principal["displayName"],
        "principalId": principal["id"],
        "principalType": KINDS[principal["@odata.type"].rsplit(".", 1)[-1]],
        "resourceDisplayName": application["displayName"],
        "resourceId": application["id"],
    }
    return created(public(call.world.add("appRoleAssignments", row)))


@route("DELETE", "/servicePrincipals/{id}/appRoleAssignedTo/{assignment}", app=ASSIGN, delegated=ASSIGN)
def unassign(call: Call) -> Reply:
    """Ends an assignment."""
    row = _of(call, the(call, "servicePrincipals")["id"])
    del call.world.tables["appRoleAssignments"][row["id"]]
    return NO_CONTENT


def _of(call: Call, application: str) -> Entity:
    row = the(call, "appRoleAssignments", "assignment")
    if row["resourceId"] != application:
        raise GraphError(404, "Request_ResourceNotFound", "The assignment belongs to another application.")
    return row


@route("GET", "/users/{id}/appRoleAssignments", app=READ, delegated=READ)
def list_of_user(call: Call) -> Reply:
    """The application roles of a user, the groups' roles not included."""
    user = the_user(call)["id"]
    rows = [row for row in call.world.rows("appRoleAssignments") if row["principalId"] == user]
    return collection(call, rows, directory=True)
