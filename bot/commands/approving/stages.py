"""Find out at which stage a request is, and what was answered before: Entra shows that to approvers and in its audit log."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.approval_standing import is_overtaken
from bot.domain.approvals import ApprovalCase, Decision, opened
from bot.domain.panels import PendingRequest
from bot.errors import SignInNeeded, Transient, UsherError
from bot.ports import Deps

log = logging.getLogger(__name__)

MOST_TRIED = 5
"""Approvers whose sign-in is tried for one request: each is a question to the token service."""


async def first_seen(request: PendingRequest, deps: Deps) -> ApprovalCase:
    """The case of a request that Usher does not know yet, at the stage it has reached, with those who may decide it."""
    now = deps.clock.now()
    case = opened(request, await deps.approvals.panel(request, 1), now)
    answers = await answered(case, request, deps)
    after = moved_on(case, answers, now)
    while after.is_open and after.stage != case.stage:
        panel = await deps.approvals.panel(request, after.stage)
        case = after.asking(panel, escalated=request.is_escalated, now=now)
        after = moved_on(case, answers, now)
    return after


async def answered(case: ApprovalCase, request: PendingRequest, deps: Deps) -> tuple[Decision, ...] | None:
    """What was answered so far, None where nothing shows it to Usher. Nobody is asked to sign in for it.

    An approver sees the answers with their reasons, the audit log only that a stage was passed.
    """
    if case.stages < 2:
        return ()
    found = await seen(case.id, [one.id for one in case.asked], deps)
    if found is None and deps.themselves.configured:
        found = await seen(case.id, await _later(case, request, deps), deps)
    return found if found is not None else await _logged(case, deps)


def moved_on(case: ApprovalCase, answers: Iterable[Decision] | None, now: datetime) -> ApprovalCase:
    """The case after these answers. Where they are not known, a stage whose time has long been over lies behind it."""
    if answers is None:
        return case.overtaken() if is_overtaken(case, now) else case
    for one in answers:
        case = case.decided(one)
    return case


async def seen(request_id: str, person_ids: Sequence[str], deps: Deps) -> tuple[Decision, ...] | None:
    """The answers that Entra shows to the first of these people who has signed in and is among its approvers."""
    if not deps.themselves.configured:
        return None
    for person_id in list(dict.fromkeys(person_ids))[:MOST_TRIED]:
        try:
            return await deps.themselves.answers(person_id, request_id)
        except SignInNeeded:
            continue
        except Transient:
            # Who decided is worth less than that it is told: the request goes on without a name.
            return None
        except UsherError:
            continue
    return None


async def _later(case: ApprovalCase, request: PendingRequest, deps: Deps) -> list[str]:
    """Ids of those who may decide the stages that follow, the next first."""
    panels = [await deps.approvals.panel(request, stage) for stage in range(case.stage + 1, case.stages + 1)]
    return [one.id for panel in panels for one in panel.approvers]


async def _logged(case: ApprovalCase, deps: Deps) -> tuple[Decision, ...] | None:
    try:
        found = await deps.approvals.passed(case.id)
    except UsherError as error:
        log.info("stages not told", extra={"request": case.id, "reason": error.code or type(error).__name__})
        return None
    # The log is late at times, so its silence says nothing; and the last stage may have ended in a denial.
    return found[: case.stages - 1] or None
