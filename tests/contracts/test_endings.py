"""Access that ends is read in few round trips."""

from tests.contracts.asked import assign
from tests.contracts.tenant import BEN, CARLA, INVITED, PARTNER, Tenant


async def test_only_delivered_access_is_read_in_one_round_trip(tenant: Tenant):
    await assign(tenant, CARLA)
    tenant.advance(seconds=5)
    (bens,) = await tenant.directory.assignments(person_id=BEN)
    await tenant.directory.remove(bens.id, justification="over")
    tenant.advance(seconds=5)
    before = len(tenant.round_trips())

    held = await tenant.endings.delivered()

    trips = tenant.round_trips()[before:]
    assert CARLA in {one.person_id for one in held}
    assert BEN not in {one.person_id for one in held}
    assert all(one.ends_at and one.package_name and one.person_address for one in held if one.person_id == CARLA)
    assert len(trips) == 1
    assert await tenant.endings.delivered(package_id=PARTNER) == ()
    assert await tenant.endings.delivered(package_id=INVITED) == held
