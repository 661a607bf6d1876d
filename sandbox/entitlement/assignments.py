"""Serve assignments: who has which package, until when."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.entitlement import expansions, worker
from sandbox.entitlement.access import READ, SUBJECT, WRITE, operation
from sandbox.entitlement.crowded import list_with
from sandbox.entitlement.records import LIVE_STATES, find
from sandbox.errors import GraphError, bad_request
from sandbox.odata import collection, count, entity
from sandbox.routes import Call, Reply
from sandbox.world import Entity

KNOWN = frozenset(["id", "state", "status", "expiredDateTime", "schedule", "customExtensionCalloutInstances"])


@operation("GET", "/assignments", app=READ, delegated=READ)
def list_assignments(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagement-list-assignments: ended ones included."""
    if call.world.crowd is not None:
        return list_with(call.world.crowd, call, KNOWN)
    rows = call.world.rows("assignments")
    return collection(call, rows, expand=expansions.of_assignment(call.world), known=KNOWN)


@operation("GET", "/assignments/$count", app=READ, delegated=READ)
def count_assignments(call: Call) -> Reply:
    """The number of assignments as text."""
    return count(call, call.world.rows("assignments"), expand=expansions.of_assignment(call.world))


@operation("GET", "/assignments/filterByCurrentUser(on='{on}')", app=None, delegated=f"{SUBJECT}|{READ}", own=True)
def list_my_assignments(call: Call) -> Reply:
    """What the signed-in person has, or asked for."""
    me = call.user()
    asked = {r["_assignmentId"] for r in call.world.rows("assignmentRequests") if r["_requestorId"] == me}
    mine: dict[str, Callable[[Entity], bool]] = {
        "target": lambda a: a["_targetId"] == me,
        "createdBy": lambda a: a["id"] in asked,
    }
    test = mine.get(call.params["on"])
    if test is None:
        raise bad_request(f"on='{call.params['on']}' is not supported.")
    rows = [a for a in call.world.rows("assignments") if test(a)]
    return collection(call, rows, expand=expansions.of_assignment(call.world), known=KNOWN)


@operation("GET", "/assignments/{id}", app=READ, delegated=READ)
def get_assignment(call: Call) -> Reply:
    """One assignment."""
    found = find(call.world, "assignments", call.params["id"])
    return entity(call, found, expand=expansions.of_assignment(call.world), known=KNOWN)


@operation("POST", "/assignments/{id}/reprocess", app=WRITE, delegated=WRITE)
def reprocess_assignment(call: Call) -> Reply:
    """202: rights that went missing are given again; only for a delivered assignment."""
    found = find(call.world, "assignments", call.params["id"])
    if found["state"] != "delivered":
        raise GraphError(
            400, "InvalidAssignmentState", f"An assignment that is {found['state']} cannot be reprocessed."
        )
    worker.reprocess_assignment(call.world, found)
    return Reply(202)


@operation(
    "GET",
    "/assignments/additionalAccess(accessPackageId='{package}',incompatibleAccessPackageId='{other}')",
    app=None,
    delegated=READ,
)
def list_additional_access(call: Call) -> Reply:
    """The assignments to a package of people who also hold another one."""
    live = [a for a in call.world.rows("assignments") if a["state"] in LIVE_STATES]
    both = {a["_targetId"] for a in live if a["_accessPackageId"] == call.params["other"]}
    rows = [a for a in live if a["_accessPackageId"] == call.params["package"] and a["_targetId"] in both]
    return collection(call, rows, expand=expansions.of_assignment(call.world), known=KNOWN)
