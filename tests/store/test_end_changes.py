import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import errors
from bot.domain.end_changes import ChangeState, EndChange, change_id
from bot.store.database import Database
from bot.store.end_changes import SqlEndChanges
from tests.store.conftest import TENANT

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
END = NOW + timedelta(days=5)
CHANGE = EndChange(
    id=change_id("a1", END),
    assignment_id="a1",
    address="ana@fabrikam.com",
    person_id="ana",
    package_id="p1",
    package_name="Invited *users*",
    old_end=END,
    new_end=END + timedelta(days=3),
    by_id="alex",
    by_name="Alex Wilber",
    begun_at=NOW,
    key="turn-1",
)


@pytest.fixture
def changes(database: Database) -> SqlEndChanges:
    return SqlEndChanges(database, tenant_id=TENANT)


async def test_a_change_comes_back_as_it_was_stored(changes: SqlEndChanges) -> None:
    await changes.claim(CHANGE)
    whole = replace(CHANGE, state=ChangeState.DONE, asked_at=NOW, request_id="r1", given=END, settled_at=NOW)

    await changes.amend(CHANGE.id, lambda _: whole)

    assert await changes.change(CHANGE.id) == whole
    assert await changes.begun_by("turn-1") == whole
    assert await changes.begun_by("turn-2") is None


async def test_of_two_who_claim_at_once_one_begins_it(changes: SqlEndChanges) -> None:
    others = [replace(CHANGE, by_id=f"person-{number}", key=f"turn-{number}") for number in range(5)]

    claimed = await asyncio.gather(*(changes.claim(one) for one in others))

    (winner,) = [one for one, mine in claimed if mine]
    assert {one for one, _ in claimed} == {winner}


async def test_one_that_failed_is_begun_anew_under_its_new_turn(changes: SqlEndChanges) -> None:
    await changes.claim(replace(CHANGE, state=ChangeState.FAILED, settled_at=NOW))

    again, mine = await changes.claim(replace(CHANGE, key="turn-2"))

    assert (again.round, mine) == (2, True)
    assert await changes.begun_by("turn-2") == again
    assert await changes.begun_by("turn-1") is None


async def test_another_tenants_change_stays_out_of_sight(changes: SqlEndChanges, database: Database) -> None:
    await changes.claim(CHANGE)
    elsewhere = SqlEndChanges(database, tenant_id="other")

    assert await elsewhere.change(CHANGE.id) is None
    with pytest.raises(errors.NotFound):
        await elsewhere.amend(CHANGE.id, lambda one: one)
