"""Everybody's access is read in pages; a sweep goes on where it was, waits as told, and never leaves Graph's host."""

from __future__ import annotations

import asyncio
import gc
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from bot import errors
from bot.domain.access import Assignment
from bot.domain.sweeps import MOST_TRIES
from bot.graph.sweep import EntraAssignmentPages
from bot.jobs.job import Again
from bot.jobs.sweep import KEPT_PAGES, LEASE, sweep
from bot.jobs.sweep_visitors import Visit
from bot.ports import Deps
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.sweeps import SqlSweeps
from tests.contracts.asked import assign
from tests.contracts.tenant import BEN, CARLA, TENANT, Tenant
from tests.store.postgres import fresh_database

SLOT = {"slot": 1}
ASSIGNMENTS = "entitlementManagement/assignments"
SECOND_PAGE = r"assignments\?.*skiptoken"


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.at


@dataclass
class Parts:
    """What of `Deps` a sweep uses, and the ids its visitor saw, page by page."""

    tenant: Tenant
    sweeps: SqlSweeps
    assignment_pages: EntraAssignmentPages
    clock: Clock = field(default_factory=Clock)
    seen: list[list[str]] = field(default_factory=list)

    async def run(self, *more: Visit, slot: int = 1) -> Again | None:
        return await sweep({"slot": slot}, cast(Deps, self), (self.visit, *more))

    async def visit(self, page: tuple[Assignment, ...], deps: Deps) -> None:
        self.seen.append([one.id for one in page])

    @property
    def pages_asked(self) -> int:
        return len(self.tenant.performed("GET", ASSIGNMENTS))


@pytest.fixture
async def parts(tenant: Tenant, database: Database) -> Parts:
    """A tenant with two delivered assignments, one on a page."""
    await assign(tenant, CARLA)
    tenant.advance(seconds=5)
    tenant.control.post("/_control/options", json={"pageSize": 1}).raise_for_status()
    return Parts(tenant, SqlSweeps(database, tenant_id=TENANT), tenant.assignment_pages)


async def test_every_delivered_assignment_is_shown_in_pages(parts: Parts):
    again = await parts.run()

    held = await parts.tenant.endings.delivered()
    assert again is None
    assert len(held) >= 2
    assert sorted(parts.seen) == sorted([one.id] for one in held)
    finished = await parts.sweeps.finished()
    assert finished is not None
    assert finished.rows >= len(held)
    assert finished.tally.states["delivered"] == len(held)
    assert sum(finished.tally.held.values()) == finished.rows


async def test_the_rows_are_as_a_single_reading_has_them(parts: Parts):
    rows = (await parts.assignment_pages.page()).rows

    (single,) = await parts.tenant.directory.assignments(person_id=rows[0].person_id)
    assert rows == (single,)


async def test_a_slot_is_swept_once(parts: Parts):
    await parts.run()
    asked = parts.pages_asked

    await parts.run()
    assert parts.pages_asked == asked

    await parts.run(slot=2)
    assert parts.pages_asked > asked


async def test_a_run_that_died_between_pages_goes_on_where_it_was(parts: Parts):
    class Died(BaseException):
        pass

    async def dies(page: tuple[Assignment, ...], deps: Deps) -> None:
        if len(parts.seen) == 2:
            raise Died
        # Time passes, so that each page is stored by itself.
        parts.clock.at += timedelta(seconds=2)

    with pytest.raises(Died):
        await parts.run(dies)
    first = list(parts.seen)
    again = await parts.run()

    assert again is None
    assert parts.seen[: len(first)] == first
    assert parts.seen[len(first)] == first[-1]
    assert len(parts.seen) == len({one[0] for one in parts.seen}) + 1
    assert (finished := await parts.sweeps.finished())
    assert finished.tally.states["delivered"] == len(parts.seen) - 1


async def test_while_somebody_else_is_at_it_a_run_waits_until_their_lease_is_over(parts: Parts):
    await parts.sweeps.take("somebody else", parts.clock.now(), LEASE)

    again = await parts.run()

    assert again == Again(LEASE.total_seconds())
    assert parts.seen == []

    parts.clock.at += LEASE

    assert await parts.run() is None
    assert parts.seen


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_of_two_replicas_one_reads_each_page(parts: Parts, tmp_path: Path, kind: str):
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'two.db'}" if kind == "sqlite" else stack.enter_context(fresh_database())
        await migrate(url)
        bases = [Database(url), Database(url)]
        both = [replace(parts, sweeps=SqlSweeps(base, tenant_id=TENANT)) for base in bases]
        before = parts.pages_asked

        async def sweeping(replica: Parts) -> None:
            while await replica.run() is not None:
                await asyncio.sleep(0)

        await asyncio.gather(*map(sweeping, both))

        urls = [one["url"] for one in parts.tenant.performed("GET", ASSIGNMENTS)[before:]]
        for base in bases:
            await base.close()
    assert len(urls) == len(set(urls)) > 2
    assert len(parts.seen) == len({one[0] for one in parts.seen})


