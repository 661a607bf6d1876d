"""Serve approvals to the people who decide: delegated only, stage by stage."""

from __future__ import annotations

from sandbox.entitlement import approval
from sandbox.entitlement.access import READ, SUBJECT, WRITE, operation
from sandbox.entitlement.model import conform, require
from sandbox.entitlement.records import find
from sandbox.entitlement.shapes import STAGE_DECISION
from sandbox.errors import GraphError, bad_request, denied, not_found
from sandbox.odata import collection, entity
from sandbox.routes import NO_CONTENT, Call, Reply
from sandbox.world import Entity, World

APPROVALS = "/accessPackageAssignmentApprovals"


def waiting_for(world: World, user_id: str) -> list[tuple[Entity, Entity]]:
    """Every request with the stage that this person can decide now, oldest first."""
    return [
        (request, stage)
        for request in world.rows("assignmentRequests")
        if request["state"] == "pendingApproval"
        for stage in request.get("_stages") or []
        if stage["status"] == "InProgress" and user_id in stage["_approvers"]
    ]


def decide(
    world: World, request: Entity, stage: Entity, *, user: Entity, result: str, justification: str | None
) -> None:
    """The person's answer counts; GraphError 403 for others, 409 when somebody was faster, 400 without a reason."""
    if user["id"] not in stage["_approvers"]:
        raise denied()
    if stage["status"] != "InProgress" or request["state"] != "pendingApproval":
        raise GraphError(409, "Conflict", "The request has already been decided.")
    if stage["_mustJustify"] and not (justification or "").strip():
        raise GraphError(400, "JustificationRequired", "A justification is required.")
    approval.decide(world, request, stage, approver=user, result=result, justification=justification)


@operation("GET", APPROVALS + "/filterByCurrentUser(on='{on}')", app=None, delegated=f"{SUBJECT}|{WRITE}", own=True)
def list_my_approvals(call: Call) -> Reply:
    """The approvals the signed-in person is asked for: ids only."""
    if call.params["on"] != "approver":
        raise bad_request(f"on='{call.params['on']}' is not supported.")
    rows = [{"id": request["id"]} for request, _ in waiting_for(call.world, call.user())]
    return collection(call, rows, known=frozenset({"id"}))


@operation("GET", APPROVALS + "/{id}", app=None, delegated=READ, own=True)
def get_approval(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/approval-get: stages inline."""
    request = _request(call)
    stages = [_seen_by(stage, call.user()) for stage in request["_stages"]]
    return entity(call, {"id": request["id"], "stages": stages})


@operation("GET", APPROVALS + "/{id}/stages", app=None, delegated=READ, own=True)
def list_stages(call: Call) -> Reply:
    """The stages of one approval."""
    return collection(call, [_seen_by(stage, call.user()) for stage in _request(call)["_stages"]])


@operation("GET", APPROVALS + "/{id}/stages/{stage}", app=None, delegated=READ, own=True)
def get_stage(call: Call) -> Reply:
    """One stage."""
    return entity(call, _seen_by(_stage(call, _request(call)), call.user()))


@operation("PATCH", APPROVALS + "/{id}/stages/{stage}", app=None, delegated=WRITE, own=True)
def decide_stage(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/approvalstage-update: 403 not asked, 409 already decided."""
    request, body = _request(call), call.object()
    stage = _stage(call, request)
    conform(body, STAGE_DECISION)
    require(body, "reviewResult")
    user = find(call.world, "users", call.user())
    decide(call.world, request, stage, user=user, result=body["reviewResult"], justification=body.get("justification"))
    return NO_CONTENT


def _request(call: Call) -> Entity:
    """The request with this approval id, for one of its approvers only."""
    request = call.world.get("assignmentRequests", call.params["id"])
    if request is None or not request.get("_stages"):
        raise not_found(call.params["id"])
    if not any(call.user() in stage["_approvers"] for stage in request["_stages"]):
        raise denied()
    return request


def _stage(call: Call, request: Entity) -> Entity:
    for stage in request["_stages"]:
        if stage["id"] == call.params["stage"]:
            return dict(stage) if call.method == "GET" else stage
    raise not_found(call.params["stage"])


def _seen_by(stage: Entity, user_id: str) -> Entity:
    return {**stage, "assignedToMe": user_id in stage["_approvers"]}
