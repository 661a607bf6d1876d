"""Say who falls in an assignment policy's target scope and which policy a requestor gets."""

from __future__ import annotations

from sandbox.entitlement.records import policies_of
from sandbox.entitlement.subject_sets import organization_of, resolve
from sandbox.world import Entity, World

# The stricter policy wins when several match: specific people, then members, then everybody, then outsiders.
_STRICTNESS = {
    "specificDirectoryUsers": 1,
    "specificConnectedOrganizationUsers": 1,
    "allMemberUsers": 2,
    "allDirectoryUsers": 3,
    "allConfiguredConnectedOrganizationUsers": 4,
    "allExternalUsers": 4,
}


def in_scope(world: World, policy: Entity, user: Entity) -> bool:
    """True when the policy's scope includes the user; ``notSpecified`` includes nobody (admins assign directly)."""
    guest = user.get("userType") == "Guest"
    match policy.get("allowedTargetScope"):
        case "allDirectoryUsers":
            return True
        case "allMemberUsers":
            return not guest
        case "allExternalUsers":
            return guest
        case "allConfiguredConnectedOrganizationUsers":
            organization = organization_of(world, user)
            return guest and organization is not None and organization["state"] == "configured"
        case "specificDirectoryUsers" | "specificConnectedOrganizationUsers":
            return user["id"] in resolve(world, policy.get("specificAllowedTargets") or [], user)
    return False


def takes_address(policy: Entity) -> bool:
    """True when the policy lets people in who are not in the directory yet."""
    outside = {"allConfiguredConnectedOrganizationUsers", "allExternalUsers", "specificConnectedOrganizationUsers"}
    return policy.get("allowedTargetScope") in outside | {"notSpecified"}


def may_be_assigned(world: World, policy: Entity, user: Entity) -> bool:
    """True when an admin may assign this user directly through the policy."""
    return policy.get("allowedTargetScope") == "notSpecified" or in_scope(world, policy, user)


def requestable(world: World, package: Entity, user: Entity) -> list[Entity]:
    """The policies under which the user may ask for the package, strictest first; empty when they may not."""
    catalog = world.tables["catalogs"][package["_catalogId"]]
    if catalog.get("state") != "published":
        return []
    if user.get("userType") == "Guest" and not catalog.get("isExternallyVisible"):
        return []
    open_to = [
        policy
        for policy in policies_of(world, package["id"])
        if (policy.get("requestorSettings") or {}).get("enableTargetsToSelfAddAccess") and in_scope(world, policy, user)
    ]
    return sorted(open_to, key=lambda policy: _STRICTNESS.get(policy["allowedTargetScope"], 9))
