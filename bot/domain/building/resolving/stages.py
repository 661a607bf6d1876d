"""Who has to say yes, in which stages."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.building import lengths
from bot.domain.building.drafts import PolicyWish, StageWish
from bot.domain.building.resolving.inquiry import Inquiry
from bot.domain.building.subjects import Subject
from bot.domain.building.terms import MOST_STAGES, Stage, Terms
from bot.domain.packages import Scope

_FIELD = "stages"
MOST_DAYS_TO_ANSWER = 60


def stages(inquiry: Inquiry, wish: PolicyWish, base: Terms | None, earlier: PolicyWish) -> tuple[Stage, ...]:
    """The approval stages; those said as before are as before. Without approval, stages filled in earlier do not count."""
    approve = inquiry.yes("approve", wish.approve, usual=bool(wish.stages))
    if not approve:
        return ()
    if not wish.stages:
        inquiry.problem(_FIELD, "Say who approves: people, groups, the requestor's manager, or the sponsors.")
    if len(wish.stages) > MOST_STAGES:
        said = f"Entra knows at most {MOST_STAGES} approval stages; these are {len(wish.stages)}."
        inquiry.problem(_FIELD, f"{said} Several people can decide in one stage.")
        return ()
    made: list[Stage] = []
    for place, one in enumerate(wish.stages):
        same = base is not None and place < len(base.stages) and one == earlier.stages[place]
        made.append(base.stages[place] if same and base else _stage(inquiry, one, place + 1))
    return tuple(made)


def compulsory(inquiry: Inquiry, wish: PolicyWish, scope: Scope) -> None:
    """What anyone outside can ask for is approved by somebody; the portal offers it no other way.

    https://learn.microsoft.com/entra/id-governance/entitlement-management-access-package-request-policy
    """
    approved = wish.approve == "yes" or (not wish.approve and bool(wish.stages))
    if scope is Scope.ANYONE_OUTSIDE and not approved:
        text = (
            "Anyone outside can ask, and for that Entra makes approval compulsory. Say who approves, or let others ask."
        )
        inquiry.problem("approve", text)


def _stage(inquiry: Inquiry, wish: StageWish, number: int) -> Stage:
    usual = Stage(())
    approvers = subjects(inquiry, _FIELD, wish.approvers, job="An approver")
    if not wish.approvers:
        inquiry.problem(_FIELD, f"Stage {number}: say who approves.")
    answer = usual.answer_within
    if wish.days:
        answer = _length(inquiry, wish.days, f"Stage {number}: give the days to decide, 1 to {MOST_DAYS_TO_ANSWER}.")
    after = None
    if wish.alternates_after:
        after = _length(inquiry, wish.alternates_after, f"Stage {number}: give the days until alternates are asked.")
    elif wish.alternates:
        after = answer / 2
    if after is not None and after >= answer:
        inquiry.problem(_FIELD, f"Stage {number}: alternates must be asked before the time to decide is over.")
    return Stage(
        approvers=approvers,
        answer_within=answer,
        needs_justification=inquiry.yes(_FIELD, wish.justification, usual=False),
        fallbacks=subjects(inquiry, _FIELD, wish.fallbacks, job="A fallback approver"),
        alternates=subjects(inquiry, _FIELD, wish.alternates, job="An alternate approver"),
        alternates_after=after,
        alternate_fallbacks=subjects(inquiry, _FIELD, wish.alternate_fallbacks, job="A fallback approver"),
    )


def _length(inquiry: Inquiry, text: str, problem: str) -> timedelta:
    length = lengths.read(text)
    if length is None or not timedelta(0) < length <= timedelta(days=MOST_DAYS_TO_ANSWER):
        inquiry.problem(_FIELD, problem)
        return timedelta(days=14)
    return length


def subjects(inquiry: Inquiry, field: str, refs: tuple[str, ...], *, job: str) -> tuple[Subject, ...]:
    """Everybody these references mean, each once."""
    found = [inquiry.subject(field, ref, job=job) for ref in refs if ref.strip()]
    return tuple(dict.fromkeys(one for one in found if one is not None))
