"""Who holds a role, as people who can be written to."""

from tests.contracts.tenant import ALEX, MEGAN, Tenant

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
GUEST_INVITER = "95e79109-95c0-4d8e-aee3-d01accf2d47b"


async def test_holders_of_roles_are_people_in_one_round_trip(tenant: Tenant):
    before = len(tenant.round_trips())

    held = await tenant.accounts.holders([GUEST_INVITER, GLOBAL_ADMINISTRATOR])

    assert [one.id for one in held] == [MEGAN, ALEX]
    assert all(one.address and one.enabled for one in held)
    assert len(tenant.round_trips()) == before + 1
    assert await tenant.accounts.holders([]) == ()
