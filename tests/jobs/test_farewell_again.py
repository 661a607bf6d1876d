"""A farewell that was given up on is begun once more while what was in the way may pass, and not for ever."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.errors import Rejected, Transient, UsherError
from bot.jobs import farewell, farewell_sponsor
from tests.jobs.until import until
from tests.jobs.work import Work, running

GUEST = {"person": "ana", "stage": "soon", "ends_at": "2026-12-04T16:00:00+00:00"}
SPONSOR = {"who": "lee", "key": "k", "entries": [GUEST]}


@pytest.mark.parametrize(("job", "payload"), [(farewell, GUEST), (farewell_sponsor, SPONSOR)])
async def test_what_was_given_up_on_is_begun_once_more(url: str, job: Any, payload: dict[str, Any]) -> None:
    work = Work()

    async with running(url, **{job.NAME: work}) as engine:
        deps: Any = SimpleNamespace(jobs=engine)
        await engine.start(job.NAME, "k", payload)
        await until(lambda: len(work.seen) == 1)
        await job.fail(payload, Transient("Graph does not answer"), deps)
        await job.fail(payload, Transient("Graph does not answer"), deps)
        await until(lambda: len(work.seen) == 2)

    assert work.seen == [payload, {**payload, "again": 1}]


@pytest.mark.parametrize(("error", "again"), [(Rejected("no"), 0), (Transient("no"), farewell.MOST_AGAIN)])
@pytest.mark.parametrize(("job", "payload"), [(farewell, GUEST), (farewell_sponsor, SPONSOR)])
async def test_what_cannot_pass_or_lasted_a_day_is_left(
    url: str, job: Any, payload: dict[str, Any], error: UsherError, again: int
) -> None:
    work = Work()

    async with running(url, **{job.NAME: work}) as engine:
        deps: Any = SimpleNamespace(jobs=engine)
        await job.fail({**payload, "again": again}, error, deps)
        await engine.start(job.NAME, "other", payload)
        await until(lambda: work.seen)

    assert work.seen == [payload]
