"""What building, changing and taking apart a package makes true, and how many round trips it takes."""

from dataclasses import replace

import pytest

from bot import errors
from bot.domain.building.blueprints import Named
from bot.domain.building.resources import Resource, ResourceRole, Role, System
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.building.terms import Stage
from sandbox.seed.applications import ORDER_DESK
from sandbox.seed.groups import DESIGN
from tests.contracts.governance_operations import (
    APPROVED,
    DEFAULT_ROLE,
    IN_GENERAL,
    PHOENIX_MEMBER,
    SITE_IN_PARTNERS,
    TERMS,
)
from tests.contracts.tenant import (
    ADELE,
    APP4GUEST,
    CLOSED,
    GENERAL,
    HIDDEN,
    INVITED,
    NOBODY,
    PARTNER,
    PARTNERS,
    PHOENIX,
    READERS,
    STAFF,
    Tenant,
)

INVITED_POLICY = "99999999-9999-4999-9999-999999999991"


async def test_a_whole_package_is_one_round_trip(tenant: Tenant):
    package = await tenant.governance.blueprint(PARTNER)

    assert tenant.round_trips() == ["POST /$batch"]
    assert (package.name, package.catalog.name, package.hidden) == ("Partner project", "Partners", False)
    assert [(one.resource.name, one.role.name) for one in package.roles] == [("Partner Readers", "Member")]
    assert [question.text for question in package.policies[0].questions] == [
        "Which project are you working on?",
        "In which team?",
    ]
    assert package.policies[0].stages[0].approvers == (Subject(SubjectKind.USER, ADELE, "Adele Vance"),)


async def test_every_package_is_one_round_trip(tenant: Tenant):
    await tenant.governance.exclude(INVITED, packages=[STAFF], groups=[READERS])
    before = len(tenant.round_trips())

    found = await tenant.governance.blueprints()

    assert tenant.round_trips()[before:] == ["POST /$batch"]
    assert [one.id for one in found] == [CLOSED, HIDDEN, INVITED, PARTNER, STAFF]
    assert found == tuple([await tenant.governance.blueprint(one.id) for one in found])


async def test_packages_beyond_a_page_are_all_there(tenant: Tenant):
    tenant.reset(pageSize=2)

    found = await tenant.governance.blueprints()

    assert {one.id for one in found} == {INVITED, PARTNER, STAFF, CLOSED, HIDDEN}
    assert all(one.policies and one.roles for one in found)


async def test_a_package_nobody_made_is_not_found(tenant: Tenant):
    with pytest.raises(errors.NotFound):
        await tenant.governance.blueprint(NOBODY)


async def test_people_a_policy_refers_to_by_id_alone_are_named_at_the_cost_of_one_more_round_trip(tenant: Tenant):
    organization = await tenant.catalogs.create_organization("Fabrikam", domain="fabrikam.com")
    unnamed = [
        Subject(SubjectKind.USER, ADELE),
        Subject(SubjectKind.GROUP, DESIGN),
        Subject(SubjectKind.ORGANIZATION, organization),
        Subject(SubjectKind.USER, NOBODY),
    ]
    stage = Stage((unnamed[0], unnamed[1], unnamed[3]))
    policy = replace(TERMS, stages=(stage,), targets=(unnamed[2],), scope=TERMS.scope.SOME_ORGANISATIONS)
    await tenant.governance.create_policy(CLOSED, policy)
    before = len(tenant.round_trips())

    read = (await tenant.governance.blueprint(CLOSED)).policies[1]

    assert tenant.round_trips()[before:] == ["POST /$batch"] * 2
    assert [one.name for one in read.stages[0].approvers] == ["Adele Vance", "Design Team", ""]
    assert [one.name for one in read.targets] == ["Fabrikam"]


async def test_a_package_is_built_and_read_back_as_it_was_meant(tenant: Tenant):
    governance = tenant.governance
    made = await governance.create_package("O'Hara & <b>", description="Who *we* are.", hidden=True, catalog_id=GENERAL)
    await governance.add_role(made, DEFAULT_ROLE)
    await governance.add_role(made, PHOENIX_MEMBER)
    await governance.create_policy(made, APPROVED)
    await governance.exclude(made, packages=[PARTNER], groups=[READERS])

    read = await governance.blueprint(made)

    assert (read.name, read.description, read.hidden, read.catalog.id) == (
        "O'Hara & <b>",
        "Who *we* are.",
        True,
        GENERAL,
    )
    assert [one.key for one in read.roles] == [DEFAULT_ROLE.key, PHOENIX_MEMBER.key]
    assert [replace(one, id="", modified_at=None) for one in read.policies] == [APPROVED]
    assert read.incompatible_packages == (Named(PARTNER, "Partner project"),)
    assert read.incompatible_groups == (Named(READERS, "Partner Readers"),)
    assert await governance.find_packages("O'Hara & <b>", GENERAL) == (
        replace(read, roles=(), policies=(), incompatible_packages=(), incompatible_groups=()),
    )


@pytest.mark.parametrize(("name", "catalog"), [("closed package", GENERAL), ("Closed package", PARTNERS), ("x", "y")])
async def test_only_the_very_name_in_the_very_catalog_is_found(tenant: Tenant, name: str, catalog: str):
    assert await tenant.governance.find_packages(name, catalog) == ()


