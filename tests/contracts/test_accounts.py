"""Who holds a role, as people who can be written to."""

from tests.contracts.tenant import ALEX, BEN, CARLA, DAN, MEGAN, Tenant

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
GUEST_INVITER = "95e79109-95c0-4d8e-aee3-d01accf2d47b"


async def test_holders_of_roles_are_people_in_one_round_trip(tenant: Tenant):
    before = len(tenant.round_trips())

    held = await tenant.accounts.holders([GUEST_INVITER, GLOBAL_ADMINISTRATOR])

    assert [one.id for one in held] == [MEGAN, ALEX]
    assert all(one.address and one.enabled for one in held)
    assert len(tenant.round_trips()) == before + 1
    assert await tenant.accounts.holders([]) == ()


async def test_what_an_account_holds_is_read_in_one_round_trip(tenant: Tenant):
    before = len(tenant.round_trips())

    things = await tenant.accounts.belongings(BEN)

    assert things.applications == ("App4Guest",)
    assert things.governed is True
    assert things.seen_known
    assert things.last_seen is not None
    assert things.roles == ()
    assert len(tenant.round_trips()) == before + 1


async def test_what_usher_may_not_see_is_not_known(tenant: Tenant):
    tenant.reset(withoutPermissions=["AuditLog.Read.All"], licence=False)

    things = await tenant.accounts.belongings(BEN)

    assert not things.seen_known
    assert things.governed is None
    assert things.applications == ("App4Guest",)


async def test_roles_that_cannot_be_read_are_not_taken_for_none(tenant: Tenant):
    tenant.break_down({"method": "GET", "path": "/transitiveMemberOf", "status": 403, "times": 9})

    assert (await tenant.accounts.belongings(MEGAN)).roles is None


async def test_roles_of_an_account_are_named(tenant: Tenant):
    assert (await tenant.accounts.belongings(MEGAN)).roles == ("Guest Inviter",)


async def test_who_is_governed_is_read_for_many_at_once(tenant: Tenant):
    nobody = [f"00000000-0000-4000-8000-{number:012}" for number in range(30)]
    before = len(tenant.round_trips())

    found = await tenant.accounts.governed([BEN, CARLA, *nobody])

    assert found[BEN] is True
    assert found[CARLA] is False
    assert all(found[one] is None for one in nobody)
    assert len(tenant.round_trips()) == before + 2
    assert await tenant.accounts.governed([]) == {}


async def test_only_guests_who_may_not_sign_in_are_blocked(tenant: Tenant):
    assert [one.id for one in await tenant.accounts.blocked()] == [DAN]


async def test_a_deleted_account_can_be_restored_and_deleted_twice(tenant: Tenant):
    await tenant.accounts.delete(CARLA)
    await tenant.accounts.delete(CARLA)
    assert await tenant.directory.person(CARLA) is None

    await tenant.directory.restore(CARLA)

    assert await tenant.directory.person(CARLA)
