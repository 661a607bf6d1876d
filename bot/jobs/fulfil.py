"""Make an invite true in Entra, step by step, each step safe to repeat: look, then make."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.commands import views
from bot.domain import progress
from bot.domain.invites import Failure, Invite, Milestone, Way
from bot.errors import AlreadyThere, Ambiguous, NotFound, Transient, UsherError
from bot.jobs import deliver, show
from bot.jobs.job import Again, soon
from bot.jobs.recording import record
from bot.ports import Deps

NAME = "fulfil"
PATIENCE = timedelta(minutes=15)
"""How long Usher waits for the directory to know a new guest, and all of Entra to agree about it."""
REPLICATION = timedelta(seconds=10)
"""How long an invitation of unknown outcome is looked for before it is repeated."""
DIRECT_POLICY = "Direct assignment by Usher"


class _Wait(Exception):
    """Not yet: the step must be run again a little later."""


Step = Callable[[Invite, Deps], Awaitable[Invite]]


async def fulfil(payload: dict[str, Any], deps: Deps) -> Again | None:
    """The invite is fulfilled as far as Usher can bring it; what the guest does next is followed by `look`.

    `payload`: {"invite": id, "reprocess": whether a failed delivery is to be handed to Entra again}.
    """
    invite = await deps.ledger.invite(str(payload["invite"]))
    if invite is None or not invite.open:
        return None
    try:
        for step in (_guest, _known, _sponsor, _access, _tell):
            invite = await step(invite, deps)
        if payload.get("reprocess"):
            await _reprocess(invite, deps)
    except _Wait:
        await show.refresh(invite.id, deps)
        return soon(deps.clock.now() - (invite.updated_at or invite.created_at))
    except Transient:
        raise
    except UsherError as error:
        await fail(invite.id, error, deps)
        return None
    invite = await _settle(invite, deps)
    # Somebody may have turned the link into an assignment while this was under way.
    return Again(0) if invite.awaits_assigning else None


def _is_patient(invite: Invite, deps: Deps) -> bool:
    since = invite.milestones.get(Milestone.INVITED, invite.created_at)
    return deps.clock.now() - since <= PATIENCE


def _later(error: UsherError, invite: Invite, deps: Deps) -> UsherError | _Wait:
    """What to raise: the step is repeated soon while replication explains the error, afterwards the error stands."""
    return _Wait() if _is_patient(invite, deps) else error


async def fail(invite_id: str, error: UsherError, deps: Deps) -> None:
    """The invite stands still for this reason, and its cards say so with a way to try again."""
    now = deps.clock.now()
    failure = Failure(error.explanation, error.code or type(error).__name__, "fulfil", now)
    invite = await deps.ledger.amend(invite_id, lambda one: replace(one, failure=failure, updated_at=now))
    await record(invite, "go on with the invite", deps, result=failure.code, detail=failure.text)
    await show.refresh(invite_id, deps)


async def _guest(invite: Invite, deps: Deps) -> Invite:
    """The guest exists, invited exactly once, without a mail from Graph."""
    if invite.guest_id:
        return invite
    wish = invite.wish
    if "invitation" in invite.attempts:
        found = [one for one in await deps.directory.find(wish.address) if one.is_guest and not one.is_deleted]
        if found:
            return await _invited(invite, found[0].id, "", deps)
        if invite.tried_at and deps.clock.now() - invite.tried_at < REPLICATION:
            raise _Wait
    elif wish.guest_id:
        person = await deps.directory.person(wish.guest_id)
        if person and person.has_redeemed:
            return await _invited(invite, person.id, "", deps)
    now = deps.clock.now()
    invite = await deps.ledger.amend(invite.id, lambda one: replace(one.attempted("invitation"), tried_at=now))
    try:
        made = await deps.directory.invite(
            wish.address,
            name=wish.guest_name,
            redirect_url=await views.link_of(wish.package_id, deps),
            sponsor_id=wish.sponsor_id,
        )
    except Ambiguous as error:
        # Entra may still be writing: look in a moment, and invite again only if nobody is there then.
        raise _later(error, invite, deps) from error
    await record(invite, "send invitation", deps)
    if not wish.guest_id:
        # The invitation of a new guest carries the sponsor; only somebody who was here already needs one added.
        invite = await deps.ledger.amend(invite.id, lambda one: one.attempted("sponsor"))
    return await _invited(invite, made.guest_id, made.redeem_url, deps)


async def _invited(invite: Invite, guest_id: str, redeem_url: str, deps: Deps) -> Invite:
    now = deps.clock.now()
    done = await deps.ledger.amend(
        invite.id,
        lambda one: replace(
            one.reached(Milestone.INVITED, now),
            guest_id=guest_id,
            guest_name=one.guest_name or one.wish.guest_name,
            redeem_url=redeem_url or one.redeem_url,
            updated_at=now,
        ),
    )
    await show.refresh(invite.id, deps)
    return done


async def _known(invite: Invite, deps: Deps) -> Invite:
    """The directory answers for the guest; right after the invitation it may not for a minute."""
    if "known" in invite.attempts:
        return invite
    person = await deps.directory.person(invite.guest_id)
    if person is None:
        raise _later(NotFound("the directory does not know the new guest", code="guest_unknown"), invite, deps)
    return await deps.ledger.amend(
        invite.id, lambda one: replace(one.attempted("known"), guest_name=one.guest_name or person.name)
    )


async def _sponsor(invite: Invite, deps: Deps) -> Invite:
    """Somebody here answers for the guest. A sponsor Entra refuses does not stop the invite; `why` tells."""
    if "sponsor" in invite.attempts or not invite.wish.sponsor_id:
        return invite
    try:
        await deps.sponsors.give(invite.guest_id, invite.wish.sponsor_id)
    except Transient:
        raise
    except UsherError as error:
        if isinstance(error, NotFound) and _is_patient(invite, deps):
            raise _Wait from error
        await record(invite, "sponsor", deps, result=error.code or "refused", detail=error.detail)
    else:
        await record(invite, "sponsor", deps, detail=invite.wish.sponsor_name)
    return await deps.ledger.amend(invite.id, lambda one: one.attempted("sponsor"))


async def _access(invite: Invite, deps: Deps) -> Invite:
    """One assignment request is under way, when access is to be assigned."""
    if invite.wish.way is not Way.ASSIGN or invite.request_id or invite.assignment_id:
        return invite
    if "assignment" in invite.attempts:
        invite = await _look(invite, deps)
        if invite.request_id or invite.assignment_id:
            return invite
    invite = await _policy(invite, deps)
    invite = await deps.ledger.amend(invite.id, lambda one: one.attempted("assignment"))
    wish, now = invite.wish, deps.clock.now()
    try:
        request_id = await deps.directory.assign(
            invite.guest_id,
            package_id=wish.package_id,
            policy_id=invite.policy_id,
            ends_at=wish.ends.moment(now, ZoneInfo(wish.time_zone)),
            justification=wish.justification or f"Assigned by {invite.asked_by_name} through Usher",
        )
    except (Ambiguous, NotFound) as error:
        raise _later(error, invite, deps) from error
    except AlreadyThere:
        return await _look(invite, deps)
    await record(invite, "request the assignment", deps, detail=wish.package_name)
    done = await deps.ledger.amend(
        invite.id,
        lambda one: replace(one.reached(Milestone.REQUESTED, now), request_id=request_id, updated_at=now),
    )
    await show.refresh(invite.id, deps)
    return done


async def _policy(invite: Invite, deps: Deps) -> Invite:
    """The policy access is assigned through; a direct one is added when the package has none."""
    if invite.policy_id:
        return invite
    policy_id = invite.wish.policy_id
    if not policy_id:
        policy_id = await deps.directory.add_direct_policy(invite.wish.package_id, name=DIRECT_POLICY)
        await record(invite, "add assignment policy", deps, detail=DIRECT_POLICY)
    return await deps.ledger.amend(invite.id, lambda one: replace(one, policy_id=policy_id))


async def _look(invite: Invite, deps: Deps) -> Invite:
    """What Entra shows of this guest now, taken over."""
    now = deps.clock.now()
    access = await deps.directory.access_of([invite.guest_id])
    person, held, asked = access.get(invite.guest_id, (None, (), ()))
    facts = progress.Facts(person, held, asked)
    return await deps.ledger.amend(invite.id, lambda one: progress.observe(one, facts, now))


async def _tell(invite: Invite, deps: Deps) -> Invite:
    """The guest has been told, as far as they can be reached."""
    if "told" in invite.attempts:
        return invite
    await deliver.tell(invite, deliver.INVITATION, deps)
    return await deps.ledger.amend(invite.id, lambda one: one.attempted("told"))


async def _reprocess(invite: Invite, deps: Deps) -> None:
    """Entra tries the failed delivery again; that it has moved on meanwhile is fine."""
    try:
        await deps.directory.reprocess(request_id=invite.request_id, assignment_id=invite.assignment_id)
    except (AlreadyThere, NotFound):
        return
    await record(invite, "deliver once more", deps, detail=invite.wish.package_name)


async def _settle(invite: Invite, deps: Deps) -> Invite:
    """From here on `look` follows the guest."""
    now = deps.clock.now()
    soon = now + timedelta(seconds=progress.FIRST_LOOK)
    await deps.ledger.amend(invite.id, lambda one: replace(one, failure=None, next_look_at=soon, updated_at=now))
    await show.refresh(invite.id, deps)
    return await deps.ledger.invite(invite.id) or invite
