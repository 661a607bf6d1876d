import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.access import Assignment, AssignmentState
from bot.domain.sweeps import begun
from bot.store.database import Database
from bot.store.lifecycle import sweeps as table
from bot.store.sweeps import SqlSweeps
from tests.store.conftest import TENANT

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
LEASE = timedelta(seconds=60)
SWEEP = replace(begun("7", NOW), cursor="0 https://graph.example/next", pages=3, rows=300)


@pytest.fixture
def sweeps(database: Database) -> SqlSweeps:
    return SqlSweeps(database, tenant_id=TENANT)


async def test_a_sweep_comes_back_as_it_was_stored(sweeps: SqlSweeps) -> None:
    row = Assignment("a1", AssignmentState.DELIVERED, "p1", "P", "ana", ends_at=NOW + timedelta(days=3))
    await sweeps.take("one", NOW, LEASE)
    SWEEP.tally.count([row], NOW)

    assert await sweeps.keep("one", SWEEP, NOW, LEASE)

    assert await sweeps.take("one", NOW, LEASE) == (SWEEP, None)
    assert await sweeps.finished() is None


async def test_of_many_who_take_it_at_once_one_has_it(sweeps: SqlSweeps) -> None:
    taken = await asyncio.gather(*(sweeps.take(f"replica-{number}", NOW, LEASE) for number in range(6)))

    assert sorted(wait is None for _, wait in taken) == [False] * 5 + [True]
    assert {wait for _, wait in taken} == {None, LEASE}


async def test_who_left_keeps_nobody_waiting(sweeps: SqlSweeps) -> None:
    await sweeps.take("one", NOW, LEASE)
    await sweeps.keep("one", SWEEP, NOW, LEASE)

    await sweeps.leave("one")

    assert await sweeps.take("two", NOW, LEASE) == (SWEEP, None)


async def test_the_lease_of_a_dead_replica_ends_and_it_can_store_nothing_more(sweeps: SqlSweeps) -> None:
    await sweeps.take("one", NOW, LEASE)
    await sweeps.keep("one", SWEEP, NOW, LEASE)
    later = NOW + LEASE

    assert await sweeps.take("two", later, LEASE) == (SWEEP, None)
    assert not await sweeps.keep("one", replace(SWEEP, pages=4), later, LEASE)
    await sweeps.leave("one")

    assert (await sweeps.take("three", later, LEASE))[1] == LEASE


async def test_a_lease_given_before_the_clock_was_set_back_binds_nobody(sweeps: SqlSweeps) -> None:
    await sweeps.take("one", NOW, LEASE)

    assert await sweeps.take("two", NOW - timedelta(days=13), LEASE) == (None, None)


async def test_what_a_finished_sweep_counted_stays_while_the_next_one_reads(sweeps: SqlSweeps) -> None:
    over = replace(SWEEP, cursor="", over=True)
    await sweeps.take("one", NOW, LEASE)
    await sweeps.keep("one", over, NOW, LEASE)

    await sweeps.keep("one", begun("8", NOW + LEASE), NOW + LEASE, LEASE)

    assert await sweeps.finished() == over


async def test_another_tenants_sweep_is_its_own(database: Database, sweeps: SqlSweeps) -> None:
    await sweeps.take("one", NOW, LEASE)
    other = SqlSweeps(database, tenant_id="99999999-1111-4111-8111-111111111111")

    assert await other.take("two", NOW, LEASE) == (None, None)
    assert await other.finished() is None


async def test_what_another_version_wrote_and_nobody_can_read_is_begun_anew(
    database: Database, sweeps: SqlSweeps
) -> None:
    await sweeps.take("one", NOW, LEASE)
    await sweeps.keep("one", replace(SWEEP, over=True), NOW, LEASE)
    async with database.write() as connection:
        await connection.execute(sa.update(table).values(document={"slot": 7}, finished={"tally": "?"}))

    assert await sweeps.take("one", NOW, LEASE) == (None, None)
    assert await sweeps.finished() is None
