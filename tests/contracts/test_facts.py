"""How the people and groups that packages name are doing, and how much a package is used."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.facts import Facts, Standing, Use
from bot.domain.building.organizations import ConnectedOrganization
from bot.domain.building.resources import Resource, ResourceRole, Role, System
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.building.terms import Frequency, Review, Stage
from bot.domain.packages import Catalog, Scope
from sandbox.seed.groups import ALL_GUESTS, DESIGN
from tests.contracts.governance_operations import DEFAULT_ROLE, TERMS
from tests.contracts.tenant import (
    ADELE,
    BEN,
    CARLA,
    DAN,
    GENERAL,
    INVITED,
    LEE,
    NOBODY,
    PARTNER,
    PHOENIX,
    READERS,
    Tenant,
)  # fmt: skip


async def test_the_use_of_a_package_is_counted(tenant: Tenant):
    tenant.act(CARLA, "request", accessPackageId=PARTNER)
    now = datetime.now(UTC)

    held = await tenant.governance.use(INVITED, now=now, within=timedelta(days=30))
    soon = await tenant.governance.use(INVITED, now=now, within=timedelta(days=2))
    asked = await tenant.governance.use(PARTNER, now=now, within=timedelta(days=30))
    unknown = await tenant.governance.use(NOBODY, now=now, within=timedelta(days=30))

    assert (held, soon) == (Use(assigned=1, expiring=1), Use(assigned=1))
    assert (asked, unknown) == (Use(pending=1), Use())
    assert tenant.round_trips() == ["POST /$batch"] * 4


async def test_whoever_is_being_given_a_package_counts(tenant: Tenant):
    tenant.reset(deliverySeconds=60)
    tenant.act(CARLA, "request", accessPackageId=INVITED)
    tenant.advance(seconds=20)

    use = await tenant.governance.use(INVITED, now=datetime.now(UTC), within=timedelta(days=2))

    assert (use.delivering, use.pending, use.waiting) == (1, 0, 1)


def naming(*subjects: Subject, **more: Any) -> Blueprint:
    return Blueprint("P", Catalog(GENERAL, "General"), policies=(replace(TERMS, stages=(Stage(subjects),)),), **more)


def user(key: str) -> Subject:
    return Subject(SubjectKind.USER, key)


async def test_facts_say_how_everybody_named_is_doing_in_one_round_trip(tenant: Tenant):
    roles = (ResourceRole(Resource(System.GROUP, ALL_GUESTS, "All Guests"), Role("x", "Member")), DEFAULT_ROLE)
    first = naming(user(ADELE), user(BEN), user(DAN), user(NOBODY), Subject(SubjectKind.MANAGER), roles=roles)
    second = naming(
        Subject(SubjectKind.GROUP, READERS),
        Subject(SubjectKind.GROUP, DESIGN),
        Subject(SubjectKind.GROUP, NOBODY[:-1] + "1"),
        incompatible_groups=(Named(PHOENIX, "Project Phoenix"),),
    )
    reviewed = replace(second.policies[0], review=Review(Frequency.YEARLY, (user(LEE),)))

    facts = await tenant.governance.facts([first, replace(second, policies=(*second.policies, reviewed))])

    assert tenant.round_trips() == ["POST /$batch"]
    assert facts.standings == {
        ADELE: Standing.FINE,
        LEE: Standing.FINE,
        BEN: Standing.GUEST,
        DAN: Standing.DISABLED,
        NOBODY: Standing.DELETED,
        ALL_GUESTS: Standing.DYNAMIC,
        READERS: Standing.EMPTY,
        DESIGN: Standing.FINE,
        PHOENIX: Standing.FINE,
        NOBODY[:-1] + "1": Standing.DELETED,
    }


@pytest.mark.parametrize("scope", [Scope.ALL_ORGANISATIONS, Scope.SOME_ORGANISATIONS])
async def test_connected_organizations_are_looked_up_for_policies_about_them(tenant: Tenant, scope: Scope):
    made = await tenant.catalogs.create_organization("Fabrikam", domain="fabrikam.com")
    partners = replace(TERMS, scope=scope, stages=(Stage((user(ADELE),)),))
    before = len(tenant.round_trips())

    facts = await tenant.governance.facts([Blueprint("P", Catalog(GENERAL, "General"), policies=(partners,))])

    assert facts.organizations == (ConnectedOrganization(made, "Fabrikam"),)
    assert facts.standings == {ADELE: Standing.FINE}
    assert tenant.round_trips()[before:] == ["POST /$batch"]


async def test_nobody_named_is_nothing_asked(tenant: Tenant):
    facts = await tenant.governance.facts([naming(Subject(SubjectKind.MANAGER), user("not an id"))])

    assert (facts, tenant.round_trips()) == (Facts(), [])
