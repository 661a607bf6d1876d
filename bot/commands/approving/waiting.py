"""Find the requests that wait for somebody's decision."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from bot.commands.approving import stages
from bot.commands.command import Ask
from bot.domain.access import RequestState
from bot.domain.approvals import ApprovalCase

_AROUND = " .,!?\"'"


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
    if not _is_id(request_id):
        return None
    known = await ask.deps.approval_cases.case(request_id)
    if known is not None:
        return known
    request = (await ask.deps.approvals.requests([request_id])).get(request_id)
    if request is None or request.state is not RequestState.PENDING_APPROVAL:
        return None
    return (await ask.deps.approval_cases.open(await stages.first_seen(request, ask.deps)))[0]


def _is_id(text: str) -> bool:
    """Whether it has the form of an id of Entra's."""
    try:
        return str(UUID(text)) == text.casefold()
    except ValueError:
        return False


def called(cases: Sequence[ApprovalCase], words: str) -> tuple[ApprovalCase, ...]:
    """Those whose person or package is called like this, or in which these words occur where none is."""
    exact = tuple(one for one in cases if is_called(one, words))
    said = words.casefold().strip(_AROUND)
    if exact or not said:
        return exact
    return tuple(one for one in cases if said in f"{one.person_name}\n{one.package_name}".casefold())


def is_called(case: ApprovalCase, words: str) -> bool:
    """Whether its person or its package is called exactly like this, but for case."""
    said = words.casefold().strip(_AROUND)
    return bool(said) and said in (case.person_name.casefold(), case.package_name.casefold())


def narrowed(cases: Sequence[ApprovalCase], address: str, package: str) -> tuple[ApprovalCase, ...]:
    """Those about this guest and this package; "" leaves it open. Names and addresses ignore case."""
    who, what = address.casefold(), package.casefold()
    return tuple(
        one
        for one in cases
        if (not who or who in (one.person_address.casefold(), one.person_id.casefold()))
        and (not what or what in (one.package_id.casefold(), one.package_name.casefold()))
    )
