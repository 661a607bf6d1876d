"""What GET /_control/state shows: every table, with the navigations a test needs to read it."""

from collections.abc import Callable
from typing import Any

from sandbox.world import Entity, World, public

View = Callable[[World, Entity], Entity]
VIEWS: dict[str, View] = {}
ALWAYS = (
    "users",
    "deletedUsers",
    "groups",
    "servicePrincipals",
    "appRoleAssignments",
    "invitations",
    "catalogs",
    "catalogResources",
    "accessPackages",
    "assignmentPolicies",
    "assignmentRequests",
    "assignments",
    "subjects",
    "connectedOrganizations",
)


def view(table: str) -> Callable[[View], View]:
    """Registers how this table's entities are shown (for example with their target and package expanded)."""

    def register(show: View) -> View:
        VIEWS[table] = show
        return show

    return register


def _plain(world: World, entity: Entity) -> Entity:
    return entity


def snapshot(world: World) -> dict[str, Any]:
    """The whole tenant as plain JSON; entities that have not replicated yet are shown too."""
    shown: dict[str, Any] = {"tenant": {"id": world.tenant["id"], "domain": world.tenant["domain"]}}
    for table in (*ALWAYS, *sorted(set(world.tables) - set(ALWAYS))):
        show = VIEWS.get(table, _plain)
        shown[table] = [public(show(world, entity)) for entity in list(world.tables[table].values())]
    return shown