async def test_what_was_just_made_is_not_there_for_a_moment(tenant: Tenant):
    tenant.reset(replicationSeconds=60)
    made = await tenant.governance.create_package("New", description="", hidden=False, catalog_id=GENERAL)
    await tenant.governance.add_resource(GENERAL, System.APPLICATION, ORDER_DESK)

    assert await tenant.governance.find_packages("New", GENERAL) == ()
    assert await tenant.governance.candidate(System.APPLICATION, ORDER_DESK, catalog_id=GENERAL) is None
    with pytest.raises(errors.NotFound):
        await tenant.governance.add_role(made, DEFAULT_ROLE)
    tenant.advance(seconds=60)
    candidate = await tenant.governance.candidate(System.APPLICATION, ORDER_DESK, catalog_id=GENERAL)
    assert candidate
    await tenant.governance.add_role(made, ResourceRole(candidate.resource, candidate.roles[1]))
    tenant.advance(seconds=60)
    assert [one.role.name for one in (await tenant.governance.blueprint(made)).roles] == ["Editor"]


async def test_a_role_the_resource_does_not_offer_is_not_found_by_that_name(tenant: Tenant):
    role = ResourceRole(Resource(System.APPLICATION, APP4GUEST, "App4Guest", IN_GENERAL), Role(NOBODY, "Nothing"))

    with pytest.raises(errors.NotFound) as caught:
        await tenant.governance.add_role(CLOSED, role)

    assert caught.value.code == "RoleNotFound"


async def test_every_afterwards_may_run_twice(tenant: Tenant):
    governance = tenant.governance
    candidates = []
    for _ in range(2):
        await governance.add_resource(GENERAL, System.APPLICATION, ORDER_DESK)
        candidates.append(await governance.candidate(System.APPLICATION, ORDER_DESK, catalog_id=GENERAL))
    (candidate,) = set(candidates)
    assert candidate
    for _ in range(2):
        await governance.add_role(CLOSED, ResourceRole(candidate.resource, candidate.roles[0]))
        await governance.exclude(CLOSED, packages=[PARTNER], groups=[READERS, READERS])
        await governance.update_package(CLOSED, name="Shut", description="", hidden=False)
    full = await governance.blueprint(CLOSED)
    for _ in range(2):
        await governance.remove_role(CLOSED, full.roles[1].scope_id)
        await governance.include(CLOSED, packages=[PARTNER], groups=[READERS])
        await governance.remove_resource(GENERAL, candidate.resource.catalog_resource_id)
    empty = await governance.blueprint(CLOSED)
    for _ in range(2):
        await governance.delete_policy(full.policies[0].id)
        await governance.delete_package(CLOSED)

    assert [one.role.name for one in full.roles] == ["Default Access", "Viewer"]
    assert (len(full.incompatible_packages), len(full.incompatible_groups), full.name) == (1, 1, "Shut")
    assert ([one.role.name for one in empty.roles], empty.incompatible_packages, empty.incompatible_groups) == (
        ["Default Access"],
        (),
        (),
    )
    assert CLOSED not in [one.id for one in await governance.blueprints()]


async def test_separation_of_duties_is_one_round_trip_and_nothing_none(tenant: Tenant):
    await tenant.governance.exclude(CLOSED)
    await tenant.governance.include(CLOSED)
    await tenant.governance.exclude(CLOSED, packages=[PARTNER, STAFF], groups=[READERS, PHOENIX])

    assert tenant.round_trips() == ["POST /$batch"]


async def test_one_that_cannot_be_excluded_is_told_after_the_others_were(tenant: Tenant):
    with pytest.raises(errors.NotFound):
        await tenant.governance.exclude(CLOSED, packages=[NOBODY, PARTNER])

    assert [one.id for one in (await tenant.governance.blueprint(CLOSED)).incompatible_packages] == [PARTNER]


async def test_a_package_that_is_held_is_not_deleted_nor_its_policy(tenant: Tenant):
    for refused in (tenant.governance.delete_package(INVITED), tenant.governance.delete_policy(INVITED_POLICY)):
        with pytest.raises(errors.Rejected, match="active assignments"):
            await refused


async def test_a_resource_that_a_package_opens_stays(tenant: Tenant):
    with pytest.raises(errors.Rejected, match="active entitlements") as caught:
        await tenant.governance.remove_resource(GENERAL, IN_GENERAL)
    await tenant.governance.remove_resource(PARTNERS, SITE_IN_PARTNERS)

    assert caught.value.code == "InvalidDeleteResourceHasEntitlements"


@pytest.mark.parametrize(
    ("permission", "system", "origin"),
    [
        ("Application.ReadWrite.All", System.APPLICATION, APP4GUEST),
        ("Group.ReadWrite.All", System.GROUP, PHOENIX),
        ("Sites.FullControl.All", System.SITE, "https://contoso.sharepoint.com/sites/marketing"),
    ],
)
async def test_a_resource_usher_may_not_change_is_not_added(
    tenant: Tenant, permission: str, system: System, origin: str
):
    tenant.reset(withoutPermissions=[permission])

    with pytest.raises(errors.Rejected) as caught:
        await tenant.governance.add_resource(PARTNERS, system, origin)

    assert caught.value.code == "CallerNotResourceOwner"
