"""What a reference in a draft leads to, and what a form can offer."""

import pytest

from bot import errors
from bot.domain.building.blueprints import Named
from bot.domain.building.lookup import Wanted
from bot.domain.building.resources import DEFAULT_ACCESS, Role, System
from bot.domain.building.subjects import SubjectKind
from bot.domain.building.terms import Moment
from bot.domain.packages import Catalog
from sandbox.seed.applications import ORDER_DESK
from sandbox.seed.extensions import PROJECT_LEAD, REMINDER, TICKET
from sandbox.seed.groups import ALL_GUESTS, DESIGN
from sandbox.seed.sites import MARKETING_SITE, OWN_SITE, PARTNER_SITE
from tests.contracts.tenant import (
    ADELE,
    APP4GUEST,
    BEN,
    DAN,
    GENERAL,
    LEE,
    MEGAN,
    NOBODY,
    PARTNERS,
    PHOENIX,
    READERS,
    Tenant,
)

APP, GROUP, SITE = System.APPLICATION, System.GROUP, System.SITE


async def origins(tenant: Tenant, system: System, reference: str, catalog: str = GENERAL) -> list[str]:
    found = await tenant.governance.look_up(Wanted(catalog, ((system, reference),)))
    return [one.resource.origin_id for one in found.resources.get((system, reference), ())]


async def subjects(tenant: Tenant, reference: str) -> list[str]:
    found = await tenant.governance.look_up(Wanted(GENERAL, subjects=(reference,)))
    return [one.subject.id for one in found.subjects.get(reference, ())]


async def test_everything_a_draft_names_is_one_round_trip_when_its_catalog_is_known(tenant: Tenant):
    wanted = Wanted(GENERAL, ((APP, "App4Guest"), (GROUP, "Partner Readers"), (SITE, "Partners")), ("Adele", MEGAN))

    found = await tenant.governance.look_up(wanted)

    assert tenant.round_trips() == ["POST /$batch"]
    assert set(found.resources) == set(wanted.resources)
    assert set(found.subjects) == set(wanted.subjects)
    assert [one.name for one in found.catalogs] == ["General", "Partners"]
    assert "Invited users package" in [one.name for one in found.packages]


@pytest.mark.parametrize("catalog", ["General", "gENERAL", "", "Partners"])
async def test_a_catalog_that_goes_by_name_takes_a_second_round_trip(tenant: Tenant, catalog: str):
    found = await tenant.governance.look_up(Wanted(catalog, ((APP, "App4Guest"),)))

    (candidate,) = found.resources[APP, "App4Guest"]
    assert tenant.round_trips() == ["POST /$batch"] * 2
    assert bool(candidate.resource.catalog_resource_id) == (catalog != "Partners")


async def test_the_name_of_a_catalog_costs_its_round_trip_once(tenant: Tenant):
    first = await tenant.governance.look_up(Wanted("Partners"))
    begun = len(tenant.round_trips())

    second = await tenant.governance.look_up(Wanted("PARTNERS"))

    assert second == first
    assert tenant.round_trips()[begun:] == ["POST /$batch"]


async def test_a_catalog_that_took_over_the_name_of_another_is_noticed_at_once(tenant: Tenant):
    old = Catalog(PARTNERS, "Old partners")
    await tenant.governance.look_up(Wanted("Partners"))
    await tenant.catalogs.update_catalog(Catalog(PARTNERS, "Partners"), old)
    gone = await tenant.governance.look_up(Wanted("Partners"))
    await tenant.catalogs.create_catalog("Partners", description="", external=True)

    taken = await tenant.governance.look_up(Wanted("Partners", ((GROUP, READERS),)))

    assert gone.extensions == ()
    assert taken.extensions == ()
    assert taken.resources[GROUP, READERS][0].resource.catalog_resource_id == ""


async def test_a_catalog_nobody_knows_holds_nothing(tenant: Tenant):
    by_name = await tenant.governance.look_up(Wanted("Nowhere", ((APP, "App4Guest"),)))
    by_id = await tenant.governance.look_up(Wanted(NOBODY, ((APP, "App4Guest"),)))

    for found in (by_name, by_id):
        assert found.resources[APP, "App4Guest"][0].resource.catalog_resource_id == ""
        assert found.extensions == ()


