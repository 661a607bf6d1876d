"""Serve assignment requests: ask, list, cancel, try again, clear away."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.entitlement import expansions, intake, self_service, worker
from sandbox.entitlement.access import READ, SUBJECT, WRITE, administers, operation
from sandbox.entitlement.answers import shown
from sandbox.entitlement.model import check_expiration, conform, require
from sandbox.entitlement.records import find
from sandbox.entitlement.shapes import ASSIGNMENT_REQUEST
from sandbox.errors import GraphError, bad_request, denied
from sandbox.odata import collection, count, entity
from sandbox.routes import NO_CONTENT, Call, Reply
from sandbox.world import Entity

KNOWN = frozenset(
    [
        "id",
        "requestType",
        "state",
        "status",
        "createdDateTime",
        "completedDateTime",
        "schedule",
        "answers",
        "justification",
        "customExtensionCalloutInstances",
    ]
)


@operation("POST", "/assignmentRequests", app=WRITE, delegated=f"{SUBJECT}|{WRITE}", own=True)
def create_request(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagement-post-assignmentrequests

    Apps and administrators ask for others (adminAdd, adminUpdate, adminRemove), people for themselves.
    """
    body = call.object()
    conform(body, ASSIGNMENT_REQUEST)
    require(body, "requestType", "assignment")
    check_expiration((body.get("schedule") or {}).get("expiration") or {})
    if body["requestType"].startswith("user"):
        return shown(call, _own(call, body))
    if call.caller.kind == "delegated" and not administers(call.world, call.user()):
        raise denied()
    take_in = intake.admin_add if body["requestType"] == "adminAdd" else intake.change
    return shown(call, take_in(call.world, body, call.caller.user))


def _own(call: Call, body: Entity) -> Entity:
    user = find(call.world, "users", call.user())
    if body["requestType"] == "userAdd":
        return self_service.user_add(call.world, body, user)
    return self_service.user_change(call.world, body, user)


@operation("GET", "/assignmentRequests", app=READ, delegated=READ)
def list_requests(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagement-list-assignmentrequests"""
    rows = call.world.rows("assignmentRequests")
    return collection(call, rows, expand=expansions.of_request(call.world), known=KNOWN)


@operation("GET", "/assignmentRequests/$count", app=READ, delegated=READ)
def count_requests(call: Call) -> Reply:
    """The number of requests as text."""
    return count(call, call.world.rows("assignmentRequests"), expand=expansions.of_request(call.world))


@operation(
    "GET", "/assignmentRequests/filterByCurrentUser(on='{on}')", app=None, delegated=f"{SUBJECT}|{READ}", own=True
)
def list_my_requests(call: Call) -> Reply:
    """The requests about, by, or waiting for the signed-in person."""
    me = call.user()
    mine: dict[str, Callable[[Entity], bool]] = {
        "target": lambda r: r["_targetId"] == me,
        "createdBy": lambda r: r["_requestorId"] == me,
        "approver": lambda r: any(me in stage["_approvers"] for stage in r.get("_stages") or []),
    }
    test = mine.get(call.params["on"])
    if test is None:
        raise bad_request(f"on='{call.params['on']}' is not supported.")
    rows = [r for r in call.world.rows("assignmentRequests") if test(r)]
    return collection(call, rows, expand=expansions.of_request(call.world), known=KNOWN)


@operation("GET", "/assignmentRequests/{id}", app=READ, delegated=READ)
def get_request(call: Call) -> Reply:
    """One request."""
    found = find(call.world, "assignmentRequests", call.params["id"])
    return entity(call, found, expand=expansions.of_request(call.world), known=KNOWN)


@operation("DELETE", "/assignmentRequests/{id}", app=WRITE, delegated=WRITE)
def delete_request(call: Call) -> Reply:
    """Only denied and completed requests can be cleared away."""
    found = find(call.world, "assignmentRequests", call.params["id"])
    if found["state"] not in worker.FINAL:
        raise GraphError(400, "InvalidRequestState", f"A request that is {found['state']} cannot be deleted.")
    del call.world.tables["assignmentRequests"][found["id"]]
    return NO_CONTENT


@operation("POST", "/assignmentRequests/{id}/cancel", app=None, delegated=f"{SUBJECT}|{WRITE}", own=True)
def cancel_request(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/accesspackageassignmentrequest-cancel: the requestor or an administrator."""
    found, me = find(call.world, "assignmentRequests", call.params["id"]), call.user()
    if me not in (found["_requestorId"], found["_targetId"]) and not administers(call.world, me):
        raise denied()
    self_service.withdraw(call.world, found)
    return NO_CONTENT


@operation("POST", "/assignmentRequests/{id}/reprocess", app=WRITE, delegated=WRITE)
def reprocess_request(call: Call) -> Reply:
    """202 for a request whose delivery failed or stayed partial; it is delivering again."""
    found = find(call.world, "assignmentRequests", call.params["id"])
    if found["state"] not in ("deliveryFailed", "partiallyDelivered"):
        raise GraphError(400, "InvalidRequestState", f"A request that is {found['state']} cannot be reprocessed.")
    worker.reprocess(call.world, found)
    return Reply(202)