async def test_a_run_whose_sweep_was_taken_over_stops(parts: Parts):
    async def taken_over(page: tuple[Assignment, ...], deps: Deps) -> None:
        parts.clock.at += LEASE
        await parts.sweeps.take("somebody else", parts.clock.now(), LEASE)

    again = await parts.run(taken_over)

    assert again is None
    assert len(parts.seen) == 1


async def test_a_long_wait_that_graph_asks_for_is_kept_without_holding_anything(parts: Parts):
    rule = {"method": "GET", "path": SECOND_PAGE, "status": 429, "retryAfter": 47, "times": 1}
    parts.tenant.break_down(rule)

    again = await parts.run()

    assert again == Again(47.0)
    assert len(parts.seen) == 1
    assert await parts.run() is None
    assert len(parts.seen) == len({one[0] for one in parts.seen}) >= 2


async def test_a_graph_that_fails_for_a_while_costs_no_page_twice(parts: Parts):
    parts.tenant.break_down({"method": "GET", "path": SECOND_PAGE, "status": 503, "times": 4})

    again = await parts.run()

    assert isinstance(again, Again)
    assert await parts.run() is None
    assert len(parts.seen) == len({one[0] for one in parts.seen}) >= 2


@pytest.mark.parametrize("status", [400, 404, 410])
async def test_a_next_page_that_graph_has_forgotten_begins_the_sweep_anew(parts: Parts, status: int):
    parts.tenant.break_down({"method": "GET", "path": SECOND_PAGE, "status": status, "times": 1})

    again = await parts.run()

    assert again is None
    assert parts.seen[0] == parts.seen[1]
    assert (finished := await parts.sweeps.finished())
    assert finished.anew == 1
    assert finished.tally.states["delivered"] == len(parts.seen) - 1


async def test_a_next_page_that_is_forgotten_each_time_ends_the_run_and_the_next_one_tries_again(parts: Parts):
    parts.tenant.break_down({"method": "GET", "path": SECOND_PAGE, "status": 400, "times": MOST_TRIES + 1})

    with pytest.raises(errors.NotFound):
        await parts.run()

    assert await parts.run(slot=2) is None
    assert (finished := await parts.sweeps.finished())
    assert finished.tally.states["delivered"] >= 2


async def test_a_next_page_at_another_host_is_refused_and_nothing_sent_there(parts: Parts):
    with pytest.raises(errors.NotFound):
        await parts.assignment_pages.page("0 https://evil.example/v1.0/identityGovernance/next")

    with pytest.raises(errors.NotFound):
        await parts.assignment_pages.page("no cursor at all")


async def test_a_visitor_that_breaks_sees_the_page_again_and_keeps_nobody_from_it(parts: Parts):
    broken: list[int] = []

    async def breaks(page: tuple[Assignment, ...], deps: Deps) -> None:
        broken.append(len(page))
        if len(broken) < 2:
            raise ValueError("a defect")

    again = await parts.run(breaks)
    assert isinstance(again, Again)
    assert len(parts.seen) == 1

    assert await parts.run(breaks) is None
    assert parts.seen[0] == parts.seen[1]
    assert (finished := await parts.sweeps.finished())
    assert finished.tally.states["delivered"] == len(parts.seen) - 1


async def test_a_visitor_that_always_breaks_does_not_stop_the_sweep(parts: Parts):
    async def breaks(page: tuple[Assignment, ...], deps: Deps) -> None:
        if BEN in {one.person_id for one in page}:
            raise errors.Conflict("never")

    runs = 0
    while await parts.run(breaks) is not None:
        runs += 1
        assert runs < 20

    assert runs == MOST_TRIES - 1
    assert (finished := await parts.sweeps.finished())
    assert finished.over


async def test_memory_stays_flat_however_many_pages_there_are(parts: Parts):
    parts.tenant.reset(assignments=5_000)
    living: list[int] = []

    async def counts(page: tuple[Assignment, ...], deps: Deps) -> None:
        parts.seen.clear()
        living.append(len(gc.get_objects()))

    while await parts.run(counts) is not None:
        pass

    # The simulated tenant, in this very process, keeps a few dozen objects for each request; a page has a hundred
    # rows. What is loaded when a sweep is stored for the first time is not counted.
    warm = living[KEPT_PAGES + 1 :]
    assert len(warm) >= 20
    assert warm[-1] - warm[0] < 50 * len(warm)
