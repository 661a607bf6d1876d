"""Learn what was answered outside Usher, where an approver who has signed in lets Usher see it in their own name."""

from __future__ import annotations

from bot.commands.approving import stages
from bot.domain.approvals import ApprovalCase
from bot.ports import Deps


async def learn(case: ApprovalCase, deps: Deps) -> ApprovalCase:
    """The case with the answers that Entra shows to one of those who were asked; nobody is asked to sign in for it."""
    answers = await stages.seen(case.id, [one.id for one in case.asked], deps)
    if not answers:
        return case

    def learned(one: ApprovalCase) -> ApprovalCase:
        for answer in answers:
            one = one.decided(answer)
        return one

    return await deps.approval_cases.amend(case.id, learned)
