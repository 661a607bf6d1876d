"""Carry assignment requests through their states, as the entitlement management service does on its own clock.

submitted → pendingApproval → scheduled → delivering → delivered | partiallyDelivered | deliveryFailed; denied and
canceled end it earlier. Every step checks the state it expects, so a timer left from before does nothing.
"""

from __future__ import annotations

from datetime import datetime

from sandbox.entitlement import approval, arrival, ending
from sandbox.entitlement.effects import grant
from sandbox.entitlement.records import live_assignment, subject_of
from sandbox.entitlement.times import UNSPECIFIED, end_of, parse_time, schedule_between
from sandbox.world import Entity, World

PICKUP_SHARE = 0.2  # of the delivery time passes before the service picks a request up
_STATUS = {
    "pendingApproval": "PendingApproval",
    "scheduled": "PendingNotBefore",
    "delivering": "Delivering",
    "delivered": "Delivered",
    "partiallyDelivered": "PartiallyDelivered",
    "deliveryFailed": "DeliveryFailed",
    "denied": "Denied",
    "canceled": "Canceled",
}
FINAL = frozenset({"delivered", "partiallyDelivered", "deliveryFailed", "denied", "canceled"})


def move(world: World, request: Entity, state: str) -> None:
    """The request is in ``state``; a final one is stamped as completed."""
    request["state"] = state
    request["status"] = _STATUS[state]
    request["completedDateTime"] = world.clock.text() if state in FINAL else None


def submit(world: World, request: Entity) -> None:
    """The new request will be picked up shortly."""
    world.tables["assignmentRequests"][request["id"]] = request
    world.after(float(world.options["deliverySeconds"]) * PICKUP_SHARE, lambda: _pick_up(world, request))


def _pick_up(world: World, request: Entity) -> None:
    if request["state"] != "submitted":
        return
    request["createdDateTime"] = request["createdDateTime"] or world.clock.text()
    policy = world.tables["assignmentPolicies"].get(request["_policyId"] or "")
    if policy and approval.needed(policy, request["requestType"]):
        move(world, request, "pendingApproval")
        approval.begin(world, request, policy, decided=lambda result: _decided(world, request, result))
    else:
        approved(world, request)


def _decided(world: World, request: Entity, result: str) -> None:
    if result == "Approve":
        approved(world, request)
    else:
        move(world, request, "denied")


def approved(world: World, request: Entity) -> None:
    """The request has all the consent it needs: it is delivered now, or waits for its start date."""
    wanted = request["_schedule"] or {}
    start = parse_time(wanted["startDateTime"]) if wanted.get("startDateTime") else None
    if request["requestType"] in ("adminAdd", "userAdd") and start and start > world.clock.now():
        move(world, request, "scheduled")
        world.at(start, lambda: _start(world, request))
    else:
        deliver(world, request)


def _start(world: World, request: Entity) -> None:
    if request["state"] == "scheduled":
        deliver(world, request)


def deliver(world: World, request: Entity) -> None:
    """The service is at work on the request; additions now have an assignment that says so."""
    move(world, request, "delivering")
    if request["requestType"] in ("adminAdd", "userAdd"):
        arrival.bring_in(world, request)
        assignment = _assignment_for(world, request)
        assignment |= {"state": "delivering", "status": "Delivering"}
        if assignment["_targetId"] is None:
            return  # The invited address never became an account: the service waits without end.
    world.after(float(world.options["deliverySeconds"]), lambda: _finish(world, request))


def _assignment_for(world: World, request: Entity) -> Entity:
    known = world.tables["assignments"].get(request["_assignmentId"] or "")
    if known:
        return known
    assignment: Entity = {
        "id": world.new_id(),
        "state": "delivering",
        "status": "Delivering",
        "expiredDateTime": None,
        "schedule": UNSPECIFIED,
        "customExtensionCalloutInstances": [],
        "_accessPackageId": request["_accessPackageId"],
        "_policyId": request["_policyId"],
        "_targetId": request["_targetId"],
        "_email": request["_email"],
    }
    request["_assignmentId"] = assignment["id"]
    subject_of(world, request["_targetId"], request["_email"])
    return world.add("assignments", assignment)


def _finish(world: World, request: Entity) -> None:
    if request["state"] != "delivering":
        return
    assignment = world.tables["assignments"][request["_assignmentId"]]
    if request["requestType"] in ("adminRemove", "userRemove"):
        ending.end(world, assignment)
        move(world, request, "delivered")
    elif request["requestType"] in ("adminUpdate", "userUpdate"):
        _reschedule(world, request, assignment)
        move(world, request, "delivered")
    else:
        settle_delivery(world, request, assignment, _outcome(world, request))


def _outcome(world: World, request: Entity) -> str:
    if request["_targetId"] not in world.tables["users"]:
        return "deliveryFailed"
    faults = world.tables["deliveryFaults"]
    return str(faults.pop(f"{request['_targetId']} {request['_accessPackageId']}", {}).get("outcome", "delivered"))


def settle_delivery(world: World, request: Entity, assignment: Entity, outcome: str) -> None:
    """Request and assignment are in ``outcome``; unless it failed the user holds the package's rights until it ends."""
    move(world, request, outcome)
    assignment |= {"state": outcome, "status": _STATUS[outcome]}
    if outcome == "deliveryFailed":
        return
    start = world.clock.now()
    assignment["schedule"] = schedule_between(start, end_for(world, request, start))
    grant(world, world.tables["accessPackages"][assignment["_accessPackageId"]], assignment["_targetId"])
    ending.watch(world, assignment)


def end_for(world: World, request: Entity, start: datetime) -> datetime | None:
    """When access that begins at ``start`` ends: as asked for, but never later than the policy allows."""
    policy = world.tables["assignmentPolicies"].get(request["_policyId"] or "") or {}
    wanted = end_of((request["_schedule"] or {}).get("expiration"), start)
    ends = [end for end in (wanted, end_of(policy.get("expiration"), start)) if end is not None]
    return min(ends) if ends else None


def _reschedule(world: World, request: Entity, assignment: Entity) -> None:
    if not request["_schedule"]:
        return
    start = parse_time(assignment["schedule"]["startDateTime"] or world.clock.text())
    end = end_for(world, request, world.clock.now())
    assignment["schedule"] = schedule_between(start, end)
    assignment["status"] = "Delivered"
    ending.watch(world, assignment)


def hurry(world: World, request: Entity) -> None:
    """The open request takes its next step now, whatever it was waiting for."""
    match request["state"]:
        case "submitted":
            _pick_up(world, request)
        case "pendingApproval":
            approved(world, request)
        case "scheduled":
            _start(world, request)
        case "delivering":
            _finish(world, request)


def cancel(world: World, request: Entity) -> None:
    """The request is withdrawn."""
    move(world, request, "canceled")


def reprocess(world: World, request: Entity) -> None:
    """Delivery of a failed or partial request is tried again."""
    deliver(world, request)


def reprocess_assignment(world: World, assignment: Entity) -> None:
    """The rights of a delivered assignment are given once more where they went missing."""
    if live_assignment(world, assignment["_targetId"], assignment["_accessPackageId"]):
        grant(world, world.tables["accessPackages"][assignment["_accessPackageId"]], assignment["_targetId"])
