"""What each Directory operation makes true, and how many round trips it takes."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import errors
from bot.domain.access import AssignmentState, RequestState, Via
from bot.domain.packages import Expiration, Scope
from bot.domain.people import InvitesFrom, Redemption
from bot.domain.roles import CatalogRole, Role
from tests.contracts.operations import INVITED_POLICY
from tests.contracts.tenant import (
    ADELE,
    ALEX,
    ANA,
    APP4GUEST,
    BEN,
    CARLA,
    CLOSED,
    DAN,
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
LINK = "https://myaccess.example/@contoso.onmicrosoft.com#/access-packages/1"


async def invite_ana(tenant: Tenant) -> None:
    await tenant.directory.invite("ana@fabrikam.com", name="Ana Silva", redirect_url=LINK, sponsor_id=ALEX)


async def assign(tenant: Tenant, person_id: str, package_id: str = INVITED, policy_id: str = INVITED_POLICY) -> str:
    return await tenant.directory.assign(
        person_id, package_id=package_id, policy_id=policy_id, ends_at=None, justification="audit"
    )


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


async def test_a_person_is_read_with_what_matters(tenant: Tenant):
    carla, dan = await tenant.directory.person(CARLA), await tenant.directory.person(DAN)

    assert carla
    assert dan
    assert (carla.address, carla.is_guest, carla.redemption) == ("carla@northwindtraders.com", True, Redemption.PENDING)
    assert not carla.has_redeemed
    assert dan.has_redeemed
    assert (carla.enabled, dan.enabled) == (True, False)
    assert await tenant.directory.person(NOBODY) is None
    assert await tenant.directory.person("ben@fabrikam.com") is None


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        ("ben@fabrikam.com", [BEN]),
        ("eva@adatum.com", [EVA]),
        ("alex@contoso.com", [ALEX]),
        ("o'brien@fabrikam.com", []),
        ("a' or userType eq 'Guest", []),
        ("plus+tag&x=1#frag@fabrikam.com", []),
    ],
)
async def test_an_address_leads_to_whom_it_belongs(tenant: Tenant, address: str, ids: list[str]):
    found = await tenant.directory.find(address)

    assert [person.id for person in found] == ids


async def test_a_deleted_guest_is_found_as_deleted(tenant: Tenant):
    (eva,) = await tenant.directory.find("eva@adatum.com")

    assert eva.is_deleted
    assert eva.address == "eva@adatum.com"


async def test_guests_are_listed_over_all_pages_with_the_deleted(tenant: Tenant):
    tenant.reset(pageSize=1)

    guests = await tenant.directory.guests()

    assert {guest.id for guest in guests} == {BEN, CARLA, DAN, EVA}
    assert [guest.id for guest in guests if guest.is_deleted] == [EVA]


async def test_packages_come_over_all_pages_too(tenant: Tenant):
    tenant.reset(pageSize=1)

    survey = await tenant.directory.survey(ALEX, ["ben@fabrikam.com"])

    assert len(survey.packages) == len(await tenant.directory.packages()) == 5


async def test_an_invited_guest_exists_with_sponsor_and_redeem_url_and_no_mail(tenant: Tenant):
    invitation = await tenant.directory.invite(
        "ana@fabrikam.com", name="Ana Silva", redirect_url=LINK, sponsor_id=MEGAN
    )

    ana = await tenant.directory.person(ANA)
    assert invitation.guest_id == ANA
    assert invitation.redeem_url.startswith("http")
    assert ana
    assert (ana.name, ana.redemption) == ("Ana Silva", Redemption.PENDING)
    assert [sponsor.id for sponsor in await tenant.directory.sponsors(ANA)] == [MEGAN]
    assert tenant.mailbox() == []
    assert tenant.performed("POST", "^/invitations")[0]["requestBody"]["sendInvitationMessage"] is False


async def test_a_new_guest_is_unknown_until_the_directory_has_replicated(tenant: Tenant):
    tenant.reset(replicationSeconds=60)
    await invite_ana(tenant)

    before = await tenant.directory.person(ANA)
    with pytest.raises(errors.NotFound):
        await assign(tenant, ANA)
    tenant.advance(seconds=61)

    assert before is None
    assert await tenant.directory.person(ANA)


async def test_inviting_a_guest_again_finds_the_same_guest(tenant: Tenant):
    again = await tenant.directory.invite("ben@fabrikam.com", name="", redirect_url=LINK, sponsor_id="")

    assert again.guest_id == BEN


async def test_a_member_is_not_invited(tenant: Tenant):
    with pytest.raises(errors.AlreadyThere):
        await tenant.directory.invite("lee@contoso.com", name="", redirect_url=LINK, sponsor_id="")


@pytest.mark.parametrize("address", ["x@blocked.example", "x@unreachable.example", "a!b@fabrikam.com"])
async def test_an_address_entra_refuses_is_told_in_entra_s_words(tenant: Tenant, address: str):
    with pytest.raises(errors.Rejected) as caught:
        await tenant.directory.invite(address, name="", redirect_url=LINK, sponsor_id="")

    assert caught.value.detail


async def test_invitations_switched_off_are_refused_not_a_missing_permission(tenant: Tenant):
    tenant.reset(allowInvitesFrom="none")

    with pytest.raises(errors.Rejected):
        await invite_ana(tenant)


async def test_a_reset_guest_redeems_anew_under_the_same_id(tenant: Tenant):
    invitation = await tenant.directory.reset_redemption(BEN, "ben@fabrikam.com", redirect_url=LINK)

    ben = await tenant.directory.person(BEN)
    assert invitation.guest_id == BEN
    assert ben
    assert ben.redemption is Redemption.PENDING


async def test_a_deleted_guest_is_restored_and_restoring_twice_is_fine(tenant: Tenant):
    await tenant.directory.restore(EVA)
    await tenant.directory.restore(EVA)

    eva = await tenant.directory.person(EVA)
    assert eva
    assert not eva.is_deleted


async def test_a_person_nobody_knows_cannot_be_restored(tenant: Tenant):
    with pytest.raises(errors.NotFound):
        await tenant.directory.restore(NOBODY)


async def test_sign_in_is_allowed_again(tenant: Tenant):
    await tenant.directory.set_enabled(DAN, enabled=True)

    dan = await tenant.directory.person(DAN)
    assert dan
    assert dan.enabled


async def test_adding_a_sponsor_twice_leaves_one(tenant: Tenant):
    await tenant.directory.add_sponsor(BEN, MEGAN)
    await tenant.directory.add_sponsor(BEN, MEGAN)

    assert [person.id for person in await tenant.directory.sponsors(BEN)].count(MEGAN) == 1


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
    await directory.add_sponsor(ANA, MEGAN)
    await assign(tenant, ANA)
    await directory.govern(ANA)
    await directory.send_mail(MAILBOX, "ana@fabrikam.com", subject="s", text="t", html="<p>t</p>")

    assert len(tenant.round_trips()) == 6
