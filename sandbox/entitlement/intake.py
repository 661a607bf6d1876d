"""Take in what admins ask for on somebody's behalf, and refuse what the service would refuse."""

from __future__ import annotations

from typing import Any

from sandbox.entitlement import worker
from sandbox.entitlement.model import invalid, require
from sandbox.entitlement.records import find, live_assignment, open_request, person
from sandbox.entitlement.scope import may_be_assigned, takes_address
from sandbox.entitlement.times import UNSPECIFIED
from sandbox.errors import GraphError, not_found
from sandbox.world import Entity, World

OUT_OF_SCOPE = "You don't meet policy requirements to request this entitlement."


def new_request(request_type: str, *, world: World, requestor: str | None, **facts: Any) -> Entity:
    """An assignment request as the service answers it at first: accepted, not dated yet."""
    return {
        "id": world.new_id(),
        "requestType": request_type,
        "state": "submitted",
        "status": "Accepted",
        "createdDateTime": None,
        "completedDateTime": None,
        "schedule": facts.get("schedule") or UNSPECIFIED,
        "answers": facts.get("answers") or [],
        "justification": facts.get("justification"),
        "customExtensionCalloutInstances": [],
        "_schedule": facts.get("schedule"),
        "_requestorId": requestor,
        "_accessPackageId": facts["package"],
        "_policyId": facts.get("policy"),
        "_targetId": facts.get("target"),
        "_assignmentId": facts.get("assignment"),
        "_email": facts.get("email"),
    }


def wanted(body: dict[str, Any]) -> dict[str, Any]:
    """The parts of a request body that every type of request carries along."""
    return {name: body.get(name) for name in ("schedule", "answers", "justification")}


def reference(assignment: dict[str, Any], name: str) -> str | None:
    """The id an assignment names as ``<name>Id`` or as ``<name>: {"id"}``."""
    value: str | None = assignment.get(f"{name}Id") or (assignment.get(name) or {}).get("id")
    return value


def admin_add(world: World, body: dict[str, Any], requestor: str | None) -> Entity:
    """A submitted adminAdd request; GraphError when package, policy or target do not allow it."""
    assignment = body["assignment"]
    package = find(world, "accessPackages", reference(assignment, "accessPackage"))
    policy = find(world, "assignmentPolicies", reference(assignment, "assignmentPolicy"))
    if policy["_accessPackageId"] != package["id"]:
        raise invalid("the policy belongs to another access package")
    user, email = _target(world, assignment, policy)
    if user is not None:
        if not may_be_assigned(world, policy, user):
            raise GraphError(400, "PolicyRequirementsNotMet", OUT_OF_SCOPE)
        refuse_second(world, user["id"], package["id"])
    elif any(r["_email"] == email and r["state"] in ("submitted", "delivering") for r in _open(world, package)):
        raise GraphError(400, "ExistingOpenRequest", "An open request exists for this subject and access package.")
    request = new_request(
        "adminAdd", world=world, requestor=requestor, package=package["id"], policy=policy["id"],
        target=user and user["id"], email=email, **wanted(body),
    )  # fmt: skip
    worker.submit(world, request)
    return request


def _open(world: World, package: Entity) -> list[Entity]:
    return [r for r in world.tables["assignmentRequests"].values() if r["_accessPackageId"] == package["id"]]


def _target(world: World, assignment: dict[str, Any], policy: Entity) -> tuple[Entity | None, str | None]:
    """The user in the directory, or the address of someone who is not there yet."""
    target = assignment.get("target") or {}
    user_id = assignment.get("targetId") or target.get("objectId")
    if user_id:
        return find(world, "users", user_id), None
    email = target.get("email")
    if not email:
        raise invalid("assignment.targetId or assignment.target.email is required")
    try:
        user = person(world, email)
    except GraphError:
        if not takes_address(policy):
            raise GraphError(400, "PolicyRequirementsNotMet", OUT_OF_SCOPE) from None
        return None, str(email)
    if not user["accountEnabled"]:
        raise GraphError(400, "SubjectBlocked", "The subject's sign-in is blocked.")
    return user, None


def refuse_second(world: World, user_id: str, package_id: str) -> None:
    """Return unless the user already has, or already waits for, this package; GraphError 400 then."""
    if open_request(world, user_id, package_id):
        raise GraphError(400, "ExistingOpenRequest", "An open request exists for this subject and access package.")
    if live_assignment(world, user_id, package_id):
        raise GraphError(400, "ExistingActiveAssignment", "The subject already has access to this access package.")


def change(world: World, body: dict[str, Any], requestor: str | None, *, of_user: str | None = None) -> Entity:
    """A submitted update or removal of an assignment that has not ended; ``of_user`` limits it to their own."""
    require(body["assignment"], "id")
    assignment = find(world, "assignments", body["assignment"]["id"])
    if of_user not in (None, assignment["_targetId"]):
        raise not_found(assignment["id"])
    if assignment["state"] == "expired":
        raise GraphError(400, "AssignmentExpired", "The assignment is not active.")
    if assignment["_targetId"] and open_request(world, assignment["_targetId"], assignment["_accessPackageId"]):
        raise GraphError(400, "ExistingOpenRequest", "An open request exists for this subject and access package.")
    request = new_request(
        body["requestType"], world=world, requestor=requestor, package=assignment["_accessPackageId"],
        policy=assignment["_policyId"], target=assignment["_targetId"], assignment=assignment["id"], **wanted(body),
    )  # fmt: skip
    worker.submit(world, request)
    return request
