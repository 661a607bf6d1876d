"""One guest of an act on many, when Entra still shows how they were before, or Usher dies before it did anything."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.guest_runs import GuestRun, Item, ItemState, RunKind, back
from bot.jobs import guest_acts
from bot.store.database import Database
from bot.store.guest_runs import SqlGuestRuns
from tests.contracts.tenant import ADELE, ALEX, BEN, LEE, TENANT, RealClock, Tenant

NOW = RealClock().now()
ITEM = Item(BEN, "Ben Ortiz", "ben@fabrikam.com")
RUN = GuestRun("r1", RunKind.HANDOVER, LEE, "Lee Gu", NOW, (ITEM,), giver_id=ALEX, taker_id=ADELE)


@pytest.fixture
def deps(tenant: Tenant, database: Database) -> Any:
    """The simulated tenant, and runs on a database."""
    runs = SqlGuestRuns(database, tenant_id=TENANT)
    return SimpleNamespace(
        sponsors=tenant.sponsors,
        directory=tenant.directory,
        sign_ins=tenant.sign_ins,
        guest_runs=runs,
        clock=RealClock(),
    )


async def acted(run: GuestRun, deps: Any) -> Item:
    """The guest as the run leaves them."""
    await deps.guest_runs.claim(run)
    return await guest_acts.settle(run, run.items[0], await guest_acts.look(run, run.items, deps), deps)


async def taking_back(run: GuestRun, deps: Any) -> GuestRun:
    """The way back of a run that is done, although Entra shows the guest as it did before."""
    done = replace(run, items=(ITEM.settled(ItemState.DONE, deps.clock.now()),))
    await deps.guest_runs.claim(done)
    return back(done, by_id=LEE, by_name="Lee Gu", at=NOW, key="turn")


async def test_who_is_left_out_was_not_begun(tenant: Tenant, deps: Any):
    run = replace(RUN, giver_id=LEE, giver_name="Lee Gu")

    left_out = await acted(run, deps)

    assert (left_out.state, left_out.note) == (ItemState.SKIPPED, "Lee Gu no longer answers for them.")
    stored = await deps.guest_runs.run(run.id)
    assert stored.items[0].state is ItemState.WAITING


async def test_a_handover_that_does_not_show_yet_is_taken_back(tenant: Tenant, deps: Any):
    undo = await taking_back(RUN, deps)

    assert (await acted(undo, deps)).state is ItemState.DONE

    written = [(one["method"], one["status"]) for one in tenant.said() if f"/users/{BEN}/sponsors/" in one["url"]]
    assert [method for method, _ in written] == ["POST", "DELETE"]
    assert {one.id for one in (await tenant.sponsors.of([BEN]))[BEN]} == {ALEX}


async def test_a_block_that_does_not_show_yet_is_taken_back(tenant: Tenant, deps: Any):
    undo = await taking_back(replace(RUN, kind=RunKind.BLOCK), deps)

    assert (await acted(undo, deps)).state is ItemState.DONE

    assert [one["requestBody"]["accountEnabled"] for one in tenant.performed("PATCH", f"/users/{BEN}$")] == [True]
