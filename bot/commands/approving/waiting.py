"""Find the requests that wait for somebody's decision."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.command import Ask
from bot.domain.access import RequestState
from bot.domain.approvals import ApprovalCase, opened


def waits_for(case: ApprovalCase, person_id: str) -> bool:
    """Whether this person is among those who may decide the present stage."""
    return case.is_open and any(one.id.casefold() == person_id.casefold() for one in case.approvers)


async def mine(ask: Ask) -> tuple[ApprovalCase, ...]:
    """What waits for the asker now, the first that Entra denies by itself first; one round trip.

    What was decided elsewhere a moment ago is left out, although its card may not say so yet.
    """
    cases = [one for one in await ask.deps.approval_cases.waiting() if waits_for(one, ask.person.id)]
    if not cases:
        return ()
    pending = {one.id for one in await ask.deps.approvals.pending()}
    return tuple(one for one in cases if one.id in pending)


async def case_of(request_id: str, ask: Ask) -> ApprovalCase | None:
    """The case of this request, made where Usher has none although Entra knows the request; None for one that is gone."""
    known = await ask.deps.approval_cases.case(request_id)
    if known is not None or not request_id:
        return known
    request = (await ask.deps.approvals.requests([request_id])).get(request_id)
    if request is None or request.state is not RequestState.PENDING_APPROVAL:
        return None
    panel = await ask.deps.approvals.panel(request, 1)
    return (await ask.deps.approval_cases.open(opened(request, panel, ask.now)))[0]


def narrowed(cases: Sequence[ApprovalCase], address: str, package: str) -> tuple[ApprovalCase, ...]:
    """Those about this guest and this package; "" leaves it open. Names and addresses ignore case."""
    who, what = address.casefold(), package.casefold()
    return tuple(
        one
        for one in cases
        if (not who or who in (one.person_address.casefold(), one.person_id.casefold()))
        and (not what or what in (one.package_id.casefold(), one.package_name.casefold()))
    )
