"""What Entra shows as it was before, for a moment, keeps nobody from being told that an account goes."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.lag import HIDDEN_FOR
from bot.domain.notices import ending_of
from bot.jobs import farewell, farewell_sponsor
from bot.jobs.job import Again
from tests.contracts.tenant import ALEX, BEN, Tenant


async def deps_of(tenant: Tenant) -> tuple[Any, dict[str, Any]]:
    """What the jobs read, and what a look that saw Ben blocked hands on while Entra still shows his access."""
    _, held, _ = (await tenant.directory.access_of([BEN]))[BEN]
    (end,) = (found for found in map(ending_of, held) if found)
    now = end.ends_at + timedelta(seconds=1)
    clock = SimpleNamespace(now=lambda: now)
    deps = SimpleNamespace(directory=tenant.directory, accounts=tenant.accounts, catalogs=tenant.catalogs, clock=clock)
    entry = {"person": BEN, "stage": "blocked", "ends_at": end.ends_at.isoformat(), "begun": now.isoformat()}
    return deps, entry


@pytest.mark.parametrize("waits", [True, False])
async def test_the_guest_is_told_once_entra_shows_it_or_not_at_all(tenant: Tenant, waits: bool) -> None:
    deps, entry = await deps_of(tenant)
    began = deps.clock.now() - (timedelta() if waits else HIDDEN_FOR)

    after = await farewell.farewell({**entry, "begun": began.isoformat()}, deps)

    assert after == (Again(farewell.LATER) if waits else None)


async def test_the_sponsor_is_not_passed_over_for_good(tenant: Tenant) -> None:
    deps, entry = await deps_of(tenant)

    after = await farewell_sponsor.farewell_sponsor(
        {"who": ALEX, "key": "k", "entries": [entry], "begun": entry["begun"]}, deps
    )

    assert after == Again(farewell.LATER)
