"""What each Catalogs operation makes true, and how many round trips it takes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import errors
from bot.domain.building.blueprints import Named
from bot.domain.building.organizations import ConnectedOrganization, IdentitySource, OrganizationState
from bot.domain.building.resources import System
from bot.domain.packages import Catalog
from bot.domain.people import AccountEnding
from bot.domain.roles import CatalogRole
from tests.contracts.catalog_operations import fabrikam
from tests.contracts.operations import EM
from tests.contracts.tenant import ADELE, BEN, CLOSED, GENERAL, LEE, MEGAN, NOBODY, PARTNERS, PHOENIX, READERS, Tenant

PARTNER_TENANT = "bbbbbbbb-0000-4000-8000-000000000001"


async def test_catalogs_come_by_name_with_their_state(tenant: Tenant):
    found = await tenant.catalogs.catalogs()

    assert [(one.id, one.name, one.published, one.external) for one in found] == [
        (GENERAL, "General", True, True),
        (PARTNERS, "Partners", True, True),
    ]
    assert found[1].description == "What partners work with."


async def test_a_new_catalog_is_published_and_as_visible_as_wished(tenant: Tenant):
    made = await tenant.catalogs.create_catalog("Suppliers", description="Who supplies us.", external=False)

    found = {one.id: one for one in await tenant.catalogs.catalogs()}
    assert found[made] == Catalog(made, "Suppliers", True, False, "Who supplies us.")


async def test_a_catalog_is_as_it_was_updated_to_be(tenant: Tenant):
    before = next(one for one in await tenant.catalogs.catalogs() if one.id == PARTNERS)
    wanted = Catalog(PARTNERS, "Allies", published=False, external=False, description="")

    await tenant.catalogs.update_catalog(before, wanted)

    assert wanted in await tenant.catalogs.catalogs()


async def test_what_somebody_else_changed_in_a_catalog_meanwhile_stays(tenant: Tenant):
    before = next(one for one in await tenant.catalogs.catalogs() if one.id == PARTNERS)
    theirs = replace(before, name="Allies")
    await tenant.catalogs.update_catalog(before, theirs)

    await tenant.catalogs.update_catalog(before, replace(before, published=False))

    assert replace(theirs, published=False) in await tenant.catalogs.catalogs()


async def test_a_catalog_with_something_in_it_is_not_deleted(tenant: Tenant):
    with pytest.raises(errors.Rejected):
        await tenant.catalogs.delete_catalog(PARTNERS)

    assert PARTNERS in [one.id for one in await tenant.catalogs.catalogs()]


async def test_deleting_a_catalog_twice_is_deleting_it(tenant: Tenant):
    made = await tenant.catalogs.create_catalog("Short-lived", description="", external=False)

    await tenant.catalogs.delete_catalog(made)
    await tenant.catalogs.delete_catalog(made)

    assert made not in [one.id for one in await tenant.catalogs.catalogs()]


async def test_resources_come_with_their_roles_in_one_round_trip(tenant: Tenant):
    found = await tenant.catalogs.catalog_resources(PARTNERS)

    assert [(one.resource.name, one.resource.system) for one in found] == [
        ("Partner Readers", System.GROUP),
        ("Partners", System.SITE),
    ]
    assert [role.name for role in found[0].roles] == ["Member", "Owner"]
    assert found[0].resource.origin_id == READERS
    assert found[0].resource.catalog_resource_id
    assert len(tenant.round_trips()) == 1


async def test_resources_of_many_catalogs_are_counted_in_one_round_trip(tenant: Tenant):
    counts = await tenant.catalogs.resource_counts([GENERAL, PARTNERS, NOBODY, GENERAL])

    assert counts == {GENERAL: 2, PARTNERS: 2, NOBODY: 0}
    assert tenant.round_trips() == ["POST /$batch"]


async def test_a_role_is_held_once_however_often_it_is_given(tenant: Tenant):
    await tenant.catalogs.grant(PARTNERS, CatalogRole.READER, LEE)
    await tenant.catalogs.grant(PARTNERS, CatalogRole.READER, LEE)

    held = await tenant.catalogs.catalog_assignments(PARTNERS)

    assert [(one.role, one.principal_id, one.principal_name) for one in held] == [
        (CatalogRole.PACKAGE_MANAGER, ADELE, "Adele Vance"),
        (CatalogRole.READER, LEE, "Lee Gu"),
    ]


async def test_a_group_holds_a_role_under_its_name_and_so_do_its_members(tenant: Tenant):
    await tenant.catalogs.grant(GENERAL, CatalogRole.OWNER, PHOENIX)

    held = await tenant.catalogs.catalog_assignments(GENERAL)
    _, roles = await tenant.directory.roles(MEGAN)

    assert [(one.role, one.principal_name) for one in held] == [(CatalogRole.OWNER, "Project Phoenix")]
    assert roles.in_catalog(GENERAL) == {CatalogRole.OWNER}


async def test_a_creator_of_catalogs_is_one_in_the_whole_tenant(tenant: Tenant):
    await tenant.catalogs.grant("", CatalogRole.CREATOR, LEE)

    held = await tenant.catalogs.catalog_assignments("")
    _, roles = await tenant.directory.roles(LEE)

    assert [(one.role, one.principal_id) for one in held] == [(CatalogRole.CREATOR, LEE)]
    assert roles.catalogs == {"": {CatalogRole.CREATOR}}


@pytest.mark.parametrize("catalog", [NOBODY, "no id", "../policies"])
async def test_no_role_is_given_in_a_catalog_that_does_not_exist(tenant: Tenant, catalog: str):
    with pytest.raises((errors.NotFound, errors.Rejected)):
        await tenant.catalogs.grant(catalog, CatalogRole.OWNER, LEE)


async def test_a_role_given_counts_as_soon_as_grant_returns_although_roles_are_remembered(tenant: Tenant):
    tenant.reset(replicationSeconds=30)
    tenant.pauses.during = lambda seconds: tenant.advance(seconds=20)
    _, before = await tenant.directory.roles(LEE)

    await tenant.catalogs.grant(PARTNERS, CatalogRole.OWNER, LEE)
    _, after = await tenant.directory.roles(LEE)

    assert (before.catalogs, after.catalogs) == ({}, {PARTNERS: {CatalogRole.OWNER}})
    assert len(tenant.pauses.waited) == 2


async def test_a_role_taken_back_is_gone_at_once_and_taking_it_twice_is_taking_it(tenant: Tenant):
    await tenant.directory.roles(ADELE)
    (held,) = await tenant.catalogs.catalog_assignments(PARTNERS)

    await tenant.catalogs.take_back(held.id)
    await tenant.catalogs.take_back(held.id)
    _, roles = await tenant.directory.roles(ADELE)

    assert roles.catalogs == {}


async def test_giving_a_role_takes_three_round_trips_and_one_when_it_is_held(tenant: Tenant):
    await tenant.catalogs.grant(PARTNERS, CatalogRole.READER, LEE)
    first = tenant.round_trips()
    await tenant.catalogs.grant(PARTNERS, CatalogRole.READER, LEE)

    assert first == ["POST /$batch", "POST /roleManagement/entitlementManagement/roleAssignments", "POST /$batch"]
    assert tenant.round_trips()[3:] == ["POST /$batch"]


async def test_partners_come_with_how_they_sign_in_and_who_vouches_for_them(tenant: Tenant):
    made = await fabrikam(tenant.catalogs)
    await tenant.catalogs.add_organization_sponsor(made, Named(MEGAN, "Megan"), internal=True)
    await tenant.catalogs.add_organization_sponsor(made, Named(MEGAN, "Megan"), internal=True)
    await tenant.catalogs.add_organization_sponsor(made, Named(BEN, "Ben"), internal=False)

    assert await tenant.catalogs.organizations() == (
        ConnectedOrganization(
            made,
            "Fabrikam",
            sources=(IdentitySource("Fabrikam", domain="fabrikam.com"),),
            internal_sponsors=(Named(MEGAN, "Megan Bowen"),),
            external_sponsors=(Named(BEN, "Ben Ortiz"),),
        ),
    )


async def test_a_partner_is_connected_by_tenant_too_and_changed_and_removed(tenant: Tenant):
    made = await tenant.catalogs.create_organization("Adatum", tenant_id=PARTNER_TENANT)
    changed = ConnectedOrganization(made, "Adatum Ltd", OrganizationState.PROPOSED, "Suppliers")

    await tenant.catalogs.update_organization(changed)
    (found,) = await tenant.catalogs.organizations()
    await tenant.catalogs.delete_organization(made)
    await tenant.catalogs.delete_organization(made)

    assert (found.name, found.state, found.description) == ("Adatum Ltd", OrganizationState.PROPOSED, "Suppliers")
    assert found.sources == (IdentitySource("Adatum", tenant_id=PARTNER_TENANT),)
    assert await tenant.catalogs.organizations() == ()


async def test_packages_that_name_a_partner_are_found_in_whatever_part_of_a_policy(tenant: Tenant):
    made = await fabrikam(tenant.catalogs)
    members = {"@odata.type": "#microsoft.graph.connectedOrganizationMembers", "connectedOrganizationId": made}
    policy = {
        "displayName": "Fabrikam",
        "allowedTargetScope": "specificConnectedOrganizationUsers",
        "specificAllowedTargets": [members],
        "accessPackage": {"id": CLOSED},
    }
    await tenant.graph.wire.post(f"{EM}/assignmentPolicies", policy)

    named = await tenant.catalogs.packages_naming(made)

    assert [one.id for one in named] == [CLOSED]
    assert await tenant.catalogs.packages_naming(NOBODY) == ()
    with pytest.raises(errors.Rejected):
        await tenant.catalogs.delete_organization(made)


async def test_a_sponsor_taken_away_twice_is_taken_away(tenant: Tenant):
    made = await fabrikam(tenant.catalogs)
    await tenant.catalogs.add_organization_sponsor(made, Named(MEGAN, "Megan"), internal=True)

    for _ in range(2):
        await tenant.catalogs.remove_organization_sponsor(made, MEGAN, internal=True)

    assert [one.internal_sponsors for one in await tenant.catalogs.organizations()] == [()]


@pytest.mark.parametrize("ending", list(AccountEnding))
async def test_what_becomes_of_guests_is_as_set_at_once(tenant: Tenant, ending: AccountEnding):
    await tenant.catalogs.set_ending(ending, delete_after=timedelta(days=7))

    kept = timedelta(days=7 if ending is AccountEnding.DELETE else 30)
    assert await tenant.catalogs.ending() == (ending, kept)
