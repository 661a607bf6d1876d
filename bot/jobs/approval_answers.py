"""Learn what was answered outside Usher, where an approver who has signed in lets Usher see it in their own name."""

from __future__ import annotations

from bot.domain.approvals import ApprovalCase, Decision
from bot.errors import SignInNeeded, Transient, UsherError
from bot.ports import Deps

MOST_TRIED = 5
"""Approvers whose sign-in is tried for one request: each is a question to the token service."""


async def learn(case: ApprovalCase, deps: Deps) -> ApprovalCase:
    """The case with the answers that Entra shows to one of those who were asked; nobody is asked to sign in for it."""
    answers = await _seen(case, deps)
    if not answers:
        return case

    def learned(one: ApprovalCase) -> ApprovalCase:
        for answer in answers:
            one = one.decided(answer)
        return one

    return await deps.approval_cases.amend(case.id, learned)


async def _seen(case: ApprovalCase, deps: Deps) -> tuple[Decision, ...]:
    if not deps.themselves.configured:
        return ()
    for person_id in list(dict.fromkeys(one.id for one in case.asked))[:MOST_TRIED]:
        try:
            return await deps.themselves.answers(person_id, case.id)
        except SignInNeeded:
            continue
        except Transient:
            # Who decided is worth less than that it is told: the request goes on without a name.
            return ()
        except UsherError:
            continue
    return ()
