"""Make a delivered assignment real in the directory, and take it away again: application roles and group members."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.entitlement.records import LIVE_STATES, assignments_of
from sandbox.world import Entity, World

DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000"
Right = tuple[str, str, str]  # origin system, origin id of the resource, origin id of the role


def rights(package: Entity) -> Iterator[Right]:
    """What the package opens, one right for each of its resource role scopes."""
    for role_scope in package.get("_roleScopes") or []:
        role = role_scope["role"]
        yield role["originSystem"], role_scope["scope"]["originId"], role["originId"]


def grant(world: World, package: Entity, user_id: str) -> None:
    """The user holds every right of the package; rights they already hold are left as they are."""
    for system, origin, role in rights(package):
        if system == "AadApplication":
            _assign_role(world, origin, role, user_id)
        elif system == "AadGroup":
            _join(world, origin, role, user_id)


def revoke(world: World, package: Entity, user_id: str) -> None:
    """The user holds no right of the package, except those another live assignment or an admin gave them."""
    kept = set(_rights_kept(world, user_id, package["id"]))
    for right in set(rights(package)) - kept:
        take(world, right, user_id)


def take(world: World, right: Right, user_id: str) -> None:
    """The user does not hold this right unless somebody gave it outside entitlement management."""
    system, origin, role = right
    if system == "AadApplication":
        rows = world.tables["appRoleAssignments"]
        wanted = (user_id, origin, role)
        for key in [k for k, r in rows.items() if r.get("_entitlement") and _row_key(r) == wanted]:
            del rows[key]
    elif system == "AadGroup" and origin in world.tables["groups"]:
        group = world.tables["groups"][origin]
        if user_id in group.get("_entitled", {}).get(_field(role), []):
            group["_entitled"][_field(role)].remove(user_id)
            group[_field(role)].remove(user_id)


def _rights_kept(world: World, user_id: str, ended_package: str) -> Iterator[Right]:
    for assignment in assignments_of(world, user_id):
        package = world.tables["accessPackages"].get(assignment["_accessPackageId"])
        if package and package["id"] != ended_package and assignment["state"] in LIVE_STATES:
            yield from rights(package)


def _row_key(row: Entity) -> tuple[str, str, str]:
    return row["principalId"], row["resourceId"], row["appRoleId"]


def _assign_role(world: World, application: str, role: str, user_id: str) -> None:
    rows = world.tables["appRoleAssignments"]
    service_principal = world.tables["servicePrincipals"].get(application)
    if service_principal is None or any(_row_key(r) == (user_id, application, role) for r in rows.values()):
        return
    row = {
        "id": world.new_id(),
        "deletedDateTime": None,
        "appRoleId": role,
        "createdDateTime": world.clock.text(),
        "principalDisplayName": world.tables["users"][user_id]["displayName"],
        "principalId": user_id,
        "principalType": "User",
        "resourceDisplayName": service_principal["displayName"],
        "resourceId": application,
        "_entitlement": True,
    }
    rows[row["id"]] = row


def _field(role: str) -> str:
    return "_owners" if role.startswith("Owner_") else "_members"


def _join(world: World, group_id: str, role: str, user_id: str) -> None:
    group = world.tables["groups"].get(group_id)
    if group is None or user_id in group.setdefault(_field(role), []):
        return
    group[_field(role)].append(user_id)
    group.setdefault("_entitled", {}).setdefault(_field(role), []).append(user_id)
