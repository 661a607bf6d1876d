"""Requests that wait for approval, read with the application's own permission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.access import RequestState
from bot.domain.panels import PendingRequest
from bot.graph.assignments import REQUESTS
from bot.graph.batch import Ask, send_all
from bot.graph.client import Graph
from bot.graph.times import duration, moment
from bot.graph.wire import Json, path

EXPANDED = "accessPackage,requestor,assignment($expand=target,assignmentPolicy)"
PENDING = {"$expand": EXPANDED, "$filter": "state eq 'pendingApproval'"}


async def pending(graph: Graph) -> tuple[PendingRequest, ...]:
    """Every request that waits, oldest first.

    https://learn.microsoft.com/graph/api/entitlementmanagement-list-assignmentrequests
    """
    found = [request_of(row) for row in await graph.wire.all(REQUESTS, PENDING)]
    return tuple(sorted(found, key=lambda one: (one.created_at is None, one.created_at, one.id)))


async def requests(graph: Graph, request_ids: Sequence[str]) -> Mapping[str, PendingRequest | None]:
    """These requests as they are now. https://learn.microsoft.com/graph/api/accesspackageassignmentrequest-get"""
    ids = list(dict.fromkeys(request_ids))
    if not ids:
        return {}
    answers = await send_all(
        graph.wire, [Ask(one, path(f"{REQUESTS}/{{}}", one), {"$expand": EXPANDED}) for one in ids]
    )
    rows = {one: answers.maybe(one) for one in ids}
    return {one: request_of(row) if row else None for one, row in rows.items()}


def request_of(row: Json) -> PendingRequest:
    """One request. Whom it is for is its assignment's target, and who asked where Entra names no target yet."""
    package, requestor = row.get("accessPackage") or {}, row.get("requestor") or {}
    assignment = row.get("assignment") or {}
    person = assignment.get("target") or requestor
    schedule = row.get("schedule") or {}
    expiration, state = schedule.get("expiration") or {}, row.get("state")
    return PendingRequest(
        id=str(row["id"]),
        kind=str(row.get("requestType") or ""),
        state=RequestState(state) if state in set(RequestState) else RequestState.UNKNOWN,
        package_id=str(package.get("id") or ""),
        package_name=str(package.get("displayName") or ""),
        person_id=str(person.get("objectId") or ""),
        person_name=str(person.get("displayName") or ""),
        person_address=str(person.get("email") or ""),
        requestor_id=str(requestor.get("objectId") or ""),
        requestor_name=str(requestor.get("displayName") or ""),
        created_at=moment(row.get("createdDateTime")),
        completed_at=moment(row.get("completedDateTime")),
        status=str(row.get("status") or ""),
        justification=str(row.get("justification") or ""),
        answers=tuple(_answer(one) for one in row.get("answers") or [] if isinstance(one, dict)),
        policy_id=str((assignment.get("assignmentPolicy") or {}).get("id") or ""),
        starts_at=moment(schedule.get("startDateTime")),
        wanted_end=moment(expiration.get("endDateTime")),
        wanted_time=duration(expiration.get("duration")),
    )


def _answer(row: Json) -> tuple[str, str]:
    """Question id and answer; https://learn.microsoft.com/graph/api/resources/accesspackageanswer"""
    question = row.get("answeredQuestion") or {}
    return str(question.get("id") or ""), str(row.get("displayValue") or row.get("value") or "")
