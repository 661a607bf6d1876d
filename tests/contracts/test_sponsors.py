"""Who answers for guests is read in few round trips, given, and taken back."""

import pytest

from bot import errors
from bot.graph.sponsors import EntraSponsors
from tests.contracts.asked import invite_ana
from tests.contracts.tenant import ADELE, ALEX, ANA, BEN, CARLA, DAN, EVA, LEE, MEGAN, NOBODY, PHOENIX, Tenant


async def test_the_sponsors_of_many_people_are_one_round_trip(tenant: Tenant):
    await tenant.sponsors.give(BEN, MEGAN)
    people = [BEN, CARLA, *(f"00000000-0000-4000-8000-{number:012}" for number in range(40))]
    before = len(tenant.round_trips())

    found = await tenant.sponsors.of(people)

    assert list(found) == people
    assert {one.id for one in found[BEN]} == {ALEX, MEGAN}
    assert [(one.name, one.address, one.is_group, one.enabled) for one in found[CARLA]] == [
        ("Alex Wilber", "alex@contoso.com", False, True)
    ]
    assert found[people[-1]] == ()
    assert len(tenant.round_trips()) == before + 1


async def test_nobody_is_asked_about_without_a_round_trip(tenant: Tenant):
    before = len(tenant.round_trips())

    assert await tenant.sponsors.of([]) == {}
    assert await tenant.sponsors.of(["x' or true"]) == {"x' or true": ()}
    assert len(tenant.round_trips()) == before


async def test_a_group_answers_for_guests_too(tenant: Tenant):
    await tenant.sponsors.give(BEN, PHOENIX)

    groups = [one for one in (await tenant.sponsors.of([BEN]))[BEN] if one.is_group]

    assert [(one.id, one.name, one.enabled) for one in groups] == [(PHOENIX, "Project Phoenix", True)]


async def test_of_a_group_the_members_who_can_sign_in_are_told_in_one_round_trip(tenant: Tenant):
    before = len(tenant.round_trips())

    found = await tenant.sponsors.members_of([PHOENIX, NOBODY, "no id"])

    assert [(one.id, one.name, one.is_group) for one in found[PHOENIX]] == [(MEGAN, "Megan Bowen", False)]
    assert (found[NOBODY], found["no id"]) == ((), ())
    assert len(tenant.round_trips()) == before + 1


async def test_a_sponsor_who_cannot_sign_in_is_told_apart(tenant: Tenant):
    await tenant.sponsors.give(BEN, LEE)
    await tenant.directory.set_enabled(LEE, enabled=False)

    enabled = {one.id: one.enabled for one in (await tenant.sponsors.of([BEN]))[BEN]}

    assert enabled == {ALEX: True, LEE: False}


async def test_guests_come_with_their_sponsors_page_by_page(tenant: Tenant):
    sponsors = EntraSponsors(tenant.graph, page=1)

    pages = [page async for page in sponsors.sponsored()]

    assert {one.guest.id: one.ids for page in pages for one in page} == {one: {ALEX} for one in (BEN, CARLA, DAN)}
    assert all(len(page) == 1 for page in pages)


async def test_the_guests_somebody_answers_for_are_found_by_name(tenant: Tenant):
    await tenant.sponsors.give(BEN, MEGAN)

    assert [one.id for one in await tenant.sponsors.guests_of(MEGAN)] == [BEN]
    assert [one.id for one in await tenant.sponsors.guests_of(ALEX)] == [BEN, CARLA, DAN]
    assert await tenant.sponsors.guests_of(EVA) == ()


async def test_giving_and_taking_twice_changes_nothing_more(tenant: Tenant):
    for _ in range(2):
        await tenant.sponsors.give(BEN, MEGAN)
    for _ in range(2):
        await tenant.sponsors.take(BEN, ALEX)

    assert [one.id for one in (await tenant.sponsors.of([BEN]))[BEN]] == [MEGAN]


async def test_a_guest_who_is_too_new_gets_no_sponsor_yet(tenant: Tenant):
    tenant.reset(replicationSeconds=60)
    await invite_ana(tenant)

    with pytest.raises(errors.NotFound):
        await tenant.sponsors.give(ANA, MEGAN)


async def test_a_sixth_sponsor_is_refused_in_words(tenant: Tenant):
    for one in (MEGAN, ADELE, LEE, PHOENIX):
        await tenant.sponsors.give(BEN, one)

    with pytest.raises(errors.Rejected) as caught:
        await tenant.sponsors.give(BEN, CARLA)

    assert caught.value.detail


async def test_managers_are_read_with_those_who_report_to_them(tenant: Tenant):
    await tenant.directory.set_enabled(LEE, enabled=False)
    before = len(tenant.round_trips())

    found = await tenant.sponsors.managers_of([LEE, MEGAN, ALEX, NOBODY])

    assert {one: (person.enabled, manager) for one, (person, manager) in found.items()} == {
        LEE: (False, ADELE),
        MEGAN: (True, ADELE),
        ALEX: (True, ""),
    }
    assert len(tenant.round_trips()) == before + 1


async def test_a_manager_is_a_person_or_nobody(tenant: Tenant):
    adele = await tenant.sponsors.manager_of(LEE)

    assert adele
    assert (adele.id, adele.name, adele.address) == (ADELE, "Adele Vance", "adele@contoso.com")
    assert await tenant.sponsors.manager_of(ALEX) is None
    assert await tenant.sponsors.manager_of("../me") is None
