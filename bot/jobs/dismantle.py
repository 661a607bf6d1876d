"""Take a package away: end the access of those who were named, wait until Entra says so, then delete it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.access import Assignment
from bot.domain.building import deletion
from bot.domain.building.builds import Build, BuildState
from bot.errors import AlreadyThere, Ambiguous, NotFound, Rejected, Transient, UsherError
from bot.jobs import build_cards, outage
from bot.jobs.build_waits import Stopped
from bot.jobs.job import Again, soon
from bot.ports import Deps

log = logging.getLogger(__name__)

NAME = "dismantle"
AT_ONCE = 4
"""Removals asked for side by side, so that a large package does not use up what Graph allows everybody."""
LAG = timedelta(minutes=1)
"""How long Entra may refuse to delete a package after the last access ended: it knows a little later."""


async def dismantle(payload: dict[str, Any], deps: Deps) -> Again | None:
    """The package is gone, or its card says what keeps it. Every run looks at what is left; repeating it is harmless.

    `payload`: {"build": id, "by": object id of who confirmed}.
    """
    build = await deps.ledger.build(str(payload["build"]))
    if build is None or not deletion.is_deletion(build) or build.state is not BuildState.BUILDING:
        return None
    by = str(payload.get("by", "")) or build.owner_id
    resting = outage.rest(build, deps)
    if resting:
        return resting
    try:
        if not await _is_empty(build, by, deps) or not await _deleted(build, deps):
            await outage.over(build, deps)
            with suppress(Transient):  # A Teams that does not answer holds up nothing; the last card is insisted on.
                await build_cards.refresh(build.id, deps)
            return soon(deps.clock.now() - (build.updated_at or build.created_at))
    except Transient as error:
        return await outage.met(build, error, fail, deps)
    except UsherError as error:
        await fail(build.id, error, deps)
        return None
    await _settle(build, by, deps)
    return None


async def _is_empty(build: Build, by: str, deps: Deps) -> bool:
    """Whether nobody has it any more; whoever still has it was asked to be removed."""
    found = deletion.look(build, await deps.directory.assignments(package_id=build.package_id))
    if found.others:
        names = ", ".join(one.person_name or one.person_address for one in found.others[:5])
        more = f" and {len(found.others) - 5} more" if len(found.others) > 5 else ""
        text = (
            f"{names}{more} got the package after you confirmed. Nothing is taken from them: close the package for "
            "requests, take it back from them or ask to delete it once more."
        )
        raise Stopped(text, code="others_assigned")
    await _remove(build, found.unasked, by, deps)
    build = await deps.ledger.amend_build(build.id, lambda one: deletion.seen(one, found.left))
    since = build.updated_at or build.created_at
    if found.left and deps.clock.now() - since > deletion.PATIENCE:
        names = ", ".join(one.person_name or one.person_address for one in found.left[:5])
        text = (
            f"Entra has not ended the access of {names} for {int(deletion.PATIENCE.total_seconds() // 60)} minutes. Who "
            "was deleted counts for 30 days: restore the account or wait. Then try again."
        )
        raise Stopped(text, code="still_assigned")
    return not found.left


async def _remove(build: Build, unasked: Iterable[Assignment], by: str, deps: Deps) -> None:
    """Every removal is asked for; those that Entra took are remembered, also when another one fails."""
    turns = asyncio.Semaphore(AT_ONCE)
    asked: list[str] = []

    async def one(assignment: Assignment) -> None:
        async with turns:
            await _mark_invites(build, assignment, deps)
            if await _asked(assignment, deps):
                await _record_removal(assignment, build.id, by, deps)
                asked.append(assignment.id)

    results = await asyncio.gather(*map(one, unasked), return_exceptions=True)
    if asked:
        await deps.ledger.amend_build(build.id, lambda found: _marked(found, asked))
    errors = [one for one in results if isinstance(one, BaseException)]
    for error in sorted(errors, key=lambda one: isinstance(one, Transient)):
        # What will not pass by itself is said first; the rest is tried again.
        raise error


def _marked(build: Build, asked: Iterable[str]) -> Build:
    for key in asked:
        build = build.attempted(key)
    return build


async def _record_removal(assignment: Assignment, key: str, by: str, deps: Deps) -> None:
    await deps.ledger.record(
        actor=by,
        act="revoke",
        target=assignment.person_address or assignment.person_id,
        result="done",
        key=key,
        at=deps.clock.now(),
        detail=assignment.package_name,
        package=assignment.package_id,
    )


async def _asked(assignment: Assignment, deps: Deps) -> bool:
    """Whether the removal is under way for sure; asking twice is safe, since Entra says when a request is open."""
    try:
        await deps.directory.remove(assignment.id, justification="The access package is deleted through Usher")
    except (Ambiguous, AlreadyThere):
        return False
    except NotFound:
        return True
    return True


async def _mark_invites(build: Build, assignment: Assignment, deps: Deps) -> None:
    """So that whoever follows the guest's live card reads the end as what it is: taken back."""
    if not assignment.person_address:
        return
    now = deps.clock.now()
    for invite in await deps.ledger.invites(address=assignment.person_address):
        if invite.open and invite.wish.package_id == build.package_id:
            await deps.ledger.amend(invite.id, lambda one: replace(one.attempted("revoke"), next_look_at=now))


async def _deleted(build: Build, deps: Deps) -> bool:
    """Whether the package is gone; False while Entra may not know yet that nobody has it."""
    now = deps.clock.now()
    build = await deps.ledger.amend_build(build.id, lambda one: replace(one, tried_at=one.tried_at or now))
    try:
        await deps.governance.delete_package(build.package_id)
    except Rejected as error:
        if build.tried_at and now - build.tried_at <= LAG:
            log.info("package not deleted yet", extra={"package": build.package_id, "code": error.code})
            return False
        text = f"{error.explanation} Perhaps somebody asked for it meanwhile; decide open requests, then try again."
        raise Stopped(text, code=error.code) from error
    return True


async def _settle(build: Build, by: str, deps: Deps) -> None:
    now = deps.clock.now()

    def settled(one: Build) -> Build:
        return replace(one, state=BuildState.BUILT, done=tuple(one.made), updated_at=now)

    await deps.ledger.record(
        actor=by,
        act="delete access package",
        target=build.package_id,
        result="done",
        key=build.id,
        at=now,
        detail=build.before.name if build.before else "",
    )
    await deps.ledger.amend_build(build.id, settled)
    await build_cards.refresh(build.id, deps)


async def fail(build_id: str, error: UsherError, deps: Deps) -> None:
    """It stands still for this reason, and its card says so with a way to try again."""
    now, code = deps.clock.now(), error.code or type(error).__name__
    build = await deps.ledger.amend_build(build_id, lambda one: deletion.failed(one, error.explanation, code, now))
    await deps.ledger.record(
        actor="",
        act="delete access package",
        target=build.package_id,
        result=code,
        key=build.id,
        at=now,
        detail=error.explanation,
    )
    await build_cards.refresh(build_id, deps)
