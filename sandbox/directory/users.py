"""Graph's users: list, read, change, delete, count."""

from typing import Any

from sandbox.directory.membership import roles_of
from sandbox.directory.objects import brief, find_object, the_user, typed_all
from sandbox.directory.shapes import PATCHABLE, USER, USER_DEFAULT
from sandbox.errors import GraphError, bad_request, denied
from sandbox.odata import collection, count, entity, split
from sandbox.people import find_person
from sandbox.permissions import allowed
from sandbox.routes import NO_CONTENT, Call, Reply, route
from sandbox.world import Entity, World

READ = "User.Read.All|Directory.Read.All"
WRITE = "User.ReadWrite.All|Directory.ReadWrite.All"
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
KEPT_DAYS = 30
USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1"


def expansions(world: World) -> dict[str, Any]:
    """What $expand may follow from a user."""
    return {
        "sponsors": lambda user: [brief(row) for row in typed_all(world, user.get("_sponsors", []))],
        "manager": lambda user: manager_of(world, user),
    }


def manager_of(world: World, user: Entity) -> Entity | None:
    """The user's manager, as a directory object."""
    key = user.get("_manager")
    found = find_object(world, key) if key else None
    return brief(found) if found else None


def check_activity(call: Call) -> None:
    """403 when the query touches signInActivity without its permission or a premium licence; 400 for a mixed filter."""
    text = call.query.get("$filter", "").lower()
    if "signinactivity" not in text + call.query.get("$select", "").lower():
        return
    if not allowed("AuditLog.Read.All", call.caller, call.world):
        raise denied()
    if not call.world.options["licence"]:
        message = "Neither tenant is B2C or tenant doesn't have premium license"
        raise GraphError(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", message)
    if "signinactivity" in text and (" and " in text or " or " in text):
        raise bad_request("signInActivity cannot be filtered together with another property.")


@route("GET", "/users", app=READ, delegated="User.ReadBasic.All|User.Read.All")
def list_users(call: Call) -> Reply:
    """A page of users."""
    check_activity(call)
    if call.world.crowd is not None:
        call.world.crowd.meet(call.query.get("$filter", ""))
    selected = call.query.get("$select", "")
    unsupported = {"aboutMe", "birthday", "hireDate", "interests", "mySite", "skills", "mailboxSettings"}
    if unsupported & set(split(selected)):
        raise GraphError(501, "NotImplemented", "This property is not supported in a list of users.")
    most = 120 if "signinactivity" in selected.lower() else 999
    return collection(
        call,
        call.world.rows("users"),
        expand=expansions(call.world),
        known=USER,
        default=USER_DEFAULT,
        directory=True,
        most=most,
    )


@route("GET", "/users/$count", app=READ, delegated=READ)
def count_users(call: Call) -> Reply:
    """How many users, as text."""
    check_activity(call)
    return count(call, call.world.rows("users"), expand=expansions(call.world), directory=True)


@route("GET", "/users/{id}", app=READ, delegated="User.Read|User.Read.All")
def get_user(call: Call) -> Reply:
    """One user, by object id or principal name."""
    user = the_user(call)
    check_activity(call)
    if not call.query.get("$select"):
        user = {name: value for name, value in user.items() if name in USER_DEFAULT or name.startswith("_")}
    return entity(call, user, expand=expansions(call.world), known=USER)


@route("PATCH", "/users/{id}", app=WRITE, delegated=WRITE)
def patch_user(call: Call) -> Reply:
    """Changes a user; a person needs a role for it."""
    user, body = the_user(call), call.object()
    _check_administrator(call, user)
    for name, value in body.items():
        if name.startswith("@"):
            continue
        if name not in PATCHABLE:
            raise bad_request(f"Invalid property '{name}'.")
        listed = not isinstance(value, list) or all(isinstance(item, str) for item in value)
        if value is not None and not (isinstance(value, PATCHABLE[name]) and listed):
            raise bad_request(f"Invalid value specified for property '{name}' of resource 'User'.")
    _check_unique(call.world, user, body.get("mail"))
    user.update({name: value for name, value in body.items() if not name.startswith("@")})
    return NO_CONTENT


@route("DELETE", "/users/{id}", app="User.ReadWrite.All", delegated="User.ReadWrite.All")
def delete_user(call: Call) -> Reply:
    """Moves a user to the recycle bin; who holds a role is refused to an app without one."""
    user = the_user(call)
    _check_administrator(call, user)
    remove_user(call.world, user)
    return NO_CONTENT


@route("POST", "/users/{id}/revokeSignInSessions", app="User.RevokeSessions.All|User.ReadWrite.All", delegated=WRITE)
def revoke_sessions(call: Call) -> Reply:
    """Ends the user's sessions."""
    user = the_user(call)
    user["signInSessionsValidFromDateTime"] = call.world.clock.text()
    return Reply(200, {"@odata.context": f"{call.base_url}/$metadata#Edm.Boolean", "value": True})


@route("GET", "/users/{id}/manager", app=READ, delegated=READ)
def get_manager(call: Call) -> Reply:
    """The user's manager; 404 when there is none."""
    manager = manager_of(call.world, the_user(call))
    if manager is None:
        raise GraphError(
            404,
            "Request_ResourceNotFound",
            "Resource 'manager' does not exist or one of its queried reference-property objects are not present.",
        )
    return entity(call, manager, known=USER)


def remove_user(world: World, user: Entity) -> None:
    """The user is in the recycle bin; memberships are kept for a restore; it is purged after thirty days."""
    del world.tables["users"][user["id"]]
    deleted = world.add("deletedUsers", user | {"deletedDateTime": world.clock.text()})

    def purge() -> None:
        if world.tables["deletedUsers"].get(deleted["id"]) is deleted:
            del world.tables["deletedUsers"][deleted["id"]]

    world.after(KEPT_DAYS * 86400, purge)


def _check_unique(world: World, user: Entity, mail: str | None) -> None:
    other = find_person(world, mail) if mail else None
    if other is not None and other is not user:
        raise bad_request("Another object with the same value for property proxyAddresses already exists.")


def _check_administrator(call: Call, target: Entity) -> None:
    """403 for a person without a fitting role, and for an app that touches a role holder."""
    if call.caller.user is None:
        if roles_of(call.world, target["id"], True):
            raise denied()
        return
    held = {row["roleTemplateId"] for row in roles_of(call.world, call.caller.user, True)}
    if not held & {GLOBAL_ADMINISTRATOR, USER_ADMINISTRATOR}:
        raise denied()
