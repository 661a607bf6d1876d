"""Graph's directory roles: activated roles with members, and the unified role assignments."""

from sandbox.directory.membership import members_of
from sandbox.directory.objects import brief, find_object, the, typed_all
from sandbox.odata import collection
from sandbox.routes import Call, Reply, route
from sandbox.world import Entity, World

READ = "RoleManagement.Read.Directory"


@route("GET", "/directoryRoles", app=READ, delegated=READ)
def list_roles(call: Call) -> Reply:
    """The activated roles."""
    return collection(call, call.world.rows("directoryRoles"), directory=True)


@route("GET", "/directoryRoles/{id}/members", app=READ, delegated=READ)
def list_role_members(call: Call) -> Reply:
    """Who holds an activated role directly."""
    template = the(call, "directoryRoles")["roleTemplateId"]
    holders = [row["principalId"] for row in call.world.rows("roleAssignments") if row["roleDefinitionId"] == template]
    return collection(call, [brief(row) for row in typed_all(call.world, holders)], directory=True)


@route("GET", "/roleManagement/directory/roleDefinitions", app=READ, delegated=READ)
def list_definitions(call: Call) -> Reply:
    """The built-in role definitions."""
    return collection(call, call.world.rows("roleDefinitions"))


def _expand(world: World) -> dict[str, object]:
    def principal(row: Entity) -> Entity | None:
        found = find_object(world, row["principalId"])
        return brief(found) if found else None

    return {"roleDefinition": lambda row: world.get("roleDefinitions", row["roleDefinitionId"]), "principal": principal}


@route("GET", "/roleManagement/directory/roleAssignments", app=READ, delegated=READ)
def list_assignments(call: Call) -> Reply:
    """Direct role assignments."""
    return collection(call, call.world.rows("roleAssignments"), expand=_expand(call.world))


@route("GET", "/roleManagement/directory/roleAssignmentScheduleInstances", app=READ, delegated=READ)
def list_instances(call: Call) -> Reply:
    """Active assignments, those that come through a group too."""
    world = call.world
    rows: list[Entity] = []
    for row in world.rows("roleAssignments"):
        group = world.get("groups", row["principalId"])
        holders = [row["principalId"], *(members_of(world, group, True) if group else [])]
        rows.extend(_instance(row, holder) for holder in holders)
    return collection(call, rows, expand=_expand(world))


def _instance(row: Entity, holder: str) -> Entity:
    return {
        "id": f"{row['id']}-{holder[-12:]}",
        "appScopeId": None,
        "assignmentType": "Assigned",
        "directoryScopeId": row["directoryScopeId"],
        "endDateTime": None,
        "memberType": "Direct" if holder == row["principalId"] else "Group",
        "principalId": holder,
        "roleAssignmentOriginId": row["id"],
        "roleAssignmentScheduleId": row["id"],
        "roleDefinitionId": row["roleDefinitionId"],
        "startDateTime": None,
    }
