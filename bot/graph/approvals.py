"""Approvals, which Graph shows and gives to the approver alone: what waits for a person, and their decision."""

from __future__ import annotations

from datetime import datetime

from bot.domain.access import AccessRequest, RequestState
from bot.domain.approvals import Decision
from bot.errors import AlreadyDecided, Conflict, Forbidden, NotAsked, Rejected
from bot.graph.assignments import REQUESTS, WITH_PACKAGE, requests_of
from bot.graph.batch import Ask, send
from bot.graph.packages import EM
from bot.graph.times import moment
from bot.graph.wire import Json, Wire, path

PERMISSION = "EntitlementManagement.ReadWrite.All"
APPROVALS = f"{EM}/accessPackageAssignmentApprovals"
_APPROVER = "/filterByCurrentUser(on='approver')"
_RESULT = {True: "Approve", False: "Deny"}
_DECIDED = {"Approve": True, "Deny": False}


async def waiting(wire: Wire) -> tuple[AccessRequest, ...]:
    """The requests that whoever holds the wire's token can decide now, oldest first.

    https://learn.microsoft.com/graph/api/accesspackageassignmentrequest-filterbycurrentuser
    """
    pending = {"$expand": WITH_PACKAGE, "$filter": f"state eq '{RequestState.PENDING_APPROVAL}'"}
    answers = await send(wire, [Ask("requests", REQUESTS + _APPROVER, pending), Ask("mine", APPROVALS + _APPROVER)])
    # Graph lists a request for everybody whom any of its stages asks; the approvals are those that wait for this person.
    mine = {str(row.get("id")) for row in await wire.rest(answers["mine"])}
    rows = [row for row in await wire.rest(answers["requests"]) if str(row.get("id")) in mine]
    found = [one for row in rows for one in requests_of([row], _requestor(row))]
    return tuple(sorted(found, key=lambda one: (one.created_at is None, one.created_at, one.id)))


async def decide(wire: Wire, person_id: str, request_id: str, stage: int, *, approve: bool, reason: str) -> None:
    """This stage is decided, no other one. Raises what `bot.ports.Themselves.decide_request` says.

    https://learn.microsoft.com/graph/api/approvalstage-update
    """
    stages = await _stages(wire, request_id)
    mine = next((one for one in stages if one.get("assignedToMe") and one.get("status") == "InProgress"), None)
    if mine is None or len(_answered(stages)) != stage - 1:
        _judge(stages, person_id, stage, approve=approve)
        return
    body: Json = {"reviewResult": _RESULT[approve], "justification": reason}
    try:
        await wire.patch(path(f"{APPROVALS}/{{}}/stages/{{}}", request_id, str(mine["id"])), body)
    except Conflict:
        _judge(await _stages(wire, request_id), person_id, stage, approve=approve)
    except (Forbidden, Rejected) as refused:
        if isinstance(refused, Forbidden) or refused.code == "Forbidden":
            raise NotAsked(refused.detail, code=refused.code) from refused
        raise


async def answers(wire: Wire, request_id: str) -> tuple[Decision, ...]:
    """The answers to a request's stages, in their order.

    https://learn.microsoft.com/graph/api/approval-list-stages
    """
    decided = _answered(await _stages(wire, request_id))
    found = [(row, moment(row.get("reviewedDateTime"))) for row in decided]
    return tuple(_decision(row, number, at) for number, (row, at) in enumerate(found, 1) if at is not None)


def _decision(row: Json, stage: int, at: datetime) -> Decision:
    by = row.get("reviewedBy") or {}
    return Decision(
        stage=stage,
        approve=_DECIDED[str(row["reviewResult"])],
        by_id=str(by.get("id") or ""),
        by_name=str(by.get("displayName") or ""),
        reason=str(row.get("justification") or ""),
        at=at,
    )


async def _stages(wire: Wire, request_id: str) -> list[Json]:
    try:
        return await wire.all(path(f"{APPROVALS}/{{}}/stages", request_id))
    except Forbidden as refused:
        raise NotAsked(refused.detail, code=refused.code) from refused


def _answered(stages: list[Json]) -> list[Json]:
    return [one for one in stages if one.get("reviewResult") in _DECIDED]


def _judge(stages: list[Json], person_id: str, stage: int, *, approve: bool) -> None:
    """Nothing happens when the stage's answer is this one, by this person; otherwise somebody was faster."""
    found = next(iter(_answered(stages)[stage - 1 : stage]), {})
    by = found.get("reviewedBy") or {}
    approved = _DECIDED.get(str(found.get("reviewResult")))
    by_id = str(by.get("id") or "")
    if by_id.casefold() == person_id.casefold() and approved is approve:
        return
    raise AlreadyDecided(by=str(by.get("displayName") or ""), by_id=by_id, approved=approved)


def _requestor(row: Json) -> str:
    return str((row.get("requestor") or {}).get("objectId") or "")