@pytest.mark.parametrize(
    ("system", "reference", "expected"),
    [
        (APP, "App4Guest", [APP4GUEST]),
        (APP, "app4GUEST", [APP4GUEST]),
        (APP, "order", [ORDER_DESK]),
        (APP, APP4GUEST, [APP4GUEST]),
        (APP, "66666666-6666-4666-8666-66666666666b", [ORDER_DESK]),
        (APP, READERS, []),
        (GROUP, "partner readers", [READERS]),
        (GROUP, "p", [READERS, PHOENIX]),
        (GROUP, PHOENIX, [PHOENIX]),
        (GROUP, NOBODY, []),
        (GROUP, "Nowhere", []),
        (SITE, PARTNER_SITE, [PARTNER_SITE]),
        (SITE, PARTNER_SITE + "/", [PARTNER_SITE]),
        (SITE, "Marketing", [MARKETING_SITE]),
        (SITE, "contoso.sharepoint.com", [MARKETING_SITE, PARTNER_SITE]),
        (SITE, "https://contoso.sharepoint.com/sites/none", []),
        (SITE, "Adele Vance", []),
        (SITE, OWN_SITE, []),
    ],
)
async def test_a_resource_is_found_by_id_name_beginning_or_address(
    tenant: Tenant, system: System, reference: str, expected: list[str]
):
    assert await origins(tenant, system, reference) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("Adele Vance", [ADELE]),
        ("adele vance", [ADELE]),
        ("Ad", [ADELE]),
        ("ADELE@contoso.com", [ADELE]),
        ("ben@fabrikam.com", [BEN]),
        (LEE, [LEE]),
        (PHOENIX, [PHOENIX]),
        ("Project Phoenix", [PHOENIX]),
        ("designteam@contoso.onmicrosoft.com", [DESIGN]),
        ("nobody@contoso.com", []),
        (NOBODY, []),
    ],
)
async def test_people_and_groups_are_found_by_id_address_name_or_its_beginning(
    tenant: Tenant, reference: str, expected: list[str]
):
    assert await subjects(tenant, reference) == expected


@pytest.mark.parametrize(
    "reference",
    [
        "O'Brien",
        "' or displayName ne '",
        "a&b=c#d",
        "100% \\ <b>",
        "",
        "   ",
        "x" * 300,
        "é\u202e\u0000",
        "https://",
        "@",
    ],
)
async def test_no_reference_breaks_the_question(tenant: Tenant, reference: str):
    wanted = Wanted(GENERAL, tuple((system, reference) for system in System), (reference,))

    found = await tenant.governance.look_up(wanted)

    assert found.subjects == {}
    assert found.resources == {}


async def test_references_that_differ_in_case_only_are_each_answered(tenant: Tenant):
    found = await tenant.governance.look_up(Wanted(GENERAL, subjects=("Adele Vance", "ADELE VANCE")))

    assert set(found.subjects) == {"Adele Vance", "ADELE VANCE"}


async def test_forty_references_are_asked_side_by_side(tenant: Tenant):
    names = tuple(f"Somebody {number}" for number in range(40))

    found = await tenant.governance.look_up(Wanted(GENERAL, subjects=names))

    assert found.subjects == {}
    assert tenant.round_trips() == ["POST /$batch"] * 9


async def test_a_name_many_share_brings_ten_of_them(tenant: Tenant):
    for number in range(12):
        await tenant.directory.invite(
            f"pat{number}@fabrikam.com", name=f"Pat {number:02}", redirect_url="https://x.example", sponsor_id=ADELE
        )

    assert len(await subjects(tenant, "Pat")) == 10
    assert len(await subjects(tenant, "Pat 07")) == 1


async def test_an_application_offers_the_roles_people_can_have(tenant: Tenant):
    wanted = Wanted(GENERAL, ((APP, "Order Desk"), (APP, "App4Guest")))

    found = await tenant.governance.look_up(wanted)

    (desk,), (app,) = found.resources[APP, "Order Desk"], found.resources[APP, "App4Guest"]
    assert [role.name for role in desk.roles] == ["Viewer", "Editor"]
    assert app.roles == (Role(DEFAULT_ACCESS, "Default Access"),)


