"""What each Directory operation makes true, and how many round trips it takes."""

import pytest

from bot import errors
from bot.domain.access import Via
from bot.domain.people import InvitesFrom
from bot.domain.roles import CatalogRole, Role
from tests.contracts.asked import assign, invite_ana
from tests.contracts.tenant import (
    ADELE,
    ALEX,
    ANA,
    APP4GUEST,
    BEN,
    CARLA,
    CLOSED,
    EVA,
    HIDDEN,
    INVITED,
    LEE,
    MAILBOX,
    MEGAN,
    NOBODY,
    PARTNER,
    PARTNERS,
    READERS,
    STAFF,
    TENANT,
    Tenant,
)

GUEST_INVITER = Role.GUEST_INVITER.template_id


async def test_the_tenant_is_known_by_its_initial_domain_and_asked_for_once(tenant: Tenant):
    first = await tenant.directory.tenant()
    second = await tenant.directory.tenant()

    assert (first.id, first.name, first.domain) == (TENANT, "Contoso", "contoso.onmicrosoft.com")
    assert second is first
    assert tenant.round_trips() == ["GET /organization"]


async def test_a_survey_of_three_addresses_is_one_round_trip(tenant: Tenant):
    addresses = ["ana@fabrikam.com", "ben@fabrikam.com", "eva@adatum.com"]

    survey = await tenant.directory.survey(ALEX, addresses, ["megan@contoso.com", ADELE, "nobody@contoso.com"])

    assert tenant.round_trips() == ["POST /$batch"]
    assert survey.caller
    assert survey.caller.name == "Alex Wilber"
    assert survey.roles.holds(Role.GLOBAL_ADMINISTRATOR)
    assert survey.invites_from is InvitesFrom.ADMINS
    assert survey.licensed is True
    assert {package.id for package in survey.packages} == {INVITED, PARTNER, STAFF, CLOSED, HIDDEN}
    assert {address: [p.id for p in found] for address, found in survey.people.items()} == {
        "ana@fabrikam.com": [],
        "ben@fabrikam.com": [BEN],
        "eva@adatum.com": [EVA],
    }
    assert {asked: person.id for asked, person in survey.sponsors.items()} == {"megan@contoso.com": MEGAN, ADELE: ADELE}


async def test_a_survey_of_twenty_addresses_is_three_batches_side_by_side(tenant: Tenant):
    addresses = [f"guest{number}@fabrikam.com" for number in range(20)]

    survey = await tenant.directory.survey(ALEX, addresses)

    assert tenant.round_trips() == ["POST /$batch"] * 3
    assert set(survey.people) == set(addresses)


@pytest.mark.parametrize("caller", [NOBODY, "not an id", "", "../../servicePrincipals"])
async def test_a_stranger_is_nobody_and_holds_nothing(tenant: Tenant, caller: str):
    survey = await tenant.directory.survey(caller)
    person, roles = await tenant.directory.roles(caller)

    assert survey.caller is None
    assert person is None
    assert survey.roles == roles
    assert (roles.directory, roles.catalogs) == (frozenset(), {})


async def test_without_the_licence_the_survey_says_so(tenant: Tenant):
    tenant.reset(licence=False)

    survey = await tenant.directory.survey(MEGAN, ["ana@fabrikam.com"])

    assert (survey.packages, survey.licensed) == ((), False)
    assert survey.roles.holds(Role.GUEST_INVITER)


async def test_without_the_permission_the_survey_cannot_tell_about_the_licence(tenant: Tenant):
    tenant.reset(withoutPermissions=["EntitlementManagement.Read.All", "EntitlementManagement.ReadWrite.All"])

    survey = await tenant.directory.survey(ALEX)

    assert (survey.packages, survey.licensed) == ((), None)


@pytest.mark.parametrize("allowed", list(InvitesFrom))
async def test_the_tenant_s_invitation_rule_is_read(tenant: Tenant, allowed: InvitesFrom):
    tenant.reset(allowInvitesFrom=allowed.value)

    assert (await tenant.directory.survey(ALEX)).invites_from is allowed


async def test_a_catalog_role_is_read_with_its_catalog(tenant: Tenant):
    person, roles = await tenant.directory.roles(ADELE)

    assert person
    assert person.name == "Adele Vance"
    assert roles.directory == frozenset()
    assert roles.catalogs == {PARTNERS: frozenset({CatalogRole.PACKAGE_MANAGER})}


async def test_roles_are_remembered_for_a_minute(tenant: Tenant):
    await tenant.directory.roles(MEGAN)
    await tenant.directory.roles(MEGAN)

    assert tenant.round_trips() == ["POST /$batch"]


