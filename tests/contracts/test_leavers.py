"""A directory that forgets a sponsor for a moment makes nobody leave, however soon somebody looks again."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.leaving import SponsorBook
from bot.jobs import leavers
from bot.store.database import Database
from bot.store.guest_runs import SqlGuestRuns
from bot.store.sponsor_books import SqlSponsorBooks
from tests.contracts.tenant import BEN, LEE, TENANT, RealClock, Tenant

SCHEDULED, AFTER_A_HANDOVER = {"slot": 1}, {"again": False}


@pytest.fixture
def deps(tenant: Tenant, database: Database) -> Any:
    """The simulated tenant, and what is remembered of sponsors on a database."""
    return SimpleNamespace(
        sponsors=tenant.sponsors,
        sponsor_books=SqlSponsorBooks(database, tenant_id=TENANT),
        guest_runs=SqlGuestRuns(database, tenant_id=TENANT),
        clock=RealClock(),
    )


async def book(deps: Any) -> SponsorBook:
    found: SponsorBook | None = await deps.sponsor_books.book(LEE)
    assert found
    return found


async def test_only_looks_that_are_an_hour_apart_count_a_sponsor_as_missing(tenant: Tenant, deps: Any):
    await tenant.sponsors.give(BEN, LEE)
    await leavers.look(SCHEDULED, deps)
    await tenant.accounts.delete(LEE)

    await leavers.look(SCHEDULED, deps)
    await leavers.look(AFTER_A_HANDOVER, deps)

    assert (await book(deps)).misses == 1
    assert not (await book(deps)).has_left(None)
