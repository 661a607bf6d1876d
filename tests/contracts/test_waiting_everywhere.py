"""Of guests who never accept in the whole tenant people are told at most once a week while nobody is new among them."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.digests import NOBODY_WAITS, NeverAccepted
from bot.graph.sponsors import EntraSponsors
from bot.jobs import waiting_guests
from bot.jobs.digest_lines import Found
from bot.store.database import Database
from bot.store.ledger import SqlLedger
from tests.contracts.asked import invite_ana
from tests.contracts.tenant import ALEX, TENANT, Tenant

EVERYTHING = Found((), everything=True)


@pytest.fixture
def deps(tenant: Tenant, database: Database) -> Any:
    """What finding them needs; the clock is set by `told`."""
    return SimpleNamespace(
        sponsors=EntraSponsors(tenant.graph, page=1),
        ledger=SqlLedger(database, tenant_id=TENANT),
        clock=SimpleNamespace(),
    )


async def told(deps: Any, *, days: float) -> NeverAccepted:
    """What Alex is told of so many days from now."""
    at = datetime.now(UTC) + timedelta(days=days)
    deps.clock.now = lambda: at
    waiting = await waiting_guests.find(ALEX, EVERYTHING, deps, wanted=False)
    await waiting_guests.keep(ALEX, waiting, deps)
    return waiting.shown


async def test_the_same_guests_are_told_of_again_after_a_week_only(deps: Any) -> None:
    shown = [await told(deps, days=days) for days in (0, 2, 3, 8, 9, 10)]

    carla = NeverAccepted(1, ("Carla Reyes",))
    assert shown == [NOBODY_WAITS, carla, NOBODY_WAITS, NOBODY_WAITS, carla, NOBODY_WAITS]


async def test_a_new_one_is_told_of_at_once_and_named_first(deps: Any, tenant: Tenant) -> None:
    await told(deps, days=2)
    await invite_ana(tenant)

    shown = [await told(deps, days=days) for days in (2.5, 3.5, 4.5)]

    assert shown == [NOBODY_WAITS, NeverAccepted(2, ("Ana Silva", "Carla Reyes")), NOBODY_WAITS]


async def test_every_page_of_guests_is_read_once_and_nothing_else(deps: Any, tenant: Tenant) -> None:
    before = len(tenant.round_trips())

    await told(deps, days=2)

    assert tenant.round_trips()[before:] == ["GET /users"] * 3
