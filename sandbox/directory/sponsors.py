"""Graph's sponsors: the people and groups who answer for a guest."""

from sandbox.directory.objects import brief, referenced, the_user, typed_all
from sandbox.directory.users import READ
from sandbox.errors import bad_request, not_found
from sandbox.odata import collection
from sandbox.routes import NO_CONTENT, Call, Reply, route

MOST = 5
WRITE = "User.ReadWrite.All"


@route("GET", "/users/{id}/sponsors", app=READ, delegated="User.Read|User.Read.All")
def list_sponsors(call: Call) -> Reply:
    """The user's sponsors."""
    user = the_user(call)
    return collection(call, [brief(row) for row in typed_all(call.world, user["_sponsors"])], directory=True)


@route("POST", "/users/{id}/sponsors/$ref", app=WRITE, delegated=WRITE)
def add_sponsor(call: Call) -> Reply:
    """Adds one; 400 when it is one already, or the sixth."""
    user, sponsor = the_user(call), referenced(call)
    if sponsor["@odata.type"] not in ("#microsoft.graph.user", "#microsoft.graph.group"):
        raise bad_request("A sponsor is a user or a group.")
    if sponsor["id"] in user["_sponsors"]:
        raise bad_request(
            "One or more added object references already exist for the following modified properties: 'sponsors'."
        )
    if len(user["_sponsors"]) >= MOST:
        raise bad_request(f"A user has at most {MOST} sponsors.")
    user["_sponsors"].append(sponsor["id"])
    return NO_CONTENT


@route("DELETE", "/users/{id}/sponsors/{sponsor}/$ref", app=WRITE, delegated=WRITE)
def remove_sponsor(call: Call) -> Reply:
    """Removes one; 404 when it is none."""
    user, key = the_user(call), call.params["sponsor"]
    if key not in user["_sponsors"]:
        raise not_found(key)
    user["_sponsors"].remove(key)
    return NO_CONTENT
