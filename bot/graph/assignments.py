"""Who holds which access package: assignments and the requests that lead to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.access import AccessRequest, Assignment, AssignmentState, RequestState
from bot.errors import Ambiguous, NotFound, Rejected
from bot.graph.batch import Ask
from bot.graph.client import Graph
from bot.graph.packages import EM
from bot.graph.times import moment, timestamp
from bot.graph.wire import Json, Query, literal, path

ASSIGNMENTS = f"{EM}/assignments"
REQUESTS = f"{EM}/assignmentRequests"
WITH_PERSON = "target,accessPackage,assignmentPolicy"
WITH_PACKAGE = "accessPackage,assignment,requestor"
OVER = frozenset({"AssignmentExpired"})


def ask_assignments(name: str, person_id: str = "", *, package_id: str = "") -> Ask:
    """Asks for assignments, the expired included."""
    return Ask(name, ASSIGNMENTS, _assignment_query(person_id, package_id))


def ask_requests(name: str, person_id: str) -> Ask:
    """Asks for every request for a person.

    `requestor` is who asked or, for a direct assignment, who was assigned.
    https://learn.microsoft.com/graph/api/resources/accesspackageassignmentrequest
    """
    return Ask(name, REQUESTS, _request_query(person_id))


async def assignments(graph: Graph, *, person_id: str = "", package_id: str = "") -> tuple[Assignment, ...]:
    """Assignments, the expired included, of a person, of a package, or both; the latest last."""
    rows = await graph.wire.all(ASSIGNMENTS, _assignment_query(person_id, package_id))
    return assignments_of(rows)


async def requests(graph: Graph, person_id: str) -> tuple[AccessRequest, ...]:
    """Every request for a person, the oldest first."""
    return requests_of(await graph.wire.all(REQUESTS, _request_query(person_id)), person_id)


async def assign(
    graph: Graph,
    person_id: str,
    *,
    package_id: str,
    policy_id: str,
    ends_at: datetime | None,
    justification: str,
    now: datetime,
) -> str:
    """An adminAdd request is under way; its id.

    Raises AlreadyThere when an assignment or an open request exists, NotFound while Entra does not know the
    person, Rejected when the policy does not cover them, Ambiguous when no answer came.
    https://learn.microsoft.com/graph/api/entitlementmanagement-post-assignmentrequests
    """
    body: Json = {
        "requestType": "adminAdd",
        "assignment": {
            "targetId": person_id,
            "assignmentPolicyId": policy_id,
            "accessPackageId": package_id,
        },
        "justification": justification,
    }
    if ends_at is not None:
        body["schedule"] = _until(ends_at, now)
    return _made(await graph.wire.post(REQUESTS, body))


async def remove(graph: Graph, assignment_id: str, *, justification: str) -> str:
    """An adminRemove request is under way; its id. AlreadyThere when one is, NotFound when the access is over."""
    body = {
        "requestType": "adminRemove",
        "assignment": {"id": assignment_id},
        "justification": justification,
    }
    return await _ask_about(graph, body)


async def set_end(graph: Graph, assignment_id: str, *, ends_at: datetime, now: datetime) -> str:
    """An adminUpdate request is under way that ends the assignment at `ends_at`; its id.

    AlreadyThere while another request for the assignment is open, NotFound when the access is over.
    https://learn.microsoft.com/graph/api/entitlementmanagement-post-assignmentrequests
    """
    body = {
        "requestType": "adminUpdate",
        "assignment": {"id": assignment_id},
        "schedule": _until(ends_at, now),
    }
    return await _ask_about(graph, body)


async def reprocess(graph: Graph, *, request_id: str = "", assignment_id: str = "") -> None:
    """Entra tries a failed delivery again, of a request, of an assignment, or of both.

    https://learn.microsoft.com/graph/api/accesspackageassignmentrequest-reprocess
    """
    if request_id:
        await graph.wire.post(path(f"{REQUESTS}/{{}}/reprocess", request_id), None)
    if assignment_id:
        await graph.wire.post(path(f"{ASSIGNMENTS}/{{}}/reprocess", assignment_id), None)


def assignments_of(rows: Iterable[Json]) -> tuple[Assignment, ...]:
    """The assignments Graph described, those that end first, first."""
    found = [assignment_of(row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.starts_at is None, one.starts_at, one.id)))


def assignment_of(row: Json) -> Assignment:
    """One assignment. `target.objectId` is the user; `target.id` is not."""
    target = row.get("target") or {}
    package, policy = row.get("accessPackage") or {}, row.get("assignmentPolicy") or {}
    schedule = row.get("schedule") or {}
    state = row.get("state")
    return Assignment(
        id=str(row["id"]),
        state=AssignmentState(state) if state in set(AssignmentState) else AssignmentState.UNKNOWN,
        package_id=str(package.get("id") or ""),
        package_name=str(package.get("displayName") or ""),
        person_id=str(target.get("objectId") or ""),
        person_name=str(target.get("displayName") or ""),
        person_address=str(target.get("email") or ""),
        policy_id=str(policy.get("id") or ""),
        policy_name=str(policy.get("displayName") or ""),
        starts_at=moment(schedule.get("startDateTime")),
        ends_at=moment((schedule.get("expiration") or {}).get("endDateTime")),
        expired_at=moment(row.get("expiredDateTime")),
        status=str(row.get("status") or ""),
    )


def requests_of(rows: Iterable[Json], person_id: str) -> tuple[AccessRequest, ...]:
    """The requests Graph described, the oldest first; one that has no date yet is the newest."""
    found = [request_of(row, person_id) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.created_at is None, one.created_at, one.id)))


def request_of(row: Json, person_id: str) -> AccessRequest:
    """One request for `person_id`."""
    package, assignment = row.get("accessPackage") or {}, row.get("assignment") or {}
    state = row.get("state")
    return AccessRequest(
        id=str(row["id"]),
        kind=str(row.get("requestType") or ""),
        state=RequestState(state) if state in set(RequestState) else RequestState.UNKNOWN,
        package_id=str(package.get("id") or ""),
        package_name=str(package.get("displayName") or ""),
        person_id=person_id,
        created_at=moment(row.get("createdDateTime")),
        completed_at=moment(row.get("completedDateTime")),
        status=str(row.get("status") or ""),
        justification=str(row.get("justification") or ""),
        assignment_id=str(assignment.get("id") or ""),
    )


def _assignment_query(person_id: str, package_id: str) -> Query:
    wanted = {"target/objectId": person_id, "accessPackage/id": package_id}
    parts = [f"{name} eq {literal(value)}" for name, value in wanted.items() if value]
    query = {"$expand": WITH_PERSON}
    return {**query, "$filter": " and ".join(parts)} if parts else query


def _request_query(person_id: str) -> Query:
    return {"$expand": WITH_PACKAGE, "$filter": f"requestor/objectId eq {literal(person_id)}"}


def _until(ends_at: datetime, now: datetime) -> Json:
    return {
        "startDateTime": timestamp(now),
        "expiration": {"type": "afterDateTime", "endDateTime": timestamp(ends_at)},
    }


async def _ask_about(graph: Graph, body: Json) -> str:
    """A request about an assignment is under way; its id. Raises NotFound when the access is over."""
    try:
        return _made(await graph.wire.post(REQUESTS, body))
    except Rejected as fault:
        if fault.code in OVER:
            raise NotFound(fault.detail, code=fault.code) from fault
        raise


def _made(answer: Json) -> str:
    if not answer.get("id"):
        raise Ambiguous("the request's answer has no id", code="UnreadableAnswer")
    return str(answer["id"])