async def test_a_group_says_who_owns_it_and_whether_its_members_follow_a_rule(tenant: Tenant):
    found = await tenant.governance.look_up(Wanted(GENERAL, ((GROUP, "Partner Readers"), (GROUP, "All Guests"))))

    (readers,), (guests,) = found.resources.values()
    assert (readers.owner_ids, readers.is_dynamic) == ((ADELE,), False)
    assert (guests.resource.origin_id, guests.is_dynamic) == (ALL_GUESTS, True)
    assert readers.roles == (Role(f"Member_{READERS}", "Member"), Role(f"Owner_{READERS}", "Owner"))


async def test_a_site_offers_what_its_catalog_says_and_the_usual_before_it_is_in_one(tenant: Tenant):
    inside = await tenant.governance.look_up(Wanted(PARTNERS, ((SITE, PARTNER_SITE),)))
    outside = await tenant.governance.look_up(Wanted(GENERAL, ((SITE, PARTNER_SITE),)))

    assert [role.name for role in inside.resources[SITE, PARTNER_SITE][0].roles] == [
        "Partners Visitors",
        "Partners Members",
    ]
    assert [role.name for role in outside.resources[SITE, PARTNER_SITE][0].roles] == ["Members", "Visitors", "Owners"]


async def test_without_the_right_to_search_sites_those_of_the_catalog_are_found_and_others_are_explained(
    tenant: Tenant,
):
    tenant.reset(withoutPermissions=["Sites.Read.All"])

    assert await origins(tenant, SITE, "partners", PARTNERS) == [PARTNER_SITE]
    with pytest.raises(errors.Forbidden):
        await origins(tenant, SITE, "Marketing", PARTNERS)


async def test_guests_and_disabled_people_are_told_apart(tenant: Tenant):
    found = await tenant.governance.look_up(Wanted(GENERAL, subjects=(DAN, MEGAN, "Design Team")))

    (dan,), (megan,), (team,) = (found.subjects[one] for one in (DAN, MEGAN, "Design Team"))
    assert (dan.is_guest, dan.enabled, dan.address) == (True, False, "dan@northwindtraders.com")
    assert (megan.is_guest, megan.enabled) == (False, True)
    assert (team.subject.kind, team.subject.name) == (SubjectKind.GROUP, "Design Team")


async def test_a_catalog_s_extensions_say_when_they_can_be_called(tenant: Tenant):
    found = await tenant.governance.look_up(Wanted(PARTNERS))

    assert {one.id: one.moments for one in found.extensions} == {
        PROJECT_LEAD: (Moment.REQUESTED, Moment.APPROVED, Moment.GRANTED, Moment.REMOVED),
        REMINDER: (Moment.FOURTEEN_DAYS, Moment.ONE_DAY),
    }


async def test_offers_are_one_round_trip_and_leave_out_what_cannot_be_given(tenant: Tenant):
    offers = await tenant.governance.offers(catalog=GENERAL)

    assert tenant.round_trips() == ["POST /$batch"]
    assert offers.applications == (Named(APP4GUEST, "App4Guest"), Named(ORDER_DESK, "Order Desk"))
    assert [one.name for one in offers.groups] == ["Design Team", "Partner Readers", "Project Phoenix"]
    assert offers.sites == (Named(MARKETING_SITE, "Marketing"), Named(PARTNER_SITE, "Partners"))
    assert [one.name for one in offers.catalogs] == ["General", "Partners"]
    assert [one.id for one in offers.extensions] == [TICKET]
    assert offers.catalog_resources == {APP4GUEST, PHOENIX}


async def test_offers_without_a_catalog_mark_nothing(tenant: Tenant):
    offers = await tenant.governance.offers()

    assert (offers.extensions, offers.catalog_resources) == ((), frozenset())
    assert len(offers.packages) == 5


async def test_offers_hold_fifty_of_each_kind(tenant: Tenant):
    for number in range(60):
        await tenant.catalogs.create_catalog(f"Catalog {number:02}", description="", external=False)

    offers = await tenant.governance.offers()

    assert [one.name for one in offers.catalogs] == [f"Catalog {number:02}" for number in range(50)]


async def test_offers_do_without_sites_where_they_may_not_be_searched(tenant: Tenant):
    tenant.reset(withoutPermissions=["Sites.Read.All"])

    offers = await tenant.governance.offers()

    assert offers.sites == ()
    assert len(offers.groups) == 3
