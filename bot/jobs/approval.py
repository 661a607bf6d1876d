"""Follow one request that waits for approval: ask its approvers, remind them, and tell what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.domain.approval_standing import reminder_due
from bot.domain.approvals import ApprovalCase
from bot.domain.panels import Approver
from bot.jobs import approval_asking, approval_cards, approval_outcome, in_place
from bot.jobs.quiet import is_left_in_peace
from bot.ports import Deps

NAME = "approval"


async def approval(payload: dict[str, Any], deps: Deps) -> None:
    """Everybody who is to know how the request of `payload["case"]` stands knows it, each once.

    Two runs of one request never work at the same time, and one that runs again tells nobody twice.
    """
    case = await deps.approval_cases.case(str(payload["case"]))
    if case is None:
        return
    await in_place.each((_attend, _refresh, _close), lambda work: work(case, deps))


async def _attend(case: ApprovalCase, deps: Deps) -> None:
    if case.is_open:
        await _remind(await _ask(case, deps), deps)


async def _refresh(case: ApprovalCase, deps: Deps) -> None:
    await approval_cards.refresh(case.id, deps)


async def _close(case: ApprovalCase, deps: Deps) -> None:
    if not case.is_open and not case.closed:
        await approval_outcome.tell(case, deps)
        await deps.approval_cases.amend(case.id, lambda one: replace(one, closed=True))


async def begin(case_id: str, deps: Deps) -> None:
    """The request's job runs, once more where it ran before."""
    await deps.jobs.run_again(NAME, case_id, {"case": case_id})


async def _ask(case: ApprovalCase, deps: Deps) -> ApprovalCase:
    asked, stage = case.untold, case.stage
    if not asked:
        return case
    await _tell_all(case, asked, "approval", deps)
    ids = tuple(one.id for one in asked)

    def told(one: ApprovalCase) -> ApprovalCase:
        return replace(one, told=tuple(dict.fromkeys([*one.told, *ids]))) if one.stage == stage else one

    return await deps.approval_cases.amend(case.id, told)


async def _remind(case: ApprovalCase, deps: Deps) -> None:
    mark, stage = reminder_due(case, deps.clock.now()), case.stage
    if not mark:
        return
    reminding = replace(case, reminded=(*case.reminded, mark))
    awake = [one for one in case.approvers if not await is_left_in_peace(one.id, deps)]
    await _tell_all(reminding, awake, f"reminder-{mark}", deps)
    if len(awake) < len(case.approvers):
        # The others are told once their quiet hours are over, if the request still waits then.
        return

    def told(one: ApprovalCase) -> ApprovalCase:
        same = one.stage == stage and mark not in one.reminded
        return replace(one, reminded=(*one.reminded, mark)) if same else one

    await deps.approval_cases.amend(case.id, told)


async def _tell_all(case: ApprovalCase, approvers: Iterable[Approver], occasion: str, deps: Deps) -> None:
    """One whom Teams cannot reach just now keeps nobody else waiting; the run is repeated for them."""
    await in_place.each(approvers, lambda one: approval_asking.tell(case, one, occasion, deps))
