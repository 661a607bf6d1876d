"""`report` reads the tenant once and shows it in charts that have words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.sweeps import begun
from bot.domain.tally import Tally, cell
from tests.teams.office import LEE, Office
from tests.teams.test_audit import lee_reading_partners, trips, words

INVITED = "99999999-9999-4999-8999-999999999991"


async def test_the_report_costs_four_round_trips_and_counts_the_tenant(office: Office, tenant_url: str) -> None:
    await office.say("help")
    await office.say("guests")
    before = len(await trips(office, tenant_url))

    await office.say("report")

    said = words(office)
    asked = (await trips(office, tenant_url))[before:]
    guests = await office.deps.directory.guests()
    accepted = sum(one.has_redeemed and one.enabled and not one.is_deleted for one in guests)
    assert f"✔ Invitation accepted: {accepted}" in said
    assert "● Invited users package: " in said
    assert "Access that ends, by week" in said
    assert "No invite of the last 90 days has led to access yet." in said
    assert len(asked) <= 4, asked


async def test_of_a_great_many_the_last_sweeps_count_is_told_with_its_time(office: Office, tenant_url: str) -> None:
    now = office.deps.clock.now()
    at = now - timedelta(minutes=12)
    counted = Tally({"delivered": 98_765}, {INVITED: 98_765}, {INVITED: {cell(now + timedelta(days=10)): 7_654}})
    over = replace(begun("7", at), kept_at=now, rows=98_765, over=True, tally=counted)
    await office.deps.sweeps.take("a sweep", now, timedelta(minutes=1))
    await office.deps.sweeps.keep("a sweep", over, now, timedelta(minutes=1))
    before = len(await trips(office, tenant_url))

    await office.say("report")

    said = words(office)
    assert "● Invited users package: 98765" in said
    assert ": 7654" in said
    assert "Held 98,765 times in all" in said
    assert ", access as of 12 minutes ago" in said
    assert not [one for one in (await trips(office, tenant_url))[before:] if "assignments" in one]


async def test_somebody_without_a_role_gets_no_numbers(office: Office) -> None:
    await office.say("report", who=LEE)

    assert "You may not do that" in words(office, "a:1lee")


async def test_a_role_in_one_catalog_counts_that_catalogs_packages_only(office: Office) -> None:
    async with lee_reading_partners(office):
        await office.say("report", who=LEE)

    assert "Only the access packages of your catalogs." in words(office, "a:1lee")
    assert "Invited users package" not in words(office, "a:1lee")
