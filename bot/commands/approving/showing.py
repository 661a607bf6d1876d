"""What somebody is shown of a request: their own copy of its card."""

from __future__ import annotations

from bot.domain.approvals import ApprovalCase
from bot.domain.outcomes import ApprovalShown
from bot.ports import Deps


async def shown(
    case: ApprovalCase,
    person_id: str,
    deps: Deps,
    *,
    time_zone: str,
    reason: str = "",
    problem: str = "",
    note: str = "",
) -> ApprovalShown:
    """The card as it is now for this person, whoever they are; `reason` and the rest as in `ApprovalShown`."""
    return ApprovalShown(
        case=case,
        viewer=case.approver(person_id),
        link=await link(deps),
        can_decide=deps.themselves.configured,
        reminder=bool(case.reminded),
        reason=reason,
        problem=problem,
        note=note,
        time_zone=time_zone or "UTC",
    )


async def link(deps: Deps) -> str:
    """Where approvals wait in My Access."""
    return deps.links.approvals((await deps.directory.tenant()).domain)