async def test_a_person_without_a_role_holds_none(tenant: Tenant):
    person, roles = await tenant.directory.roles(LEE)

    assert person
    assert (roles.directory, roles.catalogs, roles.is_guest) == (frozenset(), {}, False)


async def test_a_guest_is_known_as_one(tenant: Tenant):
    _, roles = await tenant.directory.roles(BEN)

    assert roles.is_guest


async def test_the_holders_of_a_role_are_named(tenant: Tenant):
    names = await tenant.directory.holders([GUEST_INVITER, Role.GLOBAL_ADMINISTRATOR.template_id])

    assert names == ("Megan Bowen", "Alex Wilber")
    assert await tenant.directory.holders([]) == ()


async def test_packages_come_over_all_pages_too(tenant: Tenant):
    tenant.reset(pageSize=1)

    survey = await tenant.directory.survey(ALEX, ["ben@fabrikam.com"])

    assert len(survey.packages) == len(await tenant.directory.packages()) == 5


async def test_an_application_is_found_by_the_start_of_its_name(tenant: Tenant):
    (application,) = await tenant.directory.applications("app4")

    assert (application.id, application.name, application.assignment_required) == (APP4GUEST, "App4Guest", True)
    assert await tenant.directory.applications("4Guest") == ()


async def test_an_application_s_people_are_explained_by_their_package(tenant: Tenant):
    (ben,) = await tenant.directory.application_users(APP4GUEST)

    assert tenant.round_trips() == ["POST /$batch"] * 2
    (held,) = await tenant.directory.assignments(person_id=BEN)
    assert (ben.person_id, ben.is_guest, ben.via) == (BEN, True, Via.DIRECT)
    assert (ben.package_name, ben.ends_at) == ("Invited users package", held.ends_at)


async def test_people_behind_a_group_are_shown_as_such(tenant: Tenant):
    graph = tenant.graph.wire
    await graph.post(f"/groups/{READERS}/members/$ref", {"@odata.id": f"{tenant.url}/v1.0/users/{CARLA}"})
    await graph.post(
        f"/servicePrincipals/{APP4GUEST}/appRoleAssignedTo",
        {"principalId": READERS, "resourceId": APP4GUEST, "appRoleId": "00000000-0000-0000-0000-000000000000"},
    )

    lines = await tenant.directory.application_users(APP4GUEST)

    carla = next(line for line in lines if line.person_id == CARLA)
    assert (carla.via, carla.group_name, carla.is_guest) == (Via.GROUP, "Partner Readers", True)


async def test_without_the_licence_people_are_still_listed(tenant: Tenant):
    tenant.reset(licence=False)

    (ben,) = await tenant.directory.application_users(APP4GUEST)

    assert (ben.person_id, ben.package_name) == (BEN, "")


async def test_a_mail_leaves_as_html_and_is_not_kept(tenant: Tenant):
    await tenant.directory.send_mail(MAILBOX, "ana@fabrikam.com", subject="Héllo", text="Hi", html="<p>Hi</p>")

    (letter,) = tenant.mailbox()
    message = letter["message"]
    assert message["subject"] == "Héllo"
    assert (message["body"]["contentType"].lower(), message["body"]["content"]) == ("html", "<p>Hi</p>")
    assert message["toRecipients"][0]["emailAddress"]["address"] == "ana@fabrikam.com"
    assert tenant.performed("POST", "/sendMail$")[0]["requestBody"]["SaveToSentItems"] is False


async def test_a_sender_without_a_mailbox_is_told_apart(tenant: Tenant):
    tenant.reset(mailbox=False)

    with pytest.raises(errors.NoMailbox):
        await tenant.directory.send_mail(MAILBOX, "ana@fabrikam.com", subject="s", text="t", html="")
    with pytest.raises(errors.NoMailbox):
        await tenant.directory.send_mail("nobody@contoso.com", "ana@fabrikam.com", subject="s", text="t", html="")


async def test_the_straight_invite_takes_six_round_trips(tenant: Tenant):
    """Survey, invitation, sponsor, assignment, lifecycle, mail."""
    directory = tenant.directory
    await directory.survey(ALEX, ["ana@fabrikam.com"], ["megan@contoso.com"])
    await invite_ana(tenant)
    await tenant.sponsors.give(ANA, MEGAN)
    await assign(tenant, ANA)
    await directory.govern(ANA)
    await directory.send_mail(MAILBOX, "ana@fabrikam.com", subject="s", text="t", html="<p>t</p>")

    assert len(tenant.round_trips()) == 6
