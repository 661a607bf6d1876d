"""Microsoft 365 does not answer for long: a build waits for it, its cards say so, and in the end it stands still."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from bot.commands.building.waiting import SLOWED
from bot.domain.building.builds import PATIENCE, Build
from bot.domain.invites import Failure
from bot.errors import Throttled, Transient, UsherError
from bot.jobs import build_cards
from bot.jobs.job import Again
from bot.ports import Deps

_SHORTEST, _LONGEST = timedelta(seconds=1), timedelta(minutes=1)
_LOOK = timedelta(seconds=4)
"""While it waits, a build looks so often whether somebody pressed Try now."""

Fail = Callable[[str, UsherError, Deps], Awaitable[None]]


def rest(build: Build, deps: Deps) -> Again | None:
    """What the job says while the next try is not due; None when it is."""
    if not build.under_way or build.try_at is None:
        return None
    left = build.try_at - deps.clock.now()
    return Again(min(left, _LOOK).total_seconds()) if left > timedelta(0) else None


async def met(build: Build, error: Transient, fail: Fail, deps: Deps) -> Again | None:
    """What the job says after a try that Microsoft 365 did not let through.

    The pauses grow with the outage, and are never shorter than Microsoft 365 asked for. After an hour the build fails.
    """
    now = deps.clock.now()
    since = build.stalled.at if build.stalled and build.stalled.at else now
    if now - since >= PATIENCE:
        await fail(build.id, error, deps)
        return None
    pause = max(min((now - since) / 2, _LONGEST), _SHORTEST, timedelta(seconds=error.retry_after or 0))
    kind = SLOWED if isinstance(error, Throttled) else ""
    why = Failure(error.explanation, error.code or type(error).__name__, kind, now)
    build = await deps.ledger.amend_build(build.id, lambda one: one.stall(why, now + pause) if one.under_way else one)
    if build.waits_long:
        with suppress(Transient):  # Teams may be away as well.
            await build_cards.refresh(build.id, deps)
    return Again(min(pause, _LOOK).total_seconds())


async def over(build: Build, deps: Deps) -> Build:
    """Microsoft 365 answered: the build waits for it no longer, and its cards do not say so."""
    if build.stalled is None:
        return build
    now = deps.clock.now()
    return await deps.ledger.amend_build(build.id, lambda one: one.let_through(now))
