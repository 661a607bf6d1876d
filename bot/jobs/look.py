"""Look at guests whose invite is open, and show what changed, wherever it was done."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from bot.domain import progress
from bot.domain.invites import Invite
from bot.errors import AlreadyThere, Transient, UsherError
from bot.jobs import in_place, show
from bot.ports import Deps

log = logging.getLogger(__name__)

NAME = "look"
TICK_SECONDS = 0.5
LEASE_SECONDS = 60.0
MOST_AT_ONCE = 100


async def is_due(deps: Deps) -> bool:
    """Whether `look` would find an invite to look at."""
    return await deps.ledger.any_due(deps.clock.now())


async def look(payload: dict[str, Any], deps: Deps) -> None:
    """Every invite that was due has been compared with what Entra shows; its cards show the difference.

    A replica that dies here loses nothing: the lease ends and another looks.
    """
    due = await deps.ledger.due(deps.clock.now(), lease=LEASE_SECONDS, limit=MOST_AT_ONCE)
    guests = sorted({one.guest_id for one in due if one.guest_id})
    if not guests:
        return
    access = await deps.directory.access_of(guests)

    async def compare(invite: Invite) -> None:
        person, held, asked = access[invite.guest_id]
        await _compare(invite, progress.Facts(person, held, asked), deps)

    await in_place.each([one for one in due if one.guest_id in access], compare)


async def _compare(invite: Invite, facts: progress.Facts, deps: Deps) -> None:
    now = deps.clock.now()
    governed = await _governed(invite, facts, deps)

    def seen(stored: Invite) -> Invite:
        after = progress.observe(replace(stored, governed=governed), facts, now)
        if progress.changed(stored, after):
            after = replace(after, updated_at=now, looks=0)
        after = replace(after, looks=after.looks + 1)
        return replace(after, next_look_at=progress.next_look(after, now, deps.sweep_seconds))

    after = await deps.ledger.amend(invite.id, seen)
    if after.awaits_assigning and after.failure is None:
        # Turned into an assignment in the last moment of a run that did not see it.
        await deps.jobs.run_again("fulfil", invite.id, {"invite": invite.id})
    await _end_as_asked(after, deps)
    await show.refresh(invite.id, deps)


async def _end_as_asked(invite: Invite, deps: Deps) -> None:
    """The access ends when the admin said, also when the guest asked for it through the link."""
    wanted = progress.end_to_set(invite)
    if wanted is None:
        return
    try:
        await deps.directory.set_end(invite.assignment_id, ends_at=wanted)
    except (Transient, AlreadyThere):
        # The next look tries again; asking twice for the same end is harmless.
        return
    except UsherError as error:
        log.warning("end not set", extra={"invite": invite.id, "code": error.code or type(error).__name__})
    await deps.ledger.amend(invite.id, lambda one: one.attempted("end"))


async def _governed(invite: Invite, facts: progress.Facts, deps: Deps) -> bool | None:
    """Once the guest is known to entitlement management, make Entra end the account with the last package."""
    if invite.governed is not None or not (facts.assignments or facts.requests):
        return invite.governed
    if not any(one.package_id == invite.wish.package_id for one in facts.assignments):
        return None
    try:
        return await deps.directory.govern(invite.guest_id)
    except Transient:
        return None
    except UsherError:
        return False


async def soon(invite_id: str, deps: Deps) -> None:
    """The next sweep looks at this invite first."""
    await deps.ledger.amend(invite_id, lambda one: replace(one, next_look_at=deps.clock.now()))
