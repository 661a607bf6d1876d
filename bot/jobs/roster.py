"""Every job Usher knows, and how each is put on the engine."""

from __future__ import annotations

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
    engine.every(min(look.TICK_SECONDS, deps.sweep_seconds), look.NAME, _bound(look.look, deps))
    engine.every(deps.sweep_seconds, sweep.NAME, _bound(sweep.sweep, deps))
    engine.every(min(notices.TICK_SECONDS, deps.sweep_seconds), notices.NAME, _bound(notices.look, deps))
    engine.every(min(approvals.INTERVAL_SECONDS, deps.sweep_seconds), approvals.NAME, _bound(approvals.watch, deps))
    engine.every(
        min(review_watch.TICK_SECONDS, deps.sweep_seconds), review_watch.NAME, _bound(review_watch.watch, deps)
    )
    engine.every(deps.sweep_seconds, review_found.NAME, _bound(review_found.found, deps))
    engine.every(min(farewells.TICK_SECONDS, deps.sweep_seconds), farewells.NAME, _bound(farewells.look, deps))
    engine.every(4 * deps.sweep_seconds, farewells.BLOCKED, _bound(farewells.find_blocked, deps))
    engine.every(deps.leavers_seconds, leavers.NAME, _bound(leavers.look, deps))
    engine.every(deps.leavers_seconds, unredeemed.NAME, _bound(unredeemed.look, deps))
    engine.every(tidy.INTERVAL_SECONDS, tidy.NAME, _bound(tidy.tidy, deps))

    async def told(name: str, payload: Payload, error: UsherError) -> None:
        await failed.failed(name, payload, error, deps)

    engine.on_failure(told)


def _bound(job: Job, deps: Deps) -> JobFunction:
    async def run(payload: Payload) -> Again | None:
        return await job(payload, deps)

    return run
