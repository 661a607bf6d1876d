"""Take an assignment back in Entra."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.invites import Failure, Invite
from bot.domain.outcomes import Said, Tone
from bot.errors import AlreadyThere, Ambiguous, NotFound, UsherError
from bot.jobs import look, show
from bot.jobs.job import Again
from bot.ports import Deps

log = logging.getLogger(__name__)

NAME = "revoke"
SOON, LATEST = 2.0, 900.0
"""Seconds until Entra is asked again."""


async def revoke(payload: dict[str, Any], deps: Deps) -> Again | None:
    """The removal is under way, once; `look` sees its end. `payload`: {"assignment": id, "invite": id, "person":
    who asked, "address", "package", "key": what the record is about, "guest": whose access, "begun": when}; the first
    two may be "": without an assignment only the cards are brought up to date.

    Entra takes one request for an access at a time, and does not find for a while what it has just been given: while
    another kind is under way, an extension perhaps, or the access is only hidden, it is asked again and again.
    """
    result = "closed"
    if payload["assignment"]:
        result = "done"
        try:
            await deps.directory.remove(str(payload["assignment"]), justification="Revoked through Usher")
        except Ambiguous:
            # Asking again is safe: Entra says AlreadyThere when the first one got through.
            return Again(SOON)
        except (AlreadyThere, NotFound):
            if await _goes_on(payload, deps):
                return _later(payload, deps)
            result = "nothing to remove"
            log.info("removal found nothing to remove", extra={"assignment": payload["assignment"]})
    await _record(payload, result, "", deps)
    invite_id = str(payload.get("invite", ""))
    if invite_id:
        await look.soon(invite_id, deps)
        await show.refresh(invite_id, deps)
    return None


async def _goes_on(payload: dict[str, Any], deps: Deps) -> bool:
    """Whether the access is there and no removal of it under way. Not known of a run that an older Usher began."""
    guest, assignment = str(payload.get("guest", "")), str(payload["assignment"])
    if not guest:
        return False
    _, held, asked = (await deps.directory.access_of([guest])).get(guest, (None, (), ()))
    removals = (one for one in asked if one.is_open and one.kind.casefold().endswith("remove"))
    going = any((one.assignment_id or one.package_id) in (assignment, payload["package"]) for one in removals)
    return not going and any(one.id == assignment and one.is_live for one in held)


def _later(payload: dict[str, Any], deps: Deps) -> Again:
    """Soon at first, then after a tenth of the time it has taken: an approver may be asked about the other request."""
    taken = deps.clock.now() - datetime.fromisoformat(payload["begun"])
    return Again(min(LATEST, max(SOON, taken.total_seconds() / 10)))


async def _record(payload: dict[str, Any], result: str, detail: str, deps: Deps) -> None:
    """In the record, under the wish; a run that an older Usher began does not say which that was."""
    if not payload.get("key"):
        return
    await deps.ledger.record(
        actor=str(payload["person"]),
        act="revoke",
        target=str(payload["address"]),
        result=result,
        key=str(payload["key"]),
        at=deps.clock.now(),
        detail=detail,
        package=str(payload["package"]),
    )


async def fail(payload: dict[str, Any], error: UsherError, deps: Deps) -> None:
    """The access stands, and the live card says why with a way to try again; without one, whoever asked is told."""
    invite_id, now = str(payload.get("invite", "")), deps.clock.now()
    await _record(payload, error.code or type(error).__name__, error.explanation, deps)
    if not invite_id:
        chat = await deps.messenger.open_chat(str(payload.get("person", "")))
        said = Said("The access was not taken back", error.explanation, Tone.BAD)
        await deps.messenger.show(chat, said)
        return
    failure = Failure(error.explanation, error.code or type(error).__name__, NAME, now)

    def stands(invite: Invite) -> Invite:
        # Without the mark a later end is read as what it is: the access ran out.
        kept = tuple(one for one in invite.attempts if one != NAME)
        return replace(invite, failure=failure, attempts=kept, updated_at=now)

    await deps.ledger.amend(invite_id, stands)
    await show.refresh(invite_id, deps)
