"""Approvals in words: how a request stands, why somebody is asked, for how long access would be."""

from __future__ import annotations

from bot.domain.approvals import ApprovalCase, Decision, Fate
from bot.domain.outcomes import Tone
from bot.domain.panels import Approver, Because
from cards.literal import plain
from cards.when import day, moment

_LONGEST_NAME = 120
TONES = {
    Fate.PENDING: Tone.WORKING,
    Fate.APPROVED: Tone.GOOD,
    Fate.DENIED: Tone.BAD,
    Fate.EXPIRED: Tone.WARNING,
    Fate.WITHDRAWN: Tone.INFO,
    Fate.GONE: Tone.INFO,
}


def standing(case: ApprovalCase, viewer: Approver | None) -> str:
    """How it stands for whoever looks, in one line."""
    if case.is_open and viewer is None:
        return "This no longer waits for you"
    if case.is_open and viewer is not None and viewer.stage < case.stage:
        earlier = case.decision(viewer.stage)
        return f"{_decided(earlier)}; the next approvers are asked" if earlier else "The next approvers are asked"
    match case.fate:
        case Fate.PENDING:
            return "Waiting for your decision"
        case Fate.APPROVED | Fate.DENIED:
            return _decided(case.last) if case.last else _elsewhere(case.fate)
        case Fate.EXPIRED:
            return "Denied automatically: nobody answered in time"
        case Fate.WITHDRAWN:
            return "Withdrawn by the requestor"
        case _:
            return "This request is gone"


def _decided(decision: Decision | None) -> str:
    if decision is None:
        return "Decided"
    did = "Approved" if decision.approve else "Denied"
    return (
        f"{did} by {who(decision)}"
        if decision.by_name
        else _elsewhere(Fate.APPROVED if decision.approve else Fate.DENIED)
    )


def _elsewhere(fate: Fate) -> str:
    return f"{'Approved' if fate is Fate.APPROVED else 'Denied'} outside Usher"


def who(decision: Decision) -> str:
    """Who gave the answer."""
    return plain(decision.by_name, _LONGEST_NAME) or "somebody outside Usher"


def given(decision: Decision, time_zone: str) -> str:
    """An answer with its moment and reason, in one line."""
    did = "Approved" if decision.approve else "Denied"
    reason = plain(decision.reason, 400)
    return f"{did} by {who(decision)} on {moment(decision.at, time_zone)}" + (f": “{reason}”" if reason else "")


def why(viewer: Approver) -> str:
    """Why this person is asked."""
    of = plain(viewer.of, _LONGEST_NAME)
    said = {
        Because.NAMED: "The package's policy names you as an approver",
        Because.GROUP: f"You are a member of the group {of}".rstrip(),
        Because.MANAGER: f"You are the manager of {of or 'the requestor'}",
        Because.SPONSOR: f"You sponsor {of or 'this guest'}",
        Because.PARTNER: f"You sponsor the partner organization {of}".rstrip(),
    }[viewer.because]
    if viewer.alternate:
        return f"The first approvers did not answer. {said}"
    return f"{said}; the policy's own approver could not be found" if viewer.fallback else said


def length(case: ApprovalCase, time_zone: str) -> str:
    """For how long access would be."""
    if case.ends_at:
        return f"Until {day(case.ends_at, time_zone)}"
    if case.lasts is None:
        return "Without an end"
    days, rest = divmod(int(case.lasts.total_seconds()), 86400)
    if days:
        return "1 day" if days == 1 else f"{days} days"
    hours = max(rest // 3600, 1)
    return "1 hour" if hours == 1 else f"{hours} hours"


def person(case: ApprovalCase) -> str:
    """Whom it is for."""
    name, address = plain(case.person_name, _LONGEST_NAME), plain(case.person_address, 320)
    return name or address or "Somebody"


def title(case: ApprovalCase) -> str:
    """What is asked."""
    package = plain(case.package_name, _LONGEST_NAME) or "an access package"
    longer = case.kind.casefold().endswith("update")
    return f"{person(case)} asks {'to keep' if longer else 'for'} “{package}”"
