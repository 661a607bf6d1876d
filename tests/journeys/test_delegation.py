"""Roles in catalogs are given, seen and taken back; what cannot be is said in plain words."""

from __future__ import annotations

import pytest

from tests.journeys.delegated import GENERAL, LEE, PARTNERS, role, roles_of, settled, take_all
from tests.journeys.stage import Stage


def test_a_role_is_given_seen_and_taken_back(stage: Stage) -> None:
    stage.ask("alex", 'delegate catalog "Partners" reader lee@contoso.com', "Lee Gu is now a catalog reader")
    given = roles_of(stage, LEE)

    card = stage.ask("alex", 'delegations "Partners"', "Who works in “Partners”", "Lee Gu", "Adele Vance")
    stage.press("alex", "Take back: Lee Gu", card=card)
    question = stage.shown("alex", "Take the role Catalog reader back from Lee Gu?")
    held = roles_of(stage, LEE)
    stage.press("alex", "Yes, take it back", card=question)
    stage.shown("alex", "Lee Gu is no longer a catalog reader")

    assert given == held == [f"/AccessPackageCatalog/{PARTNERS}"]
    assert roles_of(stage, LEE) == []


def test_a_person_is_found_by_full_name_and_offered_by_half_of_it(stage: Stage) -> None:
    card = stage.ask("alex", 'delegate catalog "Partners" reader "Lee"', "Who is “Lee”?")
    nothing = roles_of(stage, LEE)
    stage.press("alex", "Lee Gu", card=card)
    stage.shown("alex", "Lee Gu is now a catalog reader")
    stage.ask("alex", 'delegate catalog "Partners" reader "lee gu"', "Lee Gu is a catalog reader already")
    given = roles_of(stage, LEE)
    take_all(stage, "lee")

    assert (nothing, given) == ([], [f"/AccessPackageCatalog/{PARTNERS}"])


def test_giving_a_role_twice_is_giving_it(stage: Stage) -> None:
    with role(stage, "reader"):
        stage.ask("alex", 'delegate catalog "Partners" reader lee@contoso.com', "Lee Gu is a catalog reader already")
        held = roles_of(stage, LEE)

    assert held == [f"/AccessPackageCatalog/{PARTNERS}"]


def test_a_role_given_by_mistake_is_taken_back_with_the_next_button(stage: Stage) -> None:
    card = stage.ask("alex", 'delegate catalog "General" owner lee@contoso.com', "Lee Gu is now a catalog owner")
    offered = stage.titles("alex", card)

    stage.press("alex", "Take it back", card=card)
    question = stage.shown("alex", "Take the role Catalog owner back from Lee Gu?", "Nobody else owns the catalog")
    stage.press("alex", "Yes, take it back", card=question)
    stage.shown("alex", "Lee Gu is no longer a catalog owner")

    assert "Take back: Lee Gu" not in offered
    assert roles_of(stage, LEE) == []


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ('delegate catalog "Partners" owner ben@fabrikam.com', "Ben Ortiz is a guest"),
        ('delegate catalog "Partners" owner usher@contoso.onmicrosoft.com', "Usher cannot sign in"),
        ('delegate catalog "Partners" owner nobody@contoso.com', "Nobody here has the address nobody@contoso.com"),
        ('delegate catalog "Partners" owner eva@adatum.com', "Eva Lund is deleted"),
        ('delegate catalog "Patners" owner lee@contoso.com', "There is no catalog “Patners”"),
        ('delegate catalog "Partners" lee@contoso.com', "Who shall work in “Partners”?"),
        ('delegate catalog "Partners" owner', "Who shall work in “Partners”?"),
        ('delegate catalog "Partners" owner "Adle Vanc"', "Nobody here is called “Adle Vanc”"),
        ('delegate catalog "Partners" owner "Ben"', "Who is “Ben”?"),
        ('delegate catalog "Partners" boss lee@contoso.com', "I did not understand “boss”"),
        ('delegate catalog "Partners" owner lee@contoso.com megan@contoso.com', "One person at a time"),
        ("delegate catalog Partners creator lee@contoso.com", "I did not understand “Partners”"),
        ("delegate", "Which catalog?"),
        ('undelegate catalog "Partners" owner lee@contoso.com', "Nobody holds that role there"),
    ],
)
def test_what_cannot_be_given_or_taken_is_said_in_plain_words(stage: Stage, sentence: str, said: str) -> None:
    before = settled(stage)

    stage.ask("alex", sentence, said)

    assert settled(stage) == before


def test_a_form_gives_a_role_too(stage: Stage) -> None:
    card = stage.ask("alex", 'delegations "General"', "Who works in “General”")

    stage.press("alex", "Give a role", card=card)
    form = stage.shown("alex", "Who shall work in “General”?", "does everything in the catalog")
    stage.press("alex", "Give the role", card=form, inputs={"person": "lee@contoso.com", "role": "Catalog reader"})
    stage.shown("alex", "Lee Gu is now a catalog reader")
    given = roles_of(stage, LEE)
    take_all(stage, "lee")

    assert given == [f"/AccessPackageCatalog/{GENERAL}"]
