"""Guests are found, invited, restored and let in again, each exactly once."""

import pytest

from bot import errors
from bot.domain.people import Redemption
from tests.contracts.asked import LINK, assign, invite_ana
from tests.contracts.tenant import (
    ALEX,
    ANA,
    BEN,
    CARLA,
    DAN,
    EVA,
    MEGAN,
    NOBODY,
    Tenant,
)


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


async def test_an_invited_guest_exists_with_sponsor_and_redeem_url_and_no_mail(tenant: Tenant):
    invitation = await tenant.directory.invite(
        "ana@fabrikam.com", name="Ana Silva", redirect_url=LINK, sponsor_id=MEGAN
    )

    ana = await tenant.directory.person(ANA)
    assert invitation.guest_id == ANA
    assert invitation.redeem_url.startswith("http")
    assert ana
    assert (ana.name, ana.redemption) == ("Ana Silva", Redemption.PENDING)
    assert [one.id for one in (await tenant.sponsors.of([ANA]))[ANA]] == [MEGAN]
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
