"""Graph's groups, their members and owners."""

from typing import Any

from sandbox.directory.membership import members_of
from sandbox.directory.objects import brief, referenced, the, typed_all
from sandbox.directory.shapes import GROUP
from sandbox.errors import bad_request, denied, not_found
from sandbox.odata import collection, entity
from sandbox.routes import NO_CONTENT, Call, Reply, route
from sandbox.world import Entity, World

READ = "GroupMember.Read.All|Group.Read.All|Directory.Read.All"
MOST_EXPANDED = 20
WRITE = "GroupMember.ReadWrite.All|Group.ReadWrite.All"


def expansions(world: World) -> dict[str, Any]:
    """What $expand may follow from a group; at most twenty objects come along."""

    def some(keys: list[str]) -> list[Entity]:
        return [brief(row) for row in typed_all(world, keys)][:MOST_EXPANDED]

    return {"members": lambda group: some(group["_members"]), "owners": lambda group: some(group["_owners"])}


@route("GET", "/groups", app=READ, delegated=READ)
def list_groups(call: Call) -> Reply:
    """A page of groups."""
    expand = expansions(call.world)
    return collection(call, call.world.rows("groups"), expand=expand, known=GROUP, directory=True)


@route("GET", "/groups/{id}", app=READ, delegated=READ)
def get_group(call: Call) -> Reply:
    """One group."""
    return entity(call, the(call, "groups"), expand=expansions(call.world), known=GROUP)


def _people(call: Call, keys: list[str], kind: str = "") -> Reply:
    rows = typed_all(call.world, keys)
    if kind:
        rows = [row for row in rows if row["@odata.type"] == f"#microsoft.graph.{kind}"]
    return collection(call, [row if call.query.get("$select") else brief(row) for row in rows], directory=True)


@route("GET", "/groups/{id}/members", app=READ, delegated=READ)
def list_members(call: Call) -> Reply:
    """Direct members."""
    return _people(call, members_of(call.world, the(call, "groups"), False))


@route("GET", "/groups/{id}/transitiveMembers", app=READ, delegated=READ)
def list_all_members(call: Call) -> Reply:
    """Members, those of nested groups too."""
    return _people(call, members_of(call.world, the(call, "groups"), True))


@route("GET", "/groups/{id}/transitiveMembers/graph.user", app=READ, delegated=READ)
def list_all_users(call: Call) -> Reply:
    """The people among the members, those of nested groups too."""
    return _people(call, members_of(call.world, the(call, "groups"), True), "user")


@route("GET", "/groups/{id}/owners", app=READ, delegated=READ)
def list_owners(call: Call) -> Reply:
    """Owners."""
    return _people(call, the(call, "groups")["_owners"])


@route("POST", "/groups/{id}/members/$ref", app=WRITE, delegated=WRITE)
def add_member(call: Call) -> Reply:
    """Adds a member; 400 when it is one already, 403 where membership follows a rule or a role."""
    group, member = the(call, "groups"), referenced(call)
    if group["isAssignableToRole"] or "DynamicMembership" in group["groupTypes"]:
        raise denied()
    if member["id"] in group["_members"]:
        raise bad_request(
            "One or more added object references already exist for the following modified properties: 'members'."
        )
    group["_members"].append(member["id"])
    return NO_CONTENT


@route("DELETE", "/groups/{id}/members/{member}/$ref", app=WRITE, delegated=WRITE)
def remove_member(call: Call) -> Reply:
    """Removes a member; 404 when it is none."""
    group, key = the(call, "groups"), call.params["member"]
    if key not in group["_members"]:
        raise not_found(key)
    group["_members"].remove(key)
    return NO_CONTENT
