"""Decide one request with the approver's own token, and keep what became of it, whoever was faster."""

from __future__ import annotations

from bot.commands.approving import showing
from bot.commands.command import Ask
from bot.domain.approval_standing import fate_of
from bot.domain.approvals import ApprovalCase, Decision, Fate
from bot.domain.outcomes import ApprovalShown, Outcome, Press, Said, Tone
from bot.errors import AlreadyDecided, NotAsked, NotFound, Rejected, UsherError

JOB = "approval"


async def decide(case: ApprovalCase, ask: Ask, *, approve: bool, reason: str) -> Outcome:
    """The request is decided by the asker, or its card says by whom it was, or why not.

    Raises SignInNeeded. Whether the asker may is Graph's to say, anew for every press: who approves may have changed.
    """
    if not case.is_open:
        return await over(case, ask)
    if ask.person.id.casefold() in (case.person_id.casefold(), case.requestor_id.casefold()):
        return Said(
            "Nobody approves their own request", "Another approver decides it. Nothing was changed.", Tone.WARNING
        )
    if not ask.deps.themselves.configured:
        return stranger(case, ask) or await _shown(case, ask)
    # First of all: what is asked of a card is answered by a press, and that shall not have to be made again.
    await ask.deps.themselves.check(ask.person.id)
    if not reason and (case.needs_reason or not approve):
        needed = "The policy wants a reason." if approve else f"Say why you deny it: {case.person_name} is told."
        return stranger(case, ask) or await _shown(case, ask, problem=needed)
    act = "approve a request" if approve else "deny a request"
    try:
        async with ask.doing(act, case.person_address or case.person_id, detail=_detail(case, reason)):
            await ask.deps.themselves.decide_request(ask.person.id, case.id, case.stage, approve=approve, reason=reason)
    except AlreadyDecided as faster:
        return await _faster(case, faster, ask)
    except (NotAsked, NotFound):
        return await _not_asked(case, ask)
    except Rejected as refused:
        return await _shown(case, ask, reason=reason, problem=refused.explanation)
    return await _kept(case, Decision(case.stage, approve, ask.person.id, ask.person.name, reason, ask.now), ask)


async def over(case: ApprovalCase, ask: Ask) -> Outcome:
    """The card of a request that is decided, with a first line that says by whom; nothing of it for a stranger.

    Whoever decided it may have died with Usher before anybody heard: everybody does now.
    """
    if refused := stranger(case, ask):
        return refused
    known = await _explained(case, ask)
    if not known.is_done or known != case:
        await ask.deps.jobs.run_again(JOB, case.id, {"case": case.id})
    return await _shown(known, ask, note=_already(known, ask))


async def past(case: ApprovalCase, stage: int, ask: Ask) -> Outcome:
    """The card of a request that waits for a later stage than the one that was meant; nothing of it for a stranger."""
    note = "The stage this card was about is decided. Nothing was changed."
    if (given := case.decision(stage)) and _is_own(given, ask):
        note = _said_already(given, ask)
    return stranger(case, ask) or await _shown(case, ask, note=note)


async def _explained(case: ApprovalCase, ask: Ask) -> ApprovalCase:
    """The case by whom it ended, as far as Entra tells the asker, who may have done it."""
    if case.last or case.fate not in (Fate.APPROVED, Fate.DENIED) or not ask.deps.themselves.configured:
        return case
    try:
        answers = await ask.deps.themselves.answers(ask.person.id, case.id)
    except UsherError:
        # How it ended is known; by whom is worth neither a sign-in nor a wait.
        return case
    return await ask.deps.approval_cases.amend(case.id, lambda one: one.explained(answers))


def stranger(case: ApprovalCase, ask: Ask) -> Said | None:
    """The answer for somebody who was never asked about the request, and is shown nothing of it."""
    return None if case.approver(ask.person.id) else _NOT_YOURS


_NOT_YOURS = Said(
    "This does not wait for you",
    "Others are asked to decide this request, or it waits for the next stage. Nothing was changed.",
    Tone.WARNING,
    presses=(Press("What waits for me", "approvals"),),
)


def _detail(case: ApprovalCase, reason: str) -> str:
    stage = f", stage {case.stage} of {case.stages}" if case.stages > 1 else ""
    return f"{case.package_name}{stage}" + (f": {reason}" if reason else "")


def _already(case: ApprovalCase, ask: Ask) -> str:
    if case.fate is Fate.EXPIRED:
        return "Nobody answered in time, so Entra denied it already. Nothing was changed."
    return _said_already(case.last, ask) if case.last else "This is decided already. Nothing was changed."


def _said_already(given: Decision, ask: Ask) -> str:
    word = "approved" if given.approve else "denied"
    if _is_own(given, ask):
        return f"You {word} this already, and that stands."
    by = f" by {given.by_name}" if given.by_name else ""
    return f"Already {word}{by}. Nothing was changed."


def _is_own(given: Decision, ask: Ask) -> bool:
    return given.by_id.casefold() == ask.person.id.casefold()


async def _kept(case: ApprovalCase, decision: Decision, ask: Ask, *, note: str = "") -> ApprovalShown:
    """The decision is remembered, and all other copies are on their way to say so."""
    # A look may have seen that it ended before this is known; by whom and why is learned from here.
    stored = await ask.deps.approval_cases.amend(case.id, lambda one: one.decided(decision).explained((decision,)))
    await ask.deps.jobs.run_again(JOB, case.id, {"case": case.id})
    return await _shown(stored, ask, note=note)


async def _faster(case: ApprovalCase, faster: AlreadyDecided, ask: Ask) -> Outcome:
    if faster.approved is None:
        return await _not_asked(case, ask)
    known = await ask.deps.approval_cases.case(case.id) or case
    if known.decision(case.stage):
        return await over(known, ask)
    decision = Decision(case.stage, faster.approved, faster.by_id, faster.by, "", ask.now)
    return await _kept(case, decision, ask, note=_said_already(decision, ask))


async def _not_asked(case: ApprovalCase, ask: Ask) -> Outcome:
    """It does not wait for the asker (any more): decided, withdrawn, out of time, or others are asked now."""
    request = (await ask.deps.approvals.requests([case.id])).get(case.id)
    fate = fate_of(request, case, ask.now)
    if fate is not Fate.PENDING:
        stored = await ask.deps.approval_cases.amend(case.id, lambda one: one.settled(fate, ask.now))
        await ask.deps.jobs.run_again(JOB, case.id, {"case": case.id})
        return await over(stored, ask)
    return _NOT_YOURS


async def _shown(case: ApprovalCase, ask: Ask, *, reason: str = "", problem: str = "", note: str = "") -> ApprovalShown:
    zone = ask.turn.caller.time_zone
    return await showing.shown(case, ask.person.id, ask.deps, time_zone=zone, reason=reason, problem=problem, note=note)
