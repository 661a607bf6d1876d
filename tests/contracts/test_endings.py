"""Access that ends is read in few round trips, and whose sponsor somebody is."""

from tests.contracts.asked import assign
from tests.contracts.tenant import ADELE, BEN, CARLA, INVITED, MEGAN, PARTNER, Tenant


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


async def test_the_sponsored_of_many_people_are_one_round_trip(tenant: Tenant):
    await tenant.directory.add_sponsor(BEN, MEGAN)
    people = [BEN, CARLA, *(f"00000000-0000-4000-8000-{number:012}" for number in range(40))]
    before = len(tenant.round_trips())

    ours = await tenant.endings.sponsored_by(MEGAN, people)

    assert ours == {BEN}
    assert len(tenant.round_trips()) == before + 1
    assert await tenant.endings.sponsored_by(ADELE, [BEN]) == frozenset()
    assert await tenant.endings.sponsored_by(MEGAN, []) == frozenset()
