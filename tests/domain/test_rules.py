"""Who may do what, when access ends, and what a name means."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.building.delegation import may_onboard
from bot.domain.building.resources import Resource, ResourceCandidate, System
from bot.domain.ends import Ends
from bot.domain.matching import match
from bot.domain.packages import Expiration, Policy, Scope
from bot.domain.people import InvitesFrom
from bot.domain.roles import Act, CatalogRole, Role, Roles, refusal

NOW = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@given(st.sampled_from(Act), st.booleans())
def test_without_a_role_nothing_is_allowed(act: Act, is_guest: bool) -> None:
    assert refusal(act, Roles(is_guest=is_guest), catalog_id="c1") is not None


@given(st.sampled_from(Act))
def test_a_global_administrator_may_everything(act: Act) -> None:
    roles = Roles(frozenset({Role.GLOBAL_ADMINISTRATOR.template_id}))

    assert refusal(act, roles, catalog_id="c1") is None


def test_a_catalog_role_counts_in_its_catalog_only() -> None:
    roles = Roles(catalogs={"c1": frozenset({CatalogRole.PACKAGE_MANAGER})})

    assert refusal(Act.ASSIGN, roles, catalog_id="c1") is None
    assert refusal(Act.ASSIGN, roles, catalog_id="c2") is not None
    assert refusal(Act.ASSIGN, roles, catalog_id=None) is None
    assert refusal(Act.INVITE, roles, catalog_id="c1") is not None


@pytest.mark.parametrize(
    ("act", "catalog", "named"),
    [(Act.READ, "c2", "c2"), (Act.BUILD, "c2", "c2"), (Act.ORGANIZE, "c2", ""), (Act.BUILD, None, "")],
)
def test_who_has_roles_elsewhere_is_told_the_catalog_in_which_one_is_missing(act, catalog, named):
    roles = Roles(catalogs={"c1": frozenset({CatalogRole.READER})})

    missing = refusal(act, roles, catalog_id=catalog)

    assert missing is not None
    assert missing.catalog_id == named
    assert refusal(act, Roles(), catalog_id=catalog).catalog_id == ""


@pytest.mark.parametrize(("role", "allowed"), [(CatalogRole.ASSIGNMENT_MANAGER, False), (CatalogRole.OWNER, True)])
def test_only_who_manages_packages_may_add_a_policy(role: CatalogRole, allowed: bool) -> None:
    roles = Roles(catalogs={"c1": frozenset({role})})

    assert (refusal(Act.ADD_POLICY, roles, catalog_id="c1") is None) is allowed


def test_members_may_invite_where_the_tenant_lets_them_and_guests_never() -> None:
    assert refusal(Act.INVITE, Roles(), invites_from=InvitesFrom.MEMBERS) is None
    assert refusal(Act.INVITE, Roles(is_guest=True), invites_from=InvitesFrom.EVERYONE) is not None


def test_a_refusal_names_every_role_that_would_do() -> None:
    missing = refusal(Act.ASSIGN, Roles())

    assert missing is not None
    assert {"Identity Governance Administrator", "Catalog owner"} <= set(missing.roles)


@given(st.integers(1, 3660))
def test_days_are_counted_from_the_start(days: int) -> None:
    assert Ends(days=days).moment(NOW, BERLIN) == NOW + timedelta(days=days)


def test_a_date_ends_with_its_day_where_the_person_is_also_when_clocks_change() -> None:
    ends = Ends(on=date(2026, 3, 29)).moment(NOW, BERLIN)

    assert ends == datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "ends", [Ends(days=0), Ends(days=-1), Ends(days=3661), Ends(on=date(2026, 3, 27)), Ends(on=date(2040, 1, 1))]
)
def test_an_end_that_cannot_be_says_why(ends: Ends) -> None:
    assert ends.problem(NOW, BERLIN, None)


def test_the_policy_caps_the_end() -> None:
    policy = Policy("p", "All", Scope.ALL_USERS, expiration=Expiration(after=timedelta(days=14)))

    assert Ends(days=14).problem(NOW, BERLIN, policy) is None
    last = NOW + timedelta(days=14)
    assert f"until {last.day} {last:%B %Y} at most" in (Ends(days=30).problem(NOW, BERLIN, policy) or "")


@given(st.one_of(st.builds(Ends), st.builds(Ends, days=st.integers(1, 999)), st.builds(Ends, on=st.dates())))
def test_an_end_survives_json(ends: Ends) -> None:
    assert Ends.from_json(ends.to_json()) == ends


@pytest.mark.parametrize(
    ("wanted", "one"), [("x1", "Alpha"), ("Alpha", "Alpha"), ("  alpha ", "Alpha"), ("Alp", "Alpha"), ("Beta", "Beta")]
)
def test_a_name_finds_the_one_thing_it_fits(wanted: str, one: str) -> None:
    things = [("x1", "Alpha"), ("x2", "Beta"), ("x3", "Beta two")]

    assert match(wanted, things, name=lambda thing: thing[1], key=lambda thing: thing[0]).one == next(
        thing for thing in things if thing[1] == one
    )


def test_a_misspelt_name_suggests_and_two_alike_are_both_shown() -> None:
    things = [("x1", "Alpha"), ("x2", "Beta"), ("x3", "Beta")]

    assert match("Alhpa", things, name=lambda thing: thing[1], key=lambda thing: thing[0]).near == (("x1", "Alpha"),)
    assert len(match("beta", things, name=lambda thing: thing[1], key=lambda thing: thing[0]).several) == 2


@pytest.mark.parametrize("act", [Act.READ, Act.CHANGE_CATALOG, Act.BUILD, Act.ASSIGN, Act.DELEGATE, Act.ORGANIZE])
def test_a_creator_of_catalogs_may_nothing_in_those_of_others(act: Act) -> None:
    roles = Roles(catalogs={"": frozenset({CatalogRole.CREATOR})})

    assert refusal(act, roles, catalog_id="c1") is not None
    assert refusal(act, roles, catalog_id=None) is not None
    assert refusal(Act.ADD_CATALOG, roles) is None


@pytest.mark.parametrize("act", [Act.DELEGATE, Act.ORGANIZE, Act.SET_LIFECYCLE, Act.ADD_CATALOG])
def test_an_owner_of_a_catalog_decides_nothing_for_the_whole_tenant(act: Act) -> None:
    roles = Roles(catalogs={"c1": frozenset({CatalogRole.OWNER})})

    assert refusal(act, roles, catalog_id="c1") is not None
    assert refusal(act, roles, catalog_id=None) is not None


def test_an_owner_puts_into_a_catalog_what_they_own_and_an_administrator_anything() -> None:
    group = ResourceCandidate(Resource(System.GROUP, "g1", "Readers"), (), owner_ids=("adele",))
    owner = Roles(catalogs={"c1": frozenset({CatalogRole.OWNER}), "": frozenset({CatalogRole.OWNER})})
    governing = Roles(frozenset({Role.GOVERNANCE_ADMINISTRATOR.template_id}))

    assert may_onboard(group, owner, "adele")
    assert not may_onboard(group, owner, "lee")
    assert may_onboard(group, governing, "lee")
