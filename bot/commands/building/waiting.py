"""What keeps a build waiting for so long that people should know."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.building.builds import PATIENCE, SEARCH, Build
from bot.domain.building.steps import StepKind
from bot.domain.building.undoing import plan
from bot.domain.outcomes import Holdup, Press, Style, Waiting
from bot.ports import Deps

_SOON = timedelta(seconds=5)
_MADE = {StepKind.CREATE_PACKAGE, StepKind.CREATE_POLICY}
SLOWED = "throttled"
"""The step of a `Failure` that says that Microsoft 365 asked for a slower pace; otherwise it does not answer."""


def waiting(build: Build, deps: Deps) -> Waiting | None:
    """Why it waits, in UTC; None while it does not, or not for long."""
    if not build.under_way:
        return None
    if build.waits_long and build.stalled and build.stalled.at:
        holdup = Holdup.SLOWED if build.stalled.step == SLOWED else Holdup.SILENT
        return Waiting(holdup, build.stalled.at, build.stalled.at + PATIENCE)
    step = next((one for one in plan(build) if one.name not in build.done), None)
    if step is None or step.name not in build.attempts or getattr(step, "kind", None) not in _MADE:
        return None
    if build.tried_at is None or deps.clock.now() - build.tried_at < _SOON:
        return None
    return Waiting(Holdup.CUT, build.tried_at, build.tried_at + SEARCH)


def hurry(why: Waiting | None, verb: str, build: Build) -> tuple[Press, ...]:
    """The button that tries at once, where waiting is only a matter of trying."""
    if why is None or why.holdup is Holdup.CUT:
        return ()
    return (Press("Try now", verb, {"build": build.id}, style=Style.PRIMARY),)
