"""Who answers for every guest is read in pages: sponsors who can sign in, members for a group, else who invited them."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from bot.commands.sponsoring import answering
from bot.domain.invites import Wish
from bot.graph.sponsors import EntraSponsors
from bot.store.database import Database
from bot.store.ledger import SqlLedger
from tests.contracts.tenant import ALEX, BEN, CARLA, DAN, LEE, MEGAN, PHOENIX, READERS, TENANT, Tenant

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def ledger(database: Database) -> SqlLedger:
    return SqlLedger(database, tenant_id=TENANT)


async def invited(guest: str, asked_by: str, ledger: SqlLedger) -> None:
    wish = Wish(f"{guest}@fabrikam.com", "p1", "Pack")
    one, _ = await ledger.claim(wish, asked_by=asked_by, asked_by_name="", now=NOW)
    await ledger.amend(one.id, lambda invite: replace(invite, guest_id=guest))


async def test_whoever_invited_a_guest_whom_nobody_sponsors_answers_for_them(tenant: Tenant, ledger: SqlLedger) -> None:
    for guest in (BEN, CARLA, DAN):
        await invited(guest, MEGAN, ledger)
        await tenant.sponsors.take(guest, ALEX)
    await tenant.sponsors.give(CARLA, LEE)
    await tenant.directory.set_enabled(LEE, enabled=False)
    await tenant.sponsors.give(DAN, ALEX)
    deps: Any = SimpleNamespace(sponsors=EntraSponsors(tenant.graph, page=1), ledger=ledger)

    found = {guest.id: people async for guest, people in answering.answered(lambda _: True, deps)}

    assert found == {BEN: {MEGAN}, CARLA: {MEGAN}, DAN: {ALEX}}
    assert [one.id for one in await answering.guests_of(MEGAN, deps)] == [BEN, CARLA]


async def test_members_stand_for_a_group_and_the_inviter_for_one_without_any(tenant: Tenant, ledger: SqlLedger) -> None:
    for guest, group in ((BEN, PHOENIX), (CARLA, READERS)):
        await invited(guest, LEE, ledger)
        await tenant.sponsors.take(guest, ALEX)
        await tenant.sponsors.give(guest, group)
    deps: Any = SimpleNamespace(sponsors=tenant.sponsors, ledger=ledger)
    before = len(tenant.round_trips())

    found = {guest.id: people async for guest, people in answering.answered(lambda one: one.id != DAN, deps)}

    assert found == {BEN: {MEGAN}, CARLA: {LEE}}
    assert len(tenant.round_trips()) == before + 2
