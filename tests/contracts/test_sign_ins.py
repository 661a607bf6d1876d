"""Sign-ins are read as far as Entra tells them, and why where it does not."""

import pytest

from bot.domain.dormancy import Seen
from tests.contracts.tenant import ALEX, BEN, CARLA, DAN, MEGAN, NOBODY, Tenant

ZERO = "0001-01-01T00:00:00Z"


async def test_guests_come_with_what_is_known_of_their_sign_ins(tenant: Tenant):
    tenant.act(DAN, "signIn", at=ZERO)

    found = {
        one.guest.id: one.sign_in.seen async for page in tenant.sign_ins.sleepers(with_sign_ins=True) for one in page
    }

    assert found == {BEN: Seen.AT, CARLA: Seen.UNKNOWN, DAN: Seen.NEVER}
    assert await tenant.sign_ins.unreadable() == ""


@pytest.mark.parametrize(
    ("options", "word"), [({"withoutPermissions": ["AuditLog.Read.All"]}, "AuditLog"), ({"licence": False}, "licence")]
)
async def test_what_cannot_be_read_is_said_and_nothing_is_made_up(tenant: Tenant, options: dict, word: str):
    tenant.reset(**options)

    assert word in await tenant.sign_ins.unreadable()
    found = [one async for page in tenant.sign_ins.sleepers(with_sign_ins=False) for one in page]
    assert {one.guest.id for one in found} == {BEN, CARLA, DAN}
    assert {one.sign_in.seen for one in found} == {Seen.UNKNOWN}


async def test_some_are_looked_at_again_in_one_round_trip(tenant: Tenant):
    before = len(tenant.round_trips())

    found = await tenant.sign_ins.of([BEN, CARLA, ALEX, NOBODY, "x"], with_sign_ins=True)

    assert set(found) == {BEN, CARLA}
    assert found[BEN].sign_in.seen is Seen.AT
    assert len(tenant.round_trips()) == before + 1
    assert await tenant.sign_ins.of([], with_sign_ins=True) == {}


async def test_who_holds_a_directory_role_is_told_in_one_round_trip(tenant: Tenant):
    before = len(tenant.round_trips())

    assert await tenant.sign_ins.role_holders([BEN, MEGAN, ALEX]) == {BEN: False, MEGAN: True, ALEX: True}
    assert len(tenant.round_trips()) == before + 1
    assert await tenant.sign_ins.role_holders([]) == {}
