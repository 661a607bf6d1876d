"""Notice requests that wait for approval, whoever asked for what wherever, and what became of those that waited."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.commands.approving import stages
from bot.domain.access import RequestState
from bot.domain.approval_standing import fate_of, reminder_due
from bot.domain.approvals import ApprovalCase, Fate
from bot.domain.panels import PendingRequest
from bot.errors import NotLicensed, Transient, UsherError
from bot.jobs import approval, approval_answers
from bot.ports import Deps

log = logging.getLogger(__name__)

NAME = "approvals"
INTERVAL_SECONDS = 60.0
STALE = timedelta(minutes=30)
"""Groups, managers and sponsors change: so old the list of approvers may be."""
STAGE_STALE = timedelta(minutes=5)
"""Stages are passed outside Usher, too: where there are several, so old the knowledge of the present one may be."""

_ANSWERED = (Fate.APPROVED, Fate.DENIED)


async def watch(payload: dict[str, Any], deps: Deps) -> None:
    """Every pending request has its case, with the approvers of its present stage; one that waits no more is settled.

    One round trip when nothing is pending. Never runs twice at a time, on whichever replica.
    """
    try:
        pending = await deps.approvals.pending()
    except NotLicensed:
        return
    known = {one.id: one for one in await deps.approval_cases.waiting()}
    for request in pending:
        await _surely(_attend(request, known.pop(request.id, None), deps), request.id)
    await _surely(_settle([one for one in known.values() if one.is_open], deps), "")
    for one in known.values():
        if not one.is_open:
            # Whoever settled it died before everybody was told.
            await approval.begin(one.id, deps)


async def _surely(work: Awaitable[None], request_id: str) -> None:
    """What Entra refuses about one request keeps nobody from the others; the next turn tries again."""
    try:
        await work
    except Transient:
        raise
    except UsherError as error:
        log.warning(
            "approval not followed", extra={"request": request_id, "reason": error.code or type(error).__name__}
        )


async def _attend(request: PendingRequest, case: ApprovalCase | None, deps: Deps) -> None:
    if case is None:
        case = await _open(request, deps)
    elif _is_stale(case, request, deps):
        case = await _look_again(case, request, deps)
    if not case.is_done and (not case.is_open or case.untold or reminder_due(case, deps.clock.now())):
        await approval.begin(case.id, deps)


async def _open(request: PendingRequest, deps: Deps) -> ApprovalCase:
    case = await deps.approval_cases.case(request.id)
    if case is None:
        case, _ = await deps.approval_cases.open(await stages.first_seen(request, deps))
    if case.fate is Fate.GONE:
        case = await deps.approval_cases.amend(case.id, lambda one: one.found_again())
    return case


async def _look_again(case: ApprovalCase, request: PendingRequest, deps: Deps) -> ApprovalCase:
    """Those who may decide now are known anew, and so is the stage. Dying in between, the next turn does the rest."""
    now = deps.clock.now()
    if case.stages > 1:
        answers, before = await stages.answered(case, request, deps), case.stage
        case = await deps.approval_cases.amend(
            case.id, lambda one: stages.moved_on(one, answers, now) if one.stage == before else one
        )
    stage = case.stage
    panel = await deps.approvals.panel(request, stage)

    def asking(one: ApprovalCase) -> ApprovalCase:
        same = one.is_open and one.stage == stage
        return one.asking(panel, escalated=request.is_escalated, now=now) if same else one

    return await deps.approval_cases.amend(case.id, asking)


def _is_stale(case: ApprovalCase, request: PendingRequest, deps: Deps) -> bool:
    if case.escalated != request.is_escalated or not case.approvers:
        return True
    old = deps.clock.now() - case.looked_at
    return old >= STALE or (case.stages > 1 and old >= STAGE_STALE)


async def _settle(waited: Sequence[ApprovalCase], deps: Deps) -> None:
    """Cases that Entra lists no more have the end it tells, and everybody concerned is told."""
    found = await deps.approvals.requests([one.id for one in waited])
    now = deps.clock.now()
    for case in waited:
        request = found.get(case.id)
        fate = fate_of(request, case, now)
        if fate is Fate.PENDING:
            if request and request.state is RequestState.UNKNOWN:
                log.warning("state of a request not known", extra={"request": case.id})
            continue
        at = (request.completed_at if request else None) or now
        learned = await approval_answers.learn(case, deps) if fate in _ANSWERED else case
        settled = await _settled(learned, fate, at, deps)
        await deps.ledger.record(
            actor="",
            act="follow a request",
            target=settled.person_address or settled.person_id,
            result=settled.fate.value,
            key=settled.id,
            at=now,
            detail=settled.package_name,
            package=settled.package_id,
        )
        await approval.begin(case.id, deps)


async def _settled(case: ApprovalCase, fate: Fate, at: datetime, deps: Deps) -> ApprovalCase:
    return await deps.approval_cases.amend(case.id, lambda one: one.settled(fate, at))
