"""Graph's questions about membership: memberOf, checkMember…, getMember…."""

from sandbox.directory import membership
from sandbox.directory.objects import strings, the_user
from sandbox.odata import collection
from sandbox.routes import Call, Reply, route
from sandbox.world import Entity

READ = "User.Read.All|Directory.Read.All"
MOST = 20


def _listed(call: Call, rows: list[Entity]) -> Reply:
    return collection(call, rows, directory=True)


def _cast(call: Call, kind: str, transitive: bool) -> Reply:
    from sandbox.errors import unsupported

    if not call.eventual:
        raise unsupported("An OData cast needs the ConsistencyLevel header set to 'eventual' and $count=true.")
    rows = membership.containers(call.world, the_user(call)["id"], transitive)
    return _listed(call, [row for row in rows if row["@odata.type"] == f"#microsoft.graph.{kind}"])


@route("GET", "/users/{id}/memberOf", app=READ, delegated="User.Read|User.Read.All")
def member_of(call: Call) -> Reply:
    """Groups and roles held directly."""
    return _listed(call, membership.containers(call.world, the_user(call)["id"], False))


@route("GET", "/users/{id}/transitiveMemberOf", app=READ, delegated="User.Read|User.Read.All")
def transitive_member_of(call: Call) -> Reply:
    """Groups and roles, also through groups."""
    return _listed(call, membership.containers(call.world, the_user(call)["id"], True))


@route("GET", "/users/{id}/memberOf/graph.directoryRole", app=READ, delegated="User.Read|User.Read.All")
def direct_roles(call: Call) -> Reply:
    """Directory roles held directly."""
    return _cast(call, "directoryRole", False)


@route("GET", "/users/{id}/memberOf/graph.group", app=READ, delegated="User.Read|User.Read.All")
def direct_groups(call: Call) -> Reply:
    """Groups, direct."""
    return _cast(call, "group", False)


@route("GET", "/users/{id}/transitiveMemberOf/graph.directoryRole", app=READ, delegated="User.Read|User.Read.All")
def all_roles(call: Call) -> Reply:
    """Directory roles, also through groups."""
    return _cast(call, "directoryRole", True)


@route("GET", "/users/{id}/transitiveMemberOf/graph.group", app=READ, delegated="User.Read|User.Read.All")
def all_groups(call: Call) -> Reply:
    """Groups, also through groups."""
    return _cast(call, "group", True)


def _ids(call: Call, groups_only: bool) -> set[str]:
    user = the_user(call)["id"]
    held = {row["id"] for row in membership.groups_of(call.world, user, True)}
    if not groups_only:
        for role in membership.roles_of(call.world, user, True):
            held |= {role["id"], role["roleTemplateId"]}
    return held


def _strings(call: Call, values: list[str]) -> Reply:
    return Reply(200, {"@odata.context": f"{call.base_url}/$metadata#Collection(Edm.String)", "value": values})


@route("POST", "/users/{id}/checkMemberGroups", app=READ, delegated="User.Read|User.Read.All")
def check_member_groups(call: Call) -> Reply:
    """Which of these (up to 20) groups the user is in, also through groups; role template ids count."""
    asked = strings(call.object(), "groupIds", MOST)
    held = _ids(call, False)
    return _strings(call, [key for key in asked if key in held])


@route("POST", "/users/{id}/checkMemberObjects", app=READ, delegated="User.Read|User.Read.All")
def check_member_objects(call: Call) -> Reply:
    """Which of these (up to 20) groups, roles and role templates the user holds, also through groups."""
    asked = strings(call.object(), "ids", MOST)
    held = _ids(call, False)
    return _strings(call, [key for key in asked if key in held])


@route("POST", "/users/{id}/getMemberGroups", app=READ, delegated="User.Read|User.Read.All")
def get_member_groups(call: Call) -> Reply:
    """The ids of all groups of the user."""
    return _strings(call, sorted(_ids(call, True)))


@route("POST", "/users/{id}/getMemberObjects", app=READ, delegated="User.Read|User.Read.All")
def get_member_objects(call: Call) -> Reply:
    """The ids of all groups and roles of the user."""
    return _strings(call, sorted(_ids(call, False)))
