"""People who are no administrators work in a catalog as far as their role goes, typed or pressed, and no further.

Alex (Global Administrator) gives the roles. Adele manages packages of Partners from the start; Lee Gu has no role but
those a journey gives and takes back.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.delegated import GENERAL, LEE, PARTNERS, role, settled, take_all
from tests.journeys.stage import PACKAGE, PEOPLE, Stage, until

PROJECT = "99999999-9999-4999-8999-999999999992"
READERS, PHOENIX = (f"77777777-7777-4777-8777-77777777777{n}" for n in (1, 2))
FORBIDDEN = [
    'catalog publish "Partners"',
    'catalog unpublish "Partners"',
    'catalog rename "Partners" to "Mine"',
    'catalog delete "Partners"',
    'catalog add "Partners" group:"Partner Readers"',
    'catalog remove "Partners" "Partners"',
    'delegate catalog "Partners" owner lee@contoso.com',
    'undelegate catalog "Partners" package manager adele@contoso.com',
    "delegate catalog-creator lee@contoso.com",
    'catalog new "Mine"',
    "org add fabrikam.com",
    "settings guests none",
]
PRESSED: list[dict[str, Any]] = [
    {"verb": "catalog.unpublish.yes", "catalog": PARTNERS},
    {"verb": "catalog.internal.yes", "catalog": PARTNERS},
    {"verb": "catalog.rename", "catalog": PARTNERS, "name": "Mine"},
    {"verb": "catalog.delete", "catalog": PARTNERS, "confirm": "Partners"},
    {"verb": "catalog.add", "catalog": PARTNERS, "system": "group", "resource": PHOENIX},
    {"verb": "catalog.remove.yes", "catalog": PARTNERS, "resource": READERS},
    {"verb": "catalog.create", "name": "Mine", "external": "yes"},
    {"verb": "delegate.give", "catalog": PARTNERS, "role": "Catalog owner", "person": LEE},
    {"verb": "delegate.give", "everywhere": "yes", "role": "Catalog creator", "person": LEE},
    {"verb": "delegate.give", "catalog": PARTNERS, "role": "Catalog creator", "person": LEE},
    {"verb": "undelegate.yes", "catalog": PARTNERS, "person": PEOPLE["adele"][0]},
    {"verb": "org.add.sure", "source": "fabrikam.com", "name": "Fabrikam"},
    {"verb": "org.remove.yes", "organization": "x"},
    {"verb": "settings.guests.yes", "ending": "none"},
]


@pytest.mark.parametrize("sentence", ["catalogs", 'catalog "Partners"', 'delegations "Partners"', "orgs", *FORBIDDEN])
def test_without_a_role_nothing_can_be_asked(stage: Stage, sentence: str) -> None:
    before = settled(stage)

    stage.ask("lee", sentence, "You may not do that", "Alex Wilber")

    assert settled(stage) == before


@pytest.mark.parametrize("pressed", PRESSED, ids=lambda one: one["verb"])
def test_without_a_role_no_button_made_up_does_anything(stage: Stage, pressed: dict[str, Any]) -> None:
    before, untouched = set(stage.cards("lee")), settled(stage)

    stage.execute("lee", pressed, card="m-none")

    stage.news("lee", before, "You may not do that")
    assert settled(stage) == untouched


@pytest.mark.parametrize("sentence", FORBIDDEN)
def test_a_package_manager_changes_nothing_about_the_catalog(stage: Stage, sentence: str) -> None:
    before = settled(stage)

    stage.ask("adele", sentence, "You may not do that")

    assert settled(stage) == before


@pytest.mark.parametrize("pressed", PRESSED, ids=lambda one: one["verb"])
def test_a_package_manager_does_no_more_with_buttons_made_up(stage: Stage, pressed: dict[str, Any]) -> None:
    before, untouched = set(stage.cards("adele")), settled(stage)

    stage.execute("adele", pressed, card="m-none")

    stage.news("adele", before, "You may not do that")
    assert settled(stage) == untouched


def test_a_package_manager_sees_the_catalog_and_no_other(stage: Stage) -> None:
    listed = stage.words("adele", stage.ask("adele", "catalogs", "Catalogs"))
    card = stage.ask("adele", 'catalog "Partners"', "Catalog “Partners”", "Partner project")
    packages = stage.words("adele", stage.ask("adele", "packages", "Access packages"))
    stage.ask("adele", 'catalog "General"', "You may not do that")
    stage.ask("adele", 'delegations "General"', "You may not do that")

    assert "General" not in listed
    assert stage.titles("adele", card) == ["New package", "Who works here"]
    assert "Partner project" in packages
    assert "Invited users package" not in packages


@pytest.mark.parametrize(
    "sentence",
    ['package "Invited users package"', 'package edit "Invited users package" days:9', 'catalog "General"'],
)
def test_a_refusal_names_the_catalog_in_which_a_role_is_missing(stage: Stage, sentence: str) -> None:
    card = stage.ask("adele", sentence, "You may not do that", "Your roles are for other catalogs", "in “General”")

    assert "Alex Wilber" in stage.words("adele", card)


def test_a_refusal_says_which_role_one_has_there(stage: Stage) -> None:
    with role(stage, "owner", who="adele", catalog="General"):
        card = stage.ask("adele", 'catalog publish "Partners"', "In “Partners” you are Access package manager")

    assert "other catalogs" not in stage.words("adele", card)


def test_a_refusal_sends_to_the_owners_of_the_catalog_first(stage: Stage) -> None:
    with role(stage, "owner", catalog="General"):
        card = stage.ask("adele", 'package "Invited users package"', "You may not do that")

    asked = stage.words("adele", card).splitlines()[-1].split(", ")
    assert (asked[0], asked[-1]) == ("Lee Gu", "Alex Wilber")


def test_who_has_no_role_anywhere_is_told_no_catalogs_name(stage: Stage) -> None:
    card = stage.ask("lee", 'package "Partner project"', "You may not do that")

    assert "Partners" not in stage.words("lee", card)


def assigned(stage: Stage, who: str, package: str, name: str) -> str:
    """The address of a guest to whom this person just assigned this package."""
    address = stage.fresh("delegated")
    stage.say("alex", f'invite {address} to "Invited users package"')
    until(lambda: stage.mails(address), what="the mail went out")
    stage.say(who, f'assign {address} to "{name}" for 5 days')
    question = stage.shown(who, address)
    if "Add the policy and assign" in stage.titles(who, question):
        stage.press(who, "Add the policy and assign", card=question)
    until(lambda: package in [p for p, _ in held(stage, address)], what=f"{who} assigned {name}")
    until(lambda: "delivered" in stage.held(address), what="delivered")
    return address


def held(stage: Stage, address: str) -> list[tuple[str, str]]:
    """Package id and state of each assignment."""
    person = stage.user(address)["id"]
    found = [one for one in stage.state()["assignments"] if one["target"]["objectId"] == person]
    return [(one["accessPackage"]["id"], one["state"]) for one in found]


def test_an_owner_does_everything_in_the_catalog_and_nothing_elsewhere(stage: Stage) -> None:
    with role(stage, "owner"):
        stage.ask("lee", 'catalog rename "Partners" description:"Looked after by Lee"', "Renamed.")
        stage.ask("lee", 'delegate catalog "Partners" reader megan@contoso.com', "Megan Bowen is now a catalog reader")
        taking = stage.ask("lee", 'undelegate catalog "Partners" reader megan@contoso.com', "back from Megan Bowen")
        stage.press("lee", "Yes, take it back", card=taking)
        stage.shown("lee", "Megan Bowen is no longer a catalog reader")
        before = settled(stage)
        for sentence in (
            'catalog unpublish "General"',
            'delegate catalog "General" owner lee@contoso.com',
            "delegate catalog-creator lee@contoso.com",
            'catalog new "Mine"',
            "org add fabrikam.com",
            "settings guests none",
        ):
            stage.ask("lee", sentence, "You may not do that")
        for pressed in (
            {"verb": "catalog.unpublish.yes", "catalog": GENERAL},
            {"verb": "delegate.give", "catalog": GENERAL, "role": "Catalog owner", "person": LEE},
            {"verb": "delegate.give", "catalog": PARTNERS, "role": "Catalog creator", "person": LEE},
        ):
            seen = set(stage.cards("lee"))
            stage.execute("lee", pressed, card="m-none")
            stage.news("lee", seen, "You may not do that")
        after = settled(stage)

    assert after == before


def test_an_owner_adds_only_what_they_own(stage: Stage) -> None:
    with role(stage, "owner"):
        before = settled(stage)
        stage.ask("lee", 'catalog add "Partners" group:"Project Phoenix"', "You do not own “Project Phoenix”")
        seen = set(stage.cards("lee"))
        pressed = {"verb": "catalog.add", "catalog": PARTNERS, "system": "app", "resource": "App4Guest"}
        stage.execute("lee", pressed, card="m-none")
        stage.news("lee", seen, "You do not own “App4Guest”")
        after = settled(stage)

    assert after == before


def test_an_owner_of_the_group_adds_it(stage: Stage) -> None:
    name = stage.fresh("Own ").partition("@")[0]
    stage.ask("alex", f'catalog new "{name}"', "Created")
    with role(stage, "owner", who="adele", catalog=name):
        stage.ask("adele", f'catalog add "{name}" group:"Partner Readers"', "Partner Readers was added")
        catalog = next(one["id"] for one in stage.state()["catalogs"] if one["displayName"] == name)

        until(lambda: [one for one in stage.state()["catalogResources"] if one["catalogId"] == catalog], what="added")


@pytest.mark.parametrize("name", ["owner", "package manager", "assignment manager"])
def test_whoever_may_assigns_and_takes_back_in_the_catalog_only(stage: Stage, name: str) -> None:
    with role(stage, name):
        address = assigned_by_policy(stage, "lee")
        stage.ask("lee", f'assign {address} to "Invited users package" for 5 days', "You may not do that")
        seen = set(stage.cards("lee"))
        forged = {"verb": "assign.submit", "addresses": address, "package": PACKAGE, "way": "assign", "sure": "guest"}
        stage.execute("lee", forged, card="m-none")
        stage.news("lee", seen, "You may not do that")
        stage.ask("lee", f'invite {stage.fresh("new")} to "Partner project"', "You may not do that", "Guest Inviter")
        form = stage.words("lee", stage.ask("lee", f"assign {address}", "Assign an access package"))
        stage.ask("lee", "revoke ben@fabrikam.com", "You may not do that")
        held_before = held(stage, address)
        card = stage.ask("lee", f'revoke {address} "Partner project"', "Revoke “Partner project”")
        stage.press("lee", "Yes, revoke", card=card)
        until(lambda: (PROJECT, "expired") in held(stage, address), what="taken back", seconds=30)

    assert held_before == [(PROJECT, "delivered")]
    assert "Partner project" in form
    assert "Invited users package" not in form
    assert "delivered" in stage.held("ben@fabrikam.com")


def assigned_by_policy(stage: Stage, who: str) -> str:
    """A guest with Partner project, which has a policy for direct assignment once Adele used it."""
    direct = [
        one
        for one in stage.state()["assignmentPolicies"]
        if one["accessPackage"]["id"] == PROJECT and one["allowedTargetScope"] == "notSpecified"
    ]
    if not direct:
        assigned(stage, "adele", PROJECT, "Partner project")
    return assigned(stage, who, PROJECT, "Partner project")


def test_an_assignment_manager_adds_no_policy_and_does_not_touch_the_catalog(stage: Stage) -> None:
    with role(stage, "assignment manager"):
        before = settled(stage)
        policies = len(stage.state()["assignmentPolicies"])
        for sentence in FORBIDDEN:
            stage.ask("lee", sentence, "You may not do that")
        after = settled(stage)

    assert after == before
    assert len(stage.state()["assignmentPolicies"]) == policies


def test_a_reader_looks_and_does_nothing(stage: Stage) -> None:
    with role(stage, "reader"):
        before = settled(stage)
        card = stage.ask("lee", 'catalog "Partners"', "Catalog “Partners”", "Partner project")
        stage.ask("lee", 'catalog "General"', "You may not do that")
        for sentence in (*FORBIDDEN, 'assign ben@fabrikam.com to "Partner project"', "revoke ben@fabrikam.com"):
            stage.ask("lee", sentence, "You may not do that")
        after = settled(stage)

    assert stage.titles("lee", card) == ["Who works here"]
    assert after == before


def test_a_creator_makes_catalogs_and_owns_those_only(stage: Stage) -> None:
    stage.ask("alex", "delegate catalog-creator lee@contoso.com", "Lee Gu is now a catalog creator")
    stage.ask("alex", "delegations catalog-creators", "Who may create catalogs", "Lee Gu")
    nothing = stage.words("lee", stage.ask("lee", "catalogs", "Catalogs"))
    stage.ask("lee", 'catalog new "Lee\'s catalog"', "Created. You own it.")
    stage.ask("lee", 'catalog external "Lee\'s catalog"', "Visible outside")
    stage.ask("lee", 'catalog "Partners"', "You may not do that")
    stage.ask("lee", 'catalog unpublish "Partners"', "You may not do that")
    stage.ask("lee", "guests", "Guests")
    take_all(stage, "lee")
    stage.ask("lee", 'catalog new "Another"', "You may not do that")

    assert "There are no catalogs you can see" in nothing
    assert [one["displayName"] for one in stage.state()["catalogs"]].count("Another") == 0


def test_a_role_taken_back_is_gone_at_once(stage: Stage) -> None:
    with role(stage, "owner"):
        stage.ask("lee", 'catalog "Partners"', "Catalog “Partners”")

    stage.ask("lee", 'catalog "Partners"', "You may not do that")


def test_help_shows_each_person_what_their_role_opens(stage: Stage) -> None:
    with role(stage, "reader"):
        opened = stage.words("lee", stage.ask("lee", "help catalogs", "What Usher does for you"))
    adele = stage.words("adele", stage.ask("adele", "help", "What Usher does for you"))

    before, closed = opened.split("Not open to you")
    assert 'catalog "Partners"' in before
    assert "catalog publish" not in before
    assert "catalog publish" in closed
    assert "help catalogs" in adele.partition("Not open to you")[0]
