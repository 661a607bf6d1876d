"""Every job Usher knows, and how each is put on the engine."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any

from bot.errors import UsherError
from bot.jobs import (
    answer,
    answer_extension,
    approval,
    approvals,
    ask_extension,
    build,
    deliver,
    digest,
    dismantle,
    extend,
    failed,
    farewell,
    farewell_sponsor,
    farewells,
    follow_file,
    fulfil,
    greet,
    guest_run,
    leavers,
    look,
    notice,
    notices,
    review,
    review_acts,
    review_found,
    review_watch,
    revoke,
    share,
    sign_in,
    sweep,
    tidy,
    unredeemed,
)
from bot.jobs.job import Again, JobFunction, Payload
from bot.jobs.registry import Registry
from bot.ports import Deps

Job = Callable[[dict[str, Any], Deps], Awaitable[Again | None]]
IsDue = Callable[[Deps], Awaitable[bool]]

#: Started by commands, by the name under which its runs are stored.
JOBS: dict[str, Job] = {
    answer.NAME: answer.answer,
    fulfil.NAME: fulfil.fulfil,
    deliver.NAME: deliver.deliver,
    revoke.NAME: revoke.revoke,
    extend.NAME: extend.extend,
    ask_extension.NAME: ask_extension.ask_extension,
    answer_extension.NAME: answer_extension.answer_extension,
    review.NAME: review.review,
    review_acts.REMIND: review_acts.remind,
    review_acts.REFRESH: review_acts.refresh,
    review_acts.APPLY: review_acts.apply,
    farewell.NAME: farewell.farewell,
    farewell_sponsor.NAME: farewell_sponsor.farewell_sponsor,
    greet.NAME: greet.greet,
    guest_run.NAME: guest_run.guest_run,
    build.NAME: build.build,
    approval.NAME: approval.approval,
    dismantle.NAME: dismantle.dismantle,
    share.NAME: share.share,
    sign_in.NAME: sign_in.go_on,
    sign_in.OVER: sign_in.close,
    follow_file.NAME: follow_file.follow,
    notice.NAME: notice.notice,
    digest.NAME: digest.digest,
}


def register(engine: Registry, deps: Deps) -> None:
    """The engine knows every job, what the clock starts, and whom a job that failed for good is told to."""
    for name, job in JOBS.items():
        engine.register(name, _bound(job, deps))
    _plan(engine, deps)

    async def told(name: str, payload: Payload, error: UsherError) -> None:
        await failed.failed(name, payload, error, deps)

    engine.on_failure(told)


def _plan(engine: Registry, deps: Deps) -> None:
    """What the clock starts. Ticks that mostly find nothing ask first, which is far cheaper than a run."""
    sweep_seconds = deps.sweep_seconds

    def often(tick: float, name: str, job: Job, is_due: IsDue | None = None) -> None:
        due = None if is_due is None else functools.partial(is_due, deps)
        engine.every(min(tick, sweep_seconds), name, _bound(job, deps), due)

    often(look.TICK_SECONDS, look.NAME, look.look, look.is_due)
    often(notices.TICK_SECONDS, notices.NAME, notices.look, notices.is_due)
    often(review_watch.TICK_SECONDS, review_watch.NAME, review_watch.watch, review_watch.is_due)
    often(farewells.TICK_SECONDS, farewells.NAME, farewells.look, farewells.is_due)
    often(approvals.INTERVAL_SECONDS, approvals.NAME, approvals.watch)
    engine.every(sweep_seconds, sweep.NAME, _bound(sweep.sweep, deps))
    engine.every(sweep_seconds, review_found.NAME, _bound(review_found.found, deps))
    engine.every(4 * sweep_seconds, farewells.BLOCKED, _bound(farewells.find_blocked, deps))
    engine.every(deps.leavers_seconds, leavers.NAME, _bound(leavers.look, deps))
    engine.every(deps.leavers_seconds, unredeemed.NAME, _bound(unredeemed.look, deps))
    engine.every(tidy.INTERVAL_SECONDS, tidy.NAME, _bound(tidy.tidy, deps))


def _bound(job: Job, deps: Deps) -> JobFunction:
    async def run(payload: Payload) -> Again | None:
        return await job(payload, deps)

    return run
