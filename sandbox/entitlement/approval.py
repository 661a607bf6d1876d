"""Ask the approvers of a policy, stage by stage, and let each stage run out when nobody answers."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.entitlement.subject_sets import resolve
from sandbox.entitlement.times import parse_duration
from sandbox.world import Entity, World

Decided = Callable[[str], None]


def needed(policy: Entity, request_type: str) -> bool:
    """True when the policy wants approval for this type of request; removals never do."""
    settings = policy.get("requestApprovalSettings") or {}
    if not settings.get("stages"):
        return False
    if request_type in ("adminAdd", "userAdd"):
        return bool(settings.get("isApprovalRequiredForAdd"))
    return request_type in ("adminUpdate", "userUpdate") and bool(settings.get("isApprovalRequiredForUpdate"))


def begin(world: World, request: Entity, policy: Entity, *, decided: Decided) -> None:
    """The first stage is open; ``decided`` is told "Approve" once all stages agree, or "Deny"."""
    request["_stages"] = []
    request["_decided"] = decided
    _open_stage(world, request, policy["requestApprovalSettings"]["stages"])


def _open_stage(world: World, request: Entity, settings: list[Entity]) -> None:
    number = len(request["_stages"])
    asked = settings[number]
    user = world.tables["users"].get(request["_targetId"] or "") or {"id": request["_targetId"]}
    approvers = _approvers(world, request, user, asked, "primaryApprovers", "fallbackPrimaryApprovers")
    stage: Entity = {
        "id": world.new_id(),
        "displayName": None,
        "reviewedDateTime": None,
        "reviewResult": "NotReviewed",
        "status": "InProgress",
        "justification": "",
        "reviewedBy": None,
        "_approvers": sorted(approvers),
        "_asked": settings,
        "_mustJustify": bool(asked.get("isApproverJustificationRequired")),
    }
    request["_stages"].append(stage)
    request["status"] = "PendingApproval"
    limit = asked.get("durationBeforeAutomaticDenial") or "P14D"
    world.after(parse_duration(limit).total_seconds(), lambda: _time_out(request, stage))
    if asked.get("isEscalationEnabled") and asked.get("durationBeforeEscalation"):
        more = _approvers(world, request, user, asked, "escalationApprovers", "fallbackEscalationApprovers")
        wait = parse_duration(asked["durationBeforeEscalation"]).total_seconds()
        world.after(wait, lambda: _escalate(request, stage, more))


def _approvers(world: World, request: Entity, user: Entity, asked: Entity, *sets: str) -> set[str]:
    """The first of the ``sets`` that means anybody; nobody approves their own request."""
    for name in sets:
        found = resolve(world, asked.get(name) or [], user, nested=True) - {
            request["_requestorId"],
            request["_targetId"],
        }
        if found:
            return found
    return set()


def _escalate(request: Entity, stage: Entity, more: set[str]) -> None:
    if request["state"] == "pendingApproval" and stage["status"] == "InProgress":
        stage["_approvers"] = sorted({*stage["_approvers"], *more})
        request["status"] = "PendingApprovalEscalated"


def _time_out(request: Entity, stage: Entity) -> None:
    if request["state"] == "pendingApproval" and stage["status"] == "InProgress":
        stage |= {"status": "Expired", "reviewResult": "NotReviewed"}
        request["_decided"]("Deny")


def decide(
    world: World, request: Entity, stage: Entity, *, approver: Entity, result: str, justification: str | None
) -> None:
    """The stage holds the approver's answer; a denial ends the request, the last approval lets it through."""
    stage |= {
        "reviewResult": result,
        "status": "Completed",
        "reviewedDateTime": world.clock.text(),
        "justification": justification or "",
        "reviewedBy": {"id": approver["id"], "displayName": approver["displayName"]},
    }
    if result == "Approve":
        _log(world, request, approver)
    if result == "Approve" and len(request["_stages"]) < len(stage["_asked"]):
        _open_stage(world, request, stage["_asked"])
    else:
        request["_decided"](result)


def _log(world: World, request: Entity, approver: Entity) -> None:
    """The audit log holds that a stage was passed, and by whom."""
    activity = "Approval stage completed for access package assignment request"
    by = {"id": approver["id"], "displayName": approver["displayName"], "userPrincipalName": None, "ipAddress": None}
    world.add(
        "directoryAudits",
        {
            "id": world.new_id(),
            "category": "EntitlementManagement",
            "correlationId": world.new_id(),
            "result": "success",
            "resultReason": "",
            "activityDisplayName": activity,
            "activityDateTime": world.clock.text(),
            "loggedByService": "Entitlement Management",
            "operationType": "Update",
            "initiatedBy": {"user": by, "app": None},
            "targetResources": [{"id": request["id"], "displayName": None, "type": "Other"}],
            "additionalDetails": [],
        },
    )
