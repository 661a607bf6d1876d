"""Who belongs to what: groups (nested ones too) and directory roles, direct or through a group."""

from sandbox.directory.objects import typed
from sandbox.world import Entity, World


def groups_of(world: World, member: str, transitive: bool) -> list[Entity]:
    """The groups this object is a member of."""
    found: list[str] = []
    waiting = [member]
    while waiting:
        current = waiting.pop()
        direct = [row["id"] for row in world.rows("groups") if current in row.get("_members", [])]
        new = [key for key in direct if key not in found]
        found += new
        waiting += new if transitive else []
    return [world.tables["groups"][key] for key in found]


def roles_of(world: World, member: str, transitive: bool) -> list[Entity]:
    """The activated directory roles this object holds for the whole directory."""
    holders = {member}
    if transitive:
        holders |= {row["id"] for row in groups_of(world, member, True)}
    templates = {
        row["roleDefinitionId"]
        for row in world.rows("roleAssignments")
        if row["principalId"] in holders and row["directoryScopeId"] == "/"
    }
    return [row for row in world.rows("directoryRoles") if row["roleTemplateId"] in templates]


def containers(world: World, member: str, transitive: bool) -> list[Entity]:
    """Groups and roles together, with their types."""
    groups = [typed("groups", row) for row in groups_of(world, member, transitive)]
    return groups + [typed("directoryRoles", row) for row in roles_of(world, member, transitive)]


def members_of(world: World, group: Entity, transitive: bool) -> list[str]:
    """The ids of a group's members; with `transitive`, of nested groups too, each once."""
    found: list[str] = []
    waiting = [group]
    while waiting:
        for key in waiting.pop(0).get("_members", []):
            if key not in found:
                found.append(key)
                nested = world.get("groups", key) if transitive else None
                waiting += [nested] if nested else []
    return found


def holds_role(world: World, user: str, *templates: str) -> bool:
    """Whether the user holds one of these directory roles (by template id), also through a group."""
    return any(row["roleTemplateId"] in templates for row in roles_of(world, user, True))
