"""How long a build waits for Entra to agree with itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from bot.domain.building.builds import SEARCH, Build
from bot.errors import Ambiguous, UsherError
from bot.ports import Deps

T = TypeVar("T")
WAIT_SECONDS, LONGEST_WAIT_SECONDS = 2.0, 10.0
PATIENCE = timedelta(minutes=5)
"""How long all of Entra may take to know what was just made; counted from the step before."""
REPLICATION = timedelta(seconds=20)
"""How long Entra may show what was just taken away, or not show what was just made, before that is believed."""


class Wait(Exception):
    """Not yet: the step must be run again in so many seconds; 0: soon, as `bot.jobs.job.soon` has it."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds


class Stopped(UsherError):
    """The build stands still; `detail` is what people are told."""

    @property
    def explanation(self) -> str:
        """In words made for this case."""
        return self.detail


def later(error: UsherError, build: Build, deps: Deps) -> UsherError | Wait:
    """What to raise: the step is repeated soon while replication explains the error, afterwards the error stands."""
    since = build.updated_at or build.created_at
    return Wait() if deps.clock.now() - since <= PATIENCE else error


async def make(build: Build, step: str, write: Callable[[], Awaitable[str]], deps: Deps) -> str:
    """What `write` made, begun by this run and no other; marked beforehand, so that whoever comes later looks first.

    Raises Wait when another run has begun it. A refusal leaves no doubt that nothing was made, so it takes the mark
    back, unless an earlier try left one.
    """
    mine = await _begun(build, step, deps)
    try:
        return await write()
    except Ambiguous:
        raise
    except UsherError:
        await deps.ledger.amend_build(
            build.id, lambda one: replace(one, attempts=build.attempts) if one.tried_at == mine.tried_at else one
        )
        raise


async def _begun(build: Build, step: str, deps: Deps) -> Build:
    now = deps.clock.now()
    ours: list[bool] = []

    def mark(one: Build) -> Build:
        ours[:] = [one.under_way and (step not in one.attempts or one.tried_at == build.tried_at)]
        return replace(one.attempted(step), tried_at=now) if ours[0] else one

    marked = await deps.ledger.amend_build(build.id, mark)
    if not ours[0]:
        raise Wait
    return marked


def look_again(build: Build, deps: Deps) -> None:
    """To be called when what an earlier try of this step may have made does not show.

    Raises Wait, for longer and longer, while it may still show up; afterwards it may be made once more.
    """
    since = deps.clock.now() - build.tried_at if build.tried_at else SEARCH
    if since < SEARCH:
        raise Wait(min(max(since.total_seconds() / 4, WAIT_SECONDS), LONGEST_WAIT_SECONDS))


def given(value: T | None) -> T:
    """What a step of this kind always has. Raises UsherError for one that was made wrongly."""
    if value is None:
        raise UsherError("a step lacks what it is about")
    return value
