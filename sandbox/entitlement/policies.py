"""Serve assignment policies: POST and PUT only, every value checked against the model."""

from __future__ import annotations

from typing import Any

from sandbox.entitlement import expansions, extensions
from sandbox.entitlement.access import READ, WRITE, operation
from sandbox.entitlement.answers import shown
from sandbox.entitlement.model import check_expiration, conform, invalid, require
from sandbox.entitlement.records import LIVE_STATES, find
from sandbox.entitlement.shapes import POLICY
from sandbox.errors import GraphError
from sandbox.odata import collection, entity
from sandbox.reviews import recurring
from sandbox.routes import NO_CONTENT, Call, Reply
from sandbox.world import Entity, World

KNOWN = frozenset(
    [
        "id",
        "displayName",
        "description",
        "allowedTargetScope",
        "specificAllowedTargets",
        "automaticRequestSettings",
        "expiration",
        "requestorSettings",
        "requestApprovalSettings",
        "reviewSettings",
        "notificationSettings",
        "createdDateTime",
        "modifiedDateTime",
    ]
)
_REQUESTOR_DEFAULTS: Entity = {
    "enableTargetsToSelfAddAccess": False,
    "enableTargetsToSelfUpdateAccess": False,
    "enableTargetsToSelfRemoveAccess": False,
    "allowCustomAssignmentSchedule": False,
    "enableOnBehalfRequestorsToAddAccess": False,
    "enableOnBehalfRequestorsToUpdateAccess": False,
    "enableOnBehalfRequestorsToRemoveAccess": False,
    "onBehalfRequestors": [],
}
_APPROVAL_DEFAULTS: Entity = {
    "isApprovalRequiredForAdd": False,
    "isApprovalRequiredForUpdate": False,
    "isRequestorJustificationRequired": False,
    "stages": [],
}


def new_policy(world: World, package_id: str, body: dict[str, Any]) -> Entity:
    """A policy of the package with what ``body`` says; what it leaves out has the service's empty value."""
    expiration = {"type": "notSpecified", "duration": None, "endDateTime": None} | (body.get("expiration") or {})
    return {
        "id": world.new_id(),
        "displayName": body.get("displayName"),
        "description": body.get("description"),
        "allowedTargetScope": body.get("allowedTargetScope") or "notSpecified",
        "specificAllowedTargets": body.get("specificAllowedTargets") or [],
        "automaticRequestSettings": body.get("automaticRequestSettings"),
        "expiration": expiration,
        "requestorSettings": _REQUESTOR_DEFAULTS | (body.get("requestorSettings") or {}),
        "requestApprovalSettings": _APPROVAL_DEFAULTS | (body.get("requestApprovalSettings") or {}),
        "reviewSettings": body.get("reviewSettings"),
        "notificationSettings": body.get("notificationSettings"),
        "createdDateTime": world.clock.text(fraction=True),
        "modifiedDateTime": world.clock.text(fraction=True),
        "_accessPackageId": package_id,
        "_questions": [_numbered(world, q) for q in body.get("questions") or []],
        "_customExtensionStageSettings": [
            extensions.setting_of(one) for one in body.get("customExtensionStageSettings") or []
        ],
    }


def _numbered(world: World, question: Entity) -> Entity:
    kind = "#" + str(question["@odata.type"]).removeprefix("#")
    return {**question, "@odata.type": kind, "id": question.get("id") or world.new_id()}


def check(body: dict[str, Any]) -> None:
    """Return when a policy body fits the model; GraphError 400 otherwise."""
    conform(body, POLICY)
    if not (body.get("accessPackage") or {}).get("id"):
        raise GraphError(400, "ArgumentNullException", "Value cannot be null. Parameter name: Id")
    require(body, "displayName", "allowedTargetScope")
    check_expiration(body.get("expiration") or {})
    settings = body.get("requestApprovalSettings") or {}
    stages = settings.get("stages") or []
    if (settings.get("isApprovalRequiredForAdd") and not stages) or len(stages) > 3:
        raise invalid("approval needs one to three stages")
    for stage in stages:
        require(stage, "durationBeforeAutomaticDenial", "primaryApprovers")
        if stage.get("isEscalationEnabled"):
            require(stage, "durationBeforeEscalation", "escalationApprovers")


@operation("GET", "/assignmentPolicies", app=READ, delegated=READ)
def list_policies(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagement-list-assignmentpolicies"""
    rows = call.world.rows("assignmentPolicies")
    return collection(call, rows, expand=expansions.of_policy(call.world), known=KNOWN)


@operation("POST", "/assignmentPolicies", app=WRITE, delegated=WRITE)
def create_policy(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagement-post-assignmentpolicies"""
    body = call.object()
    check(body)
    package = find(call.world, "accessPackages", body["accessPackage"]["id"])
    extensions.check(call.world, package["_catalogId"], body.get("customExtensionStageSettings") or [])
    made = call.world.add("assignmentPolicies", new_policy(call.world, package["id"], body))
    recurring.follow(call.world, made)
    return shown(call, made)


@operation("GET", "/assignmentPolicies/{id}", app=READ, delegated=READ)
def get_policy(call: Call) -> Reply:
    """One policy; questions and extension stages only when expanded."""
    found = find(call.world, "assignmentPolicies", call.params["id"])
    return entity(call, found, expand=expansions.of_policy(call.world), known=KNOWN)


@operation("PUT", "/assignmentPolicies/{id}", app=WRITE, delegated=WRITE)
def replace_policy(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accesspackageassignmentpolicy-update: what is left out is emptied."""
    found, body = find(call.world, "assignmentPolicies", call.params["id"]), call.object()
    for read_only in ("createdDateTime", "modifiedDateTime"):
        body.pop(read_only, None)
    check(body)
    if body["accessPackage"]["id"] != found["_accessPackageId"]:
        raise invalid("a policy cannot move to another access package")
    package = find(call.world, "accessPackages", found["_accessPackageId"])
    extensions.check(call.world, package["_catalogId"], body.get("customExtensionStageSettings") or [])
    replaced = new_policy(call.world, found["_accessPackageId"], body)
    replaced |= {"id": found["id"], "createdDateTime": found["createdDateTime"]}
    found.clear()
    found |= replaced
    recurring.follow(call.world, found)
    return shown(call, found, status=200)


@operation("DELETE", "/assignmentPolicies/{id}", app=WRITE, delegated=WRITE)
def delete_policy(call: Call) -> Reply:
    """Refused while assignments use the policy."""
    found, world = find(call.world, "assignmentPolicies", call.params["id"]), call.world
    users = [a for a in world.tables["assignments"].values() if a["_policyId"] == found["id"]]
    if any(a["state"] in LIVE_STATES for a in users):
        raise GraphError(400, "InvalidDeletePolicyHasAssignments", "The policy has active assignments.")
    del world.tables["assignmentPolicies"][found["id"]]
    return NO_CONTENT


@operation("GET", "/assignmentPolicies/{id}/questions", app=READ, delegated=READ)
def list_questions(call: Call) -> Reply:
    """The questions requestors are asked."""
    return collection(call, find(call.world, "assignmentPolicies", call.params["id"])["_questions"])
