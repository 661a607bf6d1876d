"""Find and make the records of entitlement management and say what belongs to what.

Private facts on the records: a package has ``_catalogId`` and ``_roleScopes``; a policy ``_accessPackageId`` and
``_questions``; a request and an assignment ``_accessPackageId``, ``_policyId`` and ``_targetId`` (a user's object id,
None while an invited address has no account); a request also ``_requestorId``, ``_assignmentId`` and ``_stages``.
"""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.errors import not_found
from sandbox.people import find_person
from sandbox.world import Entity, World

OPEN_STATES = frozenset({"submitted", "pendingApproval", "scheduled", "delivering"})
LIVE_STATES = frozenset({"delivering", "delivered", "partiallyDelivered"})


def find(world: World, table: str, key: object) -> Entity:
    """The entity of ``table`` with id ``key``; GraphError 404 when there is none."""
    entity = world.get(table, str(key))
    if entity is None:
        raise not_found(str(key))
    return entity


def policies_of(world: World, package_id: str) -> list[Entity]:
    """The package's assignment policies, oldest first."""
    return [p for p in world.tables["assignmentPolicies"].values() if p["_accessPackageId"] == package_id]


def packages_in(world: World, catalog_id: str) -> list[Entity]:
    """The access packages of a catalog."""
    return [p for p in world.tables["accessPackages"].values() if p["_catalogId"] == catalog_id]


def requests_about(world: World, user_id: str, package_id: str | None = None) -> Iterator[Entity]:
    """The requests that would change what this user may open, oldest first."""
    for request in world.tables["assignmentRequests"].values():
        if request["_targetId"] == user_id and package_id in (None, request["_accessPackageId"]):
            yield request


def assignments_of(world: World, user_id: str, package_id: str | None = None) -> Iterator[Entity]:
    """The user's assignments, ended ones included, oldest first."""
    for assignment in world.tables["assignments"].values():
        if assignment["_targetId"] == user_id and package_id in (None, assignment["_accessPackageId"]):
            yield assignment


def live_assignment(world: World, user_id: str, package_id: str) -> Entity | None:
    """The user's assignment to the package that has not ended, if any."""
    return next((a for a in assignments_of(world, user_id, package_id) if a["state"] in LIVE_STATES), None)


def open_request(world: World, user_id: str, package_id: str) -> Entity | None:
    """The user's request for the package that is still under way, if any."""
    return next((r for r in requests_about(world, user_id, package_id) if r["state"] in OPEN_STATES), None)


def subject_of(world: World, user_id: str | None, email: str | None = None) -> Entity:
    """The entitlement management subject of a user; made when first needed, its id is not the user's.

    A user the directory no longer knows keeps the subject they had. Without a user the subject stands for an
    invited address: it has no object id.
    """
    table = world.tables["subjects"]
    key = user_id or f"email:{email}"
    user = world.tables["users"].get(user_id or "") or {}
    subject = table.get(key) or {
        "id": world.new_id(),
        "subjectType": "user",
        "subjectLifecycle": "notGoverned" if user.get("userType") == "Guest" else "notDefined",
        "onPremisesSecurityIdentifier": None,
        "objectId": user_id,
        "displayName": email,
        "email": email,
        "principalName": None,
    }
    if user:
        subject |= {
            "displayName": user.get("displayName"),
            "email": user.get("mail"),
            "principalName": user.get("userPrincipalName"),
        }
    table[key] = subject
    return subject


def person(world: World, who: object) -> Entity:
    """The user with this object id or address (any case); GraphError 404 when the directory has none."""
    found = find_person(world, str(who or "").strip())
    if found is None:
        raise not_found(str(who))
    return found


def settings_of(world: World) -> Entity:
    """The tenant's settings; a new tenant blocks governed guests whose last assignment ended, and deletes them later."""
    default: Entity = {
        "id": "singleton",
        "externalUserLifecycleAction": "blockSignInAndDelete",
        "durationUntilExternalUserDeletedAfterBlocked": "P30D",
    }
    return world.tables["entitlementSettings"].setdefault("singleton", default)
