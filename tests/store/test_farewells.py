import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.store.database import Database
from bot.store.farewells import SqlFarewells
from tests.store.conftest import TENANT

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
END = NOW + timedelta(days=5)
LEASE = timedelta(minutes=2)


@pytest.fixture
def farewells(database: Database) -> SqlFarewells:
    return SqlFarewells(database, tenant_id=TENANT)


async def due(farewells: SqlFarewells, now: datetime) -> tuple[str, ...]:
    return await farewells.due(now, lease=LEASE, limit=10)


async def test_who_is_new_is_looked_at_once(farewells: SqlFarewells) -> None:
    await farewells.watch({"ana": END, "ben": END}, NOW)

    assert await due(farewells, NOW) == ("ana", "ben")
    assert await due(farewells, NOW) == ()
    await farewells.keep("ana", END, None)
    await farewells.keep("ben", END, END)
    await farewells.watch({"ana": END, "ben": END}, NOW)
    assert await due(farewells, NOW + LEASE) == ()
    assert await due(farewells, END) == ("ben",)


async def test_a_later_end_is_looked_at_anew_and_an_earlier_one_is_not(farewells: SqlFarewells) -> None:
    await farewells.watch({"ana": END}, NOW)
    await farewells.keep("ana", END, None)

    await farewells.watch({"ana": END - timedelta(days=1)}, NOW)
    assert await due(farewells, NOW) == ()

    await farewells.watch({"ana": END + timedelta(days=1)}, NOW)
    assert await due(farewells, NOW) == ("ana",)


async def test_that_somebody_is_due_can_be_asked_without_taking_them(farewells: SqlFarewells) -> None:
    await farewells.watch({"ana": END}, NOW)

    asked = [await farewells.any_due(NOW), await farewells.any_due(NOW)]
    await due(farewells, NOW)

    assert asked == [True, True]
    assert not await farewells.any_due(NOW)


async def test_of_two_replicas_one_looks(farewells: SqlFarewells) -> None:
    await farewells.watch({f"guest-{number}": END for number in range(8)}, NOW)

    parts = await asyncio.gather(*(farewells.due(NOW, lease=LEASE, limit=4) for _ in range(3)))

    assert sorted(one for part in parts for one in part) == sorted(f"guest-{number}" for number in range(8))


async def test_a_lease_that_ran_out_is_taken_again(farewells: SqlFarewells) -> None:
    await farewells.watch({"ana": END}, NOW)
    await due(farewells, NOW)

    assert await due(farewells, NOW + LEASE) == ("ana",)


async def test_what_is_long_over_is_forgotten(farewells: SqlFarewells) -> None:
    await farewells.watch({"ana": END}, NOW)
    await farewells.keep("ana", END, END)

    await farewells.forget(END + timedelta(seconds=1))

    assert await due(farewells, END) == ()


async def test_another_tenants_accounts_stay_out_of_sight(database: Database, farewells: SqlFarewells) -> None:
    await farewells.watch({"ana": END}, NOW)

    assert await due(SqlFarewells(database, tenant_id="elsewhere"), NOW) == ()


async def test_many_who_are_new_or_end_later_are_written_at_once(farewells: SqlFarewells) -> None:
    written: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        if "farewells" in statement and not statement.lstrip().startswith("SELECT"):
            written.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        for end in (END, END + timedelta(days=1)):
            await farewells.watch({f"guest-{number}": end for number in range(1200)}, NOW)
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)

    assert len(written) <= 10
    assert len(await farewells.due(NOW, lease=LEASE, limit=5000)) == 1200
