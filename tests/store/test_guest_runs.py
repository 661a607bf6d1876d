import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import errors
from bot.domain.guest_runs import GuestRun, Item, ItemState, RunKind
from bot.store.database import Database
from bot.store.guest_runs import SqlGuestRuns
from tests.store.conftest import TENANT

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
RUN = GuestRun(
    id="r1",
    kind=RunKind.HANDOVER,
    by_id="alex",
    by_name="Alex *Wilber*",
    begun_at=NOW,
    items=(Item("ana", "Ana", "ana@fabrikam.com"), Item("ben", "Ben", "ben@fabrikam.com")),
    key="turn-1",
    giver_id="lee",
    giver_name="Lee Gu",
    taker_id="adele",
    taker_name="Adele Vance",
)


@pytest.fixture
def runs(database: Database) -> SqlGuestRuns:
    return SqlGuestRuns(database, tenant_id=TENANT)


async def test_a_run_comes_back_as_it_was_stored(runs: SqlGuestRuns) -> None:
    await runs.claim(RUN)
    ana = replace(RUN.items[0], kept=True).settled(ItemState.FAILED, NOW, "it's “no”")
    whole = replace(RUN.with_item(ana), undone_by="Megan", round=2, told="told", settled_at=NOW)

    await runs.amend(RUN.id, lambda _: whole)

    assert await runs.run(RUN.id) == whole
    assert await runs.run("r2") is None


async def test_of_two_who_claim_at_once_one_begins_it(runs: SqlGuestRuns) -> None:
    others = [replace(RUN, by_id=f"person-{number}") for number in range(5)]

    claimed = await asyncio.gather(*(runs.claim(one) for one in others))

    (winner,) = [one for one, mine in claimed if mine]
    assert {one for one, _ in claimed} == {winner}


async def test_two_guests_settled_at_once_are_both_kept(runs: SqlGuestRuns) -> None:
    await runs.claim(RUN)

    await asyncio.gather(
        *(runs.amend(RUN.id, lambda run, one=one: run.with_item(one.settled(ItemState.DONE, NOW))) for one in RUN.items)
    )

    stored = await runs.run(RUN.id)
    assert stored is not None
    assert len(stored.done) == 2


async def test_recent_runs_of_a_kind_come_newest_first(runs: SqlGuestRuns) -> None:
    for name, kind, days in (("a", RunKind.BLOCK, 40), ("b", RunKind.BLOCK, 3), ("c", RunKind.DELETE, 1)):
        await runs.claim(replace(RUN, id=name, kind=kind, begun_at=NOW - timedelta(days=days)))
    await runs.claim(RUN)

    found = await runs.recent((RunKind.BLOCK, RunKind.DELETE), since=NOW - timedelta(days=30))

    assert [one.id for one in found] == ["c", "b"]


async def test_another_tenants_run_stays_out_of_sight(runs: SqlGuestRuns, database: Database) -> None:
    await runs.claim(RUN)
    elsewhere = SqlGuestRuns(database, tenant_id="other")

    assert await elsewhere.run(RUN.id) is None
    assert await elsewhere.recent((RunKind.HANDOVER,), since=NOW) == ()
    with pytest.raises(errors.NotFound):
        await elsewhere.amend(RUN.id, lambda one: one)
