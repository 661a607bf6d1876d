"""Move the end of an assignment in Entra, once, and show it on every card."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.access import AccessRequest, Assignment, RequestState
from bot.domain.end_changes import ChangeState, EndChange, change_id, is_same
from bot.domain.invites import Invite
from bot.errors import AlreadyThere, Ambiguous, NotFound, Transient, UsherError
from bot.jobs import answer_extension, end_cards, notices, show
from bot.jobs.job import Again
from bot.ports import Deps

NAME = "extend"
SOON, LATEST = 1.0, 900.0
"""Seconds until Usher looks again: soon at first, then a tenth of the time the change has taken, at most LATEST."""

PATIENCE = timedelta(minutes=10)
"""How long Entra may take to show an end it has accepted."""

_OVER = "The access ended, or was taken back, before its end could be moved."
_ELSEWHERE = "Somebody else changed the end meanwhile; it was left as they set it."
_DENIED = "The request to move the end was denied."
_FAILED = "Entra could not move the end."
_BUSY = "Entra has another request for this access under way. Try again once that is through."
_UNMOVED = "Entra accepted the request but left the end where it was. The package's policy may allow no later one."


async def extend(payload: dict[str, Any], deps: Deps) -> Again | None:
    """The assignment ends when the change says; every card shows how far that is. `payload`: {"change": id, "round"}.

    Looks first, so that a run after a kill, or a second one, asks Entra for nothing that is under way already.
    """
    change = await deps.end_changes.change(str(payload["change"]))
    if change is None or change.round != payload["round"]:
        return None
    if change.is_over:
        await _tell(change, deps)
        return None
    access = await deps.directory.access_of([change.person_id])
    _, held, asked = access.get(change.person_id, (None, (), ()))
    found = next((one for one in held if one.id == change.assignment_id and one.is_live), None)
    verdict = _verdict(change, found, asked, deps.clock.now())
    if verdict.is_over:
        if found and verdict.state is ChangeState.DONE:
            await notices.extended(found, change.asked_at or change.begun_at, deps)
        await _settle(verdict, deps)
        return None
    if not _under_way(verdict, asked):
        return await (_await_own(change, deps) if change.own else _ask(change, deps))
    if verdict.state is not change.state:
        await deps.end_changes.amend(change.id, lambda one: one if one.is_over else replace(one, state=verdict.state))
        await end_cards.refresh(change.id, deps)
    taken = (deps.clock.now() - change.begun_at).total_seconds()
    return Again(min(LATEST, max(SOON, taken / 10)))


def _verdict(change: EndChange, found: Assignment | None, asked: tuple[AccessRequest, ...], now: datetime) -> EndChange:
    """The change as what Entra shows makes it."""
    if found is None:
        return change.settled(ChangeState.FAILED, now, reason=_OVER)
    if is_same(found.ends_at, change.new_end):
        return change.settled(ChangeState.DONE, now, given=found.ends_at)
    if not is_same(found.ends_at, change.old_end):
        if change.asked_at and found.ends_at and _between(change, found.ends_at):
            return change.settled(ChangeState.DONE, now, given=found.ends_at)
        return change.settled(ChangeState.FAILED, now, reason=_ELSEWHERE)
    request = _request(change, asked)
    match request.state if request else None:
        case RequestState.DENIED | RequestState.CANCELED:
            return change.settled(ChangeState.FAILED, now, reason=_DENIED)
        case RequestState.DELIVERY_FAILED:
            return change.settled(ChangeState.FAILED, now, reason=_FAILED)
        case RequestState.PENDING_APPROVAL:
            return replace(change, state=ChangeState.WAITING)
    is_open = request is not None and request.is_open
    if change.request_id and not is_open and change.asked_at and now > change.asked_at + PATIENCE:
        return change.settled(ChangeState.FAILED, now, reason=_UNMOVED)
    return replace(change, state=ChangeState.BEGUN)


def _between(change: EndChange, ends_at: datetime) -> bool:
    """Entra gave less than was asked for, as a policy may have it."""
    low, high = sorted((change.old_end, change.new_end))
    return low < ends_at < high


def _request(change: EndChange, asked: tuple[AccessRequest, ...]) -> AccessRequest | None:
    """Our own request; where its answer was lost, the update of this assignment that is under way."""
    if change.request_id:
        return next((one for one in asked if one.id == change.request_id), None)
    kind = "userUpdate" if change.own else "adminUpdate"
    updates = (one for one in reversed(asked) if one.kind == kind and one.is_open)
    return next((one for one in updates if one.assignment_id == change.assignment_id), None)


def _under_way(change: EndChange, asked: tuple[AccessRequest, ...]) -> bool:
    """Whether Entra has the request; one whose answer was lost and that shows nowhere is asked for once more."""
    return bool(change.request_id) or _request(change, asked) is not None


async def _await_own(change: EndChange, deps: Deps) -> Again | None:
    """Usher never asks with its own permission for what people ask for themselves: it looks until that shows."""
    now = deps.clock.now()
    if now <= (change.asked_at or change.begun_at) + PATIENCE:
        return Again(SOON)
    await _settle(change.settled(ChangeState.FAILED, now, reason=_BUSY), deps)
    return None


async def _ask(change: EndChange, deps: Deps) -> Again | None:
    now = deps.clock.now()
    begun = await deps.end_changes.amend(change.id, lambda one: replace(one, asked_at=one.asked_at or now))
    try:
        request_id = await deps.directory.set_end(change.assignment_id, ends_at=change.new_end)
    except (AlreadyThere, NotFound) as fault:
        # Perhaps this very request, whose answer was lost, or access that Entra does not find yet: look, then ask. The
        # same end twice is one.
        if now > (begun.asked_at or now) + PATIENCE:
            reason = _OVER if isinstance(fault, NotFound) else _BUSY
            await _settle(change.settled(ChangeState.FAILED, now, reason=reason), deps)
            return None
        return Again(SOON)
    except Ambiguous:
        return Again(SOON)
    except Transient:
        raise
    except UsherError as error:
        await _settle(change.settled(ChangeState.FAILED, now, reason=error.explanation), deps)
        return None
    await deps.end_changes.amend(change.id, lambda one: replace(one, request_id=request_id, asked_at=now))
    return Again(SOON)


async def _settle(verdict: EndChange, deps: Deps) -> None:
    """Written first, then told: a process that dies in between tells when it runs again."""
    stored = await deps.end_changes.change(verdict.id)
    if stored is not None and not stored.is_over:
        await _record(verdict, deps)
    await _tell(await deps.end_changes.amend(verdict.id, lambda one: one if one.is_over else verdict), deps)


async def _tell(change: EndChange, deps: Deps) -> None:
    """Every card that speaks of this end shows how it is now."""
    if change.state is ChangeState.DONE:
        # First of all: while a card waits for Teams, somebody may want the same end again.
        await _reverse(change, deps)
    await answer_extension.follow(change, deps)
    if change.state is ChangeState.DONE:
        await _follow(change, deps)
    await end_cards.refresh(change.id, deps)
    if change.undoes and change.state is ChangeState.DONE:
        await end_cards.refresh(change.undoes, deps)


async def _reverse(change: EndChange, deps: Deps) -> None:
    """What had moved the access away from the end it has again is known to be taken back; what was begun since is not."""

    def taken_back(one: EndChange) -> EndChange:
        earlier = one.state is ChangeState.DONE and one.begun_at <= change.begun_at
        return replace(one, undone_by=change.by_name) if earlier else one

    for before in {change.undoes, change_id(change.assignment_id, change.ends_at)} - {""}:
        if await deps.end_changes.change(before):
            await deps.end_changes.amend(before, taken_back)


async def _follow(change: EndChange, deps: Deps) -> None:
    """The live card of the invite shows the new end."""
    if not change.invite_id:
        return
    now = deps.clock.now()

    def moved(invite: Invite) -> Invite:
        return replace(invite, ends_at=change.ends_at, next_look_at=now, updated_at=now) if invite.open else invite

    await deps.ledger.amend(change.invite_id, moved)
    await show.refresh(change.invite_id, deps)


async def _record(change: EndChange, deps: Deps) -> None:
    await deps.ledger.record(
        actor=change.by_id,
        act=change.act,
        target=change.address,
        result=change.state.value,
        key=change.key,
        at=deps.clock.now(),
        detail=change.reason or f"{change.package_name}: ends {change.ends_at:%Y-%m-%d}",
        package=change.package_id,
    )


async def fail(payload: dict[str, Any], error: UsherError, deps: Deps) -> None:
    """The end stands as it was, and the card says why."""
    change = await deps.end_changes.change(str(payload["change"]))
    if change is not None and change.round == payload["round"]:
        await _settle(change.settled(ChangeState.FAILED, deps.clock.now(), reason=error.explanation), deps)
