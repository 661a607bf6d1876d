"""Graph's recycle bin: deleted users, kept for thirty days."""

from sandbox.directory.objects import the, typed
from sandbox.directory.shapes import USER, USER_DEFAULT
from sandbox.errors import bad_request
from sandbox.odata import collection, entity
from sandbox.people import addresses, find_person
from sandbox.routes import Call, Reply, route
from sandbox.world import public

READ = "User.Read.All|Directory.Read.All"


@route("GET", "/directory/deletedItems/graph.user", app=READ, delegated=READ)
def list_deleted(call: Call) -> Reply:
    """The deleted users."""
    rows = call.world.rows("deletedUsers")
    return collection(call, rows, known=USER, default=(*USER_DEFAULT, "deletedDateTime"), directory=True)


@route("GET", "/directory/deletedItems/{id}", app=READ, delegated=READ)
def get_deleted(call: Call) -> Reply:
    """One deleted object."""
    return entity(call, typed("users", the(call, "deletedUsers")), known=USER)


@route("POST", "/directory/deletedItems/{id}/restore", app="User.ReadWrite.All", delegated="User.ReadWrite.All")
def restore(call: Call) -> Reply:
    """Brings a user back, unless somebody else has the address by now."""
    user = the(call, "deletedUsers")
    if any(find_person(call.world, address) for address in addresses(user)):
        raise bad_request("Another object with the same value for property userPrincipalName already exists.")
    del call.world.tables["deletedUsers"][user["id"]]
    user["deletedDateTime"] = None
    call.world.add("users", user)
    shown = {name: value for name, value in public(user).items() if name in (*USER_DEFAULT, "deletedDateTime")}
    kind = {
        "@odata.context": f"{call.base_url}/$metadata#directoryObjects/$entity",
        "@odata.type": "#microsoft.graph.user",
    }
    return Reply(200, {**kind, **shown})


@route(
    "DELETE",
    "/directory/deletedItems/{id}",
    app="User.DeleteRestore.All|User.ReadWrite.All",
    delegated="User.ReadWrite.All",
)
def purge(call: Call) -> Reply:
    """Deletes a user for good."""
    del call.world.tables["deletedUsers"][the(call, "deletedUsers")["id"]]
    return Reply(204)
