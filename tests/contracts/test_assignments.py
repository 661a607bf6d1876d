"""Access is given, moved and taken away once, and seen as Entra has it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import errors
from bot.domain.access import AssignmentState, RequestState
from bot.domain.packages import Expiration, Scope
from tests.contracts.asked import assign
from tests.contracts.operations import INVITED_POLICY
from tests.contracts.tenant import (
    ADELE,
    ALEX,
    BEN,
    CARLA,
    CLOSED,
    EVA,
    HIDDEN,
    INVITED,
    MEGAN,
    NOBODY,
    PARTNER,
    PARTNERS,
    STAFF,
    Tenant,
)


async def test_a_policy_is_read_as_the_domain_means_it(tenant: Tenant):
    packages = {package.id: package for package in await tenant.directory.packages()}

    invited, partner = packages[INVITED].policies[0], packages[PARTNER].policies[0]
    assert (invited.scope, invited.can_request) == (Scope.ALL_USERS, True)
    assert invited.expiration == Expiration(after=timedelta(days=14))
    assert (partner.needs_approval, partner.question_count) == (True, 2)
    assert packages[STAFF].request_policy is None
    assert packages[CLOSED].request_policy is None
    assert packages[HIDDEN].hidden
    assert packages[PARTNER].catalog.id == PARTNERS


async def test_an_assignment_is_delivered_with_its_own_end(tenant: Tenant):
    ends_at = datetime(2099, 1, 1, tzinfo=UTC)
    before = await tenant.directory.assignments(person_id=CARLA)

    request_id = await tenant.directory.assign(
        CARLA, package_id=INVITED, policy_id=INVITED_POLICY, ends_at=ends_at, justification="audit"
    )

    tenant.advance(seconds=5)
    (request,) = await tenant.directory.requests(CARLA)
    (assignment,) = await tenant.directory.assignments(person_id=CARLA, package_id=INVITED)
    body = tenant.performed("POST", "/assignmentRequests$")[0]["requestBody"]
    assert before == ()
    assert (request.id, request.kind, request.state) == (request_id, "adminAdd", RequestState.DELIVERED)
    assert (assignment.state, assignment.person_id) == (AssignmentState.DELIVERED, CARLA)
    assert body["schedule"]["expiration"] == {"type": "afterDateTime", "endDateTime": "2099-01-01T00:00:00Z"}


async def test_assigning_twice_finds_the_first(tenant: Tenant):
    await assign(tenant, CARLA)
    with pytest.raises(errors.AlreadyThere):
        await assign(tenant, CARLA)
    tenant.advance(seconds=5)

    with pytest.raises(errors.AlreadyThere):
        await assign(tenant, CARLA)


async def test_a_policy_that_does_not_cover_guests_refuses(tenant: Tenant):
    staff = next(package for package in await tenant.directory.packages() if package.id == STAFF)

    with pytest.raises(errors.Rejected):
        await assign(tenant, CARLA, STAFF, staff.policies[0].id)


async def test_access_is_taken_away_once(tenant: Tenant):
    (held,) = await tenant.directory.assignments(person_id=BEN)

    await tenant.directory.remove(held.id, justification="over")
    tenant.advance(seconds=5)

    (ended,) = await tenant.directory.assignments(person_id=BEN)
    assert ended.state is AssignmentState.EXPIRED
    assert not ended.is_live
    with pytest.raises(errors.NotFound):
        await tenant.directory.remove(held.id, justification="over")


async def test_the_end_is_moved_and_the_update_is_seen_among_the_requests(tenant: Tenant):
    (held,) = await tenant.directory.assignments(person_id=BEN)
    ends_at = (held.ends_at + timedelta(days=2)).replace(microsecond=0)

    request_id = await tenant.directory.set_end(held.id, ends_at=ends_at)

    tenant.advance(seconds=5)
    (moved,) = await tenant.directory.assignments(person_id=BEN)
    request = next(one for one in await tenant.directory.requests(BEN) if one.id == request_id)
    assert (moved.id, moved.ends_at) == (held.id, ends_at)
    assert (request.kind, request.state, request.assignment_id) == ("adminUpdate", RequestState.DELIVERED, held.id)
    assert not request.gives_access


async def test_an_end_beyond_the_policy_is_cut_to_what_it_allows(tenant: Tenant):
    (held,) = await tenant.directory.assignments(person_id=BEN)

    await tenant.directory.set_end(held.id, ends_at=held.ends_at + timedelta(days=400))

    tenant.advance(seconds=5)
    (moved,) = await tenant.directory.assignments(person_id=BEN)
    assert held.ends_at < moved.ends_at < held.ends_at + timedelta(days=14)


async def test_an_end_is_moved_only_while_there_is_access_and_nothing_else_is_under_way(tenant: Tenant):
    tenant.reset(deliverySeconds=60)
    (held,) = await tenant.directory.assignments(person_id=BEN)
    await tenant.directory.remove(held.id, justification="over")

    with pytest.raises(errors.AlreadyThere):
        await tenant.directory.set_end(held.id, ends_at=held.ends_at)
    tenant.advance(seconds=200)
    with pytest.raises(errors.NotFound):
        await tenant.directory.set_end(held.id, ends_at=held.ends_at)


async def test_a_second_removal_finds_the_first_under_way(tenant: Tenant):
    tenant.reset(deliverySeconds=60)
    (held,) = await tenant.directory.assignments(person_id=BEN)
    await tenant.directory.remove(held.id, justification="over")

    with pytest.raises((errors.AlreadyThere, errors.NotFound)):
        await tenant.directory.remove(held.id, justification="over")


async def test_the_access_of_seven_guests_is_two_round_trips(tenant: Tenant):
    everybody = [ALEX, MEGAN, ADELE, BEN, CARLA, NOBODY, EVA, BEN]

    access = await tenant.directory.access_of(everybody)

    person, assignments, requests = access[BEN]
    assert tenant.round_trips() == ["POST /$batch"] * 2
    assert set(access) == set(everybody)
    assert person
    assert person.id == BEN
    assert len(assignments) == 1
    assert access[NOBODY] == (None, (), ())
    assert [request.person_id for request in requests] == [BEN] * len(requests)


async def test_a_request_of_the_guest_s_own_is_seen_and_waits_for_approval(tenant: Tenant):
    tenant.act(BEN, "request", accessPackageId=PARTNER)

    requests = await tenant.directory.requests(BEN)

    pending = [request for request in requests if request.package_id == PARTNER]
    assert [(request.kind, request.state) for request in pending] == [("userAdd", RequestState.PENDING_APPROVAL)]
    assert pending[0].package_name == "Partner project"


async def test_a_direct_policy_is_added_once_and_ends_as_the_package_s_own(tenant: Tenant):
    first = await tenant.directory.add_direct_policy(PARTNER, name="Usher, direct")
    second = await tenant.directory.add_direct_policy(PARTNER, name="Usher, direct")

    package = next(one for one in await tenant.directory.packages() if one.id == PARTNER)
    direct = package.direct_policy
    assert first == second
    assert direct
    assert (direct.id, direct.scope) == (first, Scope.DIRECT_ONLY)
    assert direct.expiration == package.policies[0].expiration
    await assign(tenant, CARLA, PARTNER, first)


async def test_a_guest_is_governed_in_one_round_trip(tenant: Tenant):
    governed = await tenant.directory.govern(BEN)

    assert governed is True
    assert len(tenant.round_trips()) == 1


async def test_without_the_licence_nobody_is_governed(tenant: Tenant):
    tenant.reset(licence=False)

    assert await tenant.directory.govern(BEN) is False
