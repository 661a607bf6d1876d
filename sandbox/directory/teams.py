"""Graph's Teams apps: the organisation's catalog and what is installed for a person."""

from typing import Any

from sandbox.directory.objects import the_user
from sandbox.errors import GraphError, bad_request, denied, not_found
from sandbox.odata import collection, entity
from sandbox.routes import NO_CONTENT, Call, Reply, route
from sandbox.world import Entity, World

READ = "TeamsAppInstallation.ReadForUser.All|TeamsAppInstallation.ReadWriteSelfForUser.All"
WRITE = "TeamsAppInstallation.ReadWriteSelfForUser.All|TeamsAppInstallation.ReadWriteForUser.All"
PERSON_READ = "TeamsAppInstallation.ReadForUser|TeamsAppInstallation.ReadWriteSelfForUser"
PERSON_WRITE = "TeamsAppInstallation.ReadWriteSelfForUser"


def _expand(world: World) -> dict[str, Any]:
    def app(row: Entity) -> Entity | None:
        return world.get("teamsApps", row["_appId"])

    def definition(row: Entity) -> Entity:
        found = world.tables["teamsApps"][row["_appId"]]
        return {
            "id": row["id"],
            "teamsAppId": row["_appId"],
            "displayName": found["displayName"],
            "version": "1.0.0",
            "publishingState": "published",
        }

    return {
        "teamsApp": app,
        "teamsAppDefinition": definition,
        "chat": lambda row: {"id": row["_chatId"], "chatType": "oneOnOne"},
    }


@route("GET", "/appCatalogs/teamsApps", app="AppCatalog.Read.All", delegated="AppCatalog.Read.All")
def list_apps(call: Call) -> Reply:
    """The catalog."""
    return collection(call, call.world.rows("teamsApps"), expand={"appDefinitions": lambda row: []})


def _rows(call: Call) -> list[Entity]:
    user = the_user(call)["id"]
    return [row for row in call.world.rows("installedApps") if row["_userId"] == user]


def _the_installation(call: Call) -> Entity:
    for row in _rows(call):
        if row["id"] == call.params["installation"]:
            return row
    raise not_found(call.params["installation"])


@route("GET", "/users/{id}/teamwork/installedApps", app=READ, delegated=PERSON_READ)
def list_installed(call: Call) -> Reply:
    """What is installed for the person."""
    return collection(call, _rows(call), expand=_expand(call.world))


@route("POST", "/users/{id}/teamwork/installedApps", app=WRITE, delegated=PERSON_WRITE)
def install(call: Call) -> Reply:
    """201 without a body; 409 when installed already, 403 for someone who cannot use Teams here."""
    user, world = the_user(call), call.world
    bound = call.object().get("teamsApp@odata.bind")
    if not isinstance(bound, str) or "/appCatalogs/teamsApps/" not in bound:
        raise bad_request("teamsApp@odata.bind is required.", "BadRequest")
    app = world.get("teamsApps", bound.rsplit("/", 1)[-1])
    if app is None:
        raise GraphError(404, "NotFound", "No app found in the catalog with this id.")
    if user["userType"] == "Guest":
        raise GraphError(403, "Forbidden", "App installation is not available for a guest who has not used Teams here.")
    if any(row["_appId"] == app["id"] for row in _rows(call)):
        raise GraphError(409, "Conflict", "App has already been installed for this user.")
    if not user["accountEnabled"]:
        raise denied()
    world.add(
        "installedApps",
        {
            "id": world.new_id(),
            "_appId": app["id"],
            "_userId": user["id"],
            "_chatId": f"19:{user['id']}_{app['externalId']}@unq.gbl.spaces",
        },
    )
    return Reply(201)


@route("GET", "/users/{id}/teamwork/installedApps/{installation}", app=READ, delegated=PERSON_READ)
def get_installed(call: Call) -> Reply:
    """One installation."""
    return entity(call, _the_installation(call), expand=_expand(call.world))


@route("DELETE", "/users/{id}/teamwork/installedApps/{installation}", app=WRITE, delegated=PERSON_WRITE)
def uninstall(call: Call) -> Reply:
    """Removes the app for the person."""
    del call.world.tables["installedApps"][_the_installation(call)["id"]]
    return NO_CONTENT


@route("GET", "/users/{id}/teamwork/installedApps/{installation}/chat", app=READ, delegated=PERSON_READ)
def get_chat(call: Call) -> Reply:
    """The 1:1 chat between the person and the app."""
    chat = {"id": _the_installation(call)["_chatId"], "chatType": "oneOnOne", "topic": None, "webUrl": None}
    return entity(call, chat | {"createdDateTime": call.world.clock.text(), "lastUpdatedDateTime": None})
