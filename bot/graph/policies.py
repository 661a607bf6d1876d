"""The policy through which Usher assigns directly, added to a package that has none."""

from __future__ import annotations

from bot.errors import Ambiguous
from bot.graph.client import Graph
from bot.graph.packages import EM, PACKAGES, policy_of
from bot.graph.wire import Json, path

POLICIES = f"{EM}/assignmentPolicies"
ENDS = ("afterDuration", "afterDateTime")


async def add_direct_policy(graph: Graph, package_id: str, *, name: str) -> str:
    """The package has a policy called `name` through which admins assign without approval; its id.

    A policy that is there is found, so running this twice leaves one. The new policy's end is that of the
    package's first policy that has one: the package's owner decided how long access lasts.
    https://learn.microsoft.com/graph/api/entitlementmanagement-post-assignmentpolicies
    """
    package = await graph.wire.get(path(f"{PACKAGES}/{{}}", package_id), {"$expand": "assignmentPolicies"})
    existing = package.get("assignmentPolicies") or []
    for row in existing:
        policy = policy_of(row)
        if policy.name == name and policy.lets_admins_assign:
            return policy.id
    made = await graph.wire.post(POLICIES, direct_policy(package_id, name, _end(existing)))
    if not made.get("id"):
        raise Ambiguous("the new policy's answer has no id", code="UnreadableAnswer")
    return str(made["id"])


def direct_policy(package_id: str, name: str, expiration: Json) -> Json:
    """The body of a policy nobody can request through: admins assign, no approval."""
    return {
        "displayName": name,
        "description": "Lets administrators assign people directly. Nobody can request through it.",
        "allowedTargetScope": "notSpecified",
        "specificAllowedTargets": [],
        "expiration": expiration,
        "requestorSettings": {
            "enableTargetsToSelfAddAccess": False,
            "enableTargetsToSelfUpdateAccess": False,
            "enableTargetsToSelfRemoveAccess": False,
            "allowCustomAssignmentSchedule": True,
            "enableOnBehalfRequestorsToAddAccess": False,
            "enableOnBehalfRequestorsToUpdateAccess": False,
            "enableOnBehalfRequestorsToRemoveAccess": False,
            "onBehalfRequestors": [],
        },
        "requestApprovalSettings": {
            "isApprovalRequiredForAdd": False,
            "isApprovalRequiredForUpdate": False,
            "stages": [],
        },
        "accessPackage": {"id": package_id},
    }


def _end(policies: list[Json]) -> Json:
    ends = [policy.get("expiration") or {} for policy in policies]
    chosen = next((end for end in ends if end.get("type") in ENDS), None)
    if chosen is None:
        return {"type": "noExpiration"}
    # Never both: Graph refuses an end with a duration and a date.
    name = "duration" if chosen["type"] == "afterDuration" else "endDateTime"
    return {"type": chosen["type"], name: chosen.get(name)}
