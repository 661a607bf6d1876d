"""Catalogs from chat: list, look, make, change, delete; with a question before harm and a way back after."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.stage import Stage, until

GENERAL, PARTNERS = (f"88888888-8888-4888-8888-88888888888{n}" for n in (1, 2))


def catalog(stage: Stage, name: str) -> dict[str, Any]:
    """The catalog of this name, {} for none."""
    return next((one for one in stage.state()["catalogs"] if one["displayName"] == name), {})


def resources(stage: Stage, name: str) -> list[str]:
    """The names of what is in the catalog of this name."""
    key = catalog(stage, name)["id"]
    return [one["displayName"] for one in stage.state()["catalogResources"] if one["catalogId"] == key]


def replicated(stage: Stage, name: str, resource: str) -> None:
    """Entra shows the resource in the catalog."""
    shown = f'catalog "{name}"'
    until(lambda: f"{resource} (" in stage.words("alex", stage.ask("alex", shown, name)), what=f"{resource} is seen")


def made(stage: Stage, *, external: str = "no") -> str:
    """The name of a new, empty catalog that Alex made."""
    name = stage.fresh("Catalog ").partition("@")[0]
    stage.ask("alex", f'catalog new "{name}" description:"For a test" external:{external}', name, "Created")
    return name


def test_catalogs_are_listed_with_their_state_and_how_much_is_in_them(stage: Stage) -> None:
    card = stage.ask("alex", "catalogs", "Catalogs")

    said = stage.words("alex", card)
    assert "✔ Published and visible outside: guests can ask." in said
    assert "2 resources" in said
    assert {"New catalog", "General", "Partners"} <= set(stage.titles("alex", card))


def test_a_filter_that_fits_nothing_says_so(stage: Stage) -> None:
    stage.ask("alex", "catalogs zzz", "There are no catalogs you can see")


def test_a_catalog_shows_resources_packages_and_who_works_in_it(stage: Stage) -> None:
    card = stage.ask("alex", 'catalog "partners"', "Catalog “Partners”")

    said = stage.words("alex", card)
    for expected in ("Partner Readers (group or team): Member, Owner", "Partner project", "Adele Vance"):
        assert expected in said
    assert stage.titles("alex", card) == ["New package", "Add a resource", "Who works here", "More…"]


def test_the_rarer_buttons_of_a_catalog_take_the_place_of_the_others_and_lead_back(stage: Stage) -> None:
    name = made(stage)
    card = stage.ask("alex", f'catalog "{name}"', name)
    first = stage.titles("alex", card)

    stage.press("alex", "More…", card=card)
    until(lambda: "Back" in stage.titles("alex", card), what="the rarer buttons stand on the card")
    rare = stage.titles("alex", card)
    stage.press("alex", "Back", card=card)
    until(lambda: stage.titles("alex", card) == first, what="the usual buttons are back")

    assert first == ["New package", "Add a resource", "Make visible outside", "Who works here", "More…"]
    assert rare == ["Rename", "Who works here", "Unpublish", "Delete", "Back"]


def test_a_catalog_that_is_not_empty_has_a_delete_button_that_says_what_is_in_the_way(stage: Stage) -> None:
    card = stage.ask("alex", 'catalog "Partners"', "Catalog “Partners”")

    stage.press("alex", "More…", card=card)
    until(lambda: "Delete" in stage.titles("alex", card), what="the rarer buttons stand on the card")
    stage.press("alex", "Delete", card=card)

    stage.shown("alex", "“Partners” is not empty", "Partner project")
    assert catalog(stage, "Partners")


def test_a_name_that_is_nearly_right_is_offered_and_nothing_is_done(stage: Stage) -> None:
    card = stage.ask("alex", 'catalog unpublish "Patners"', "There is no catalog “Patners”", "Did you mean")

    assert "Partners" in stage.titles("alex", card)
    assert catalog(stage, "Partners")["state"] == "published"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("catalog pubish Partners", "Did you mean “catalog publish”?"),
        ('catalog unpublish "Partners" "General"', "One catalog at a time"),
    ],
)
def test_a_slip_and_a_second_name_are_noticed(stage: Stage, sentence: str, said: str) -> None:
    stage.ask("alex", sentence, said)

    assert [catalog(stage, name)["state"] for name in ("Partners", "General")] == ["published", "published"]


def test_without_a_name_the_catalogs_are_there_to_choose(stage: Stage) -> None:
    card = stage.ask("alex", "catalog", "Which catalog?")

    stage.press("alex", "General", card=card)

    stage.shown("alex", "Catalog “General”", "App4Guest")


def test_a_catalog_is_made_by_one_sentence_and_its_maker_owns_it(stage: Stage) -> None:
    name = made(stage, external="yes")

    one = catalog(stage, name)
    roles = [role for role in stage.state()["emRoleAssignments"] if one["id"] in role["appScopeId"]]
    assert (one["description"], one["isExternallyVisible"], one["state"]) == ("For a test", True, "published")
    assert [role["principalId"] for role in roles] == ["33333333-3333-4333-8333-333333333333"]


def test_a_catalog_is_made_by_form_and_the_form_says_what_is_missing(stage: Stage) -> None:
    card = stage.ask("alex", "catalog new", "New catalog", "Description")
    inputs = {"name": "  ", "description": "", "external": "yes"}

    stage.press("alex", "Create", card=card, inputs=inputs)
    stage.shown("alex", "Give the catalog a name.")
    stage.press("alex", "Create", card=card, inputs={**inputs, "name": "Made by form"})

    stage.shown("alex", "Catalog “Made by form”", "Created. You own it.")
    assert catalog(stage, "Made by form")["isExternallyVisible"] is True


def test_a_second_catalog_of_the_same_name_is_not_made(stage: Stage) -> None:
    name = made(stage)

    stage.ask("alex", f'catalog new "{name.upper()}"', f"There is a catalog “{name}” already")

    assert len([one for one in stage.state()["catalogs"] if one["displayName"].casefold() == name.casefold()]) == 1


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (f'catalog new "{"x" * 300}"', "256 characters at most; this one has 300"),
        ('catalog new "Perhaps" external:maybe', "Say yes or no"),
    ],
)
def test_what_cannot_be_is_said_on_the_form(stage: Stage, sentence: str, said: str) -> None:
    stage.ask("alex", sentence, "New catalog", said)

    assert not catalog(stage, "Perhaps")


def test_names_with_markdown_stay_as_they_are(stage: Stage) -> None:
    name = "**Bold** [x](http://evil.example)"

    stage.ask("alex", f'catalog new "{name}"', "Created")

    assert catalog(stage, name)


@pytest.mark.parametrize("path", ["/catalogs$", "/roleAssignments$"])
def test_a_connection_cut_while_making_a_catalog_leaves_one_with_its_owner(stage: Stage, path: str) -> None:
    name = stage.fresh("Cut ").partition("@")[0]
    stage.control("faults", {"rules": [{"method": "POST", "path": path, "dropAfterWrite": True, "times": 1}]})

    stage.say("alex", f'catalog new "{name}"')
    stage.shown("alex", f"Catalog “{name}”", "Created. You own it.", seconds=60)

    key = catalog(stage, name)["id"]
    roles = [one for one in stage.state()["emRoleAssignments"] if key in one["appScopeId"]]
    assert [one["displayName"] for one in stage.state()["catalogs"]].count(name) == 1
    assert len(roles) == 1


def test_an_empty_catalog_is_opened_and_closed_without_asking(stage: Stage) -> None:
    name = made(stage)

    stage.ask("alex", f'catalog external "{name}"', "Visible outside")
    stage.ask("alex", f'catalog unpublish "{name}"', "No longer published", "Publish")

    assert (catalog(stage, name)["state"], catalog(stage, name)["isExternallyVisible"]) == ("unpublished", True)


def test_what_takes_something_from_people_is_asked_and_can_be_left(stage: Stage) -> None:
    card = stage.ask("alex", 'catalog internal "Partners"', "Hide “Partners” from outside?", "Partner project")

    stage.press("alex", "No, leave it", card=card)
    until(lambda: "Catalog “Partners”" in stage.words("alex", card), what="the catalog in place of the question")

    assert catalog(stage, "Partners")["isExternallyVisible"] is True
    assert "Yes, hide from outside" not in stage.titles("alex", card)


def test_after_a_yes_guests_cannot_ask_until_it_is_undone_with_the_next_button(stage: Stage) -> None:
    card = stage.ask("alex", 'catalog internal "Partners"', "Guests cannot ask")

    stage.press("alex", "Yes, hide from outside", card=card)
    shown = stage.shown("alex", "Catalog “Partners”", "No longer visible outside")
    closed = catalog(stage, "Partners")["isExternallyVisible"]
    stage.press("alex", "Make visible outside", card=shown)
    until(lambda: catalog(stage, "Partners")["isExternallyVisible"], what="visible again")

    assert closed is False


def test_doing_what_is_so_already_changes_nothing(stage: Stage) -> None:
    stage.ask("alex", 'catalog publish "General"', "It was like that already")


def test_a_catalog_is_renamed_and_named_back(stage: Stage) -> None:
    name = made(stage)

    stage.ask("alex", f'catalog rename "{name}" to "{name} anew"', "Renamed.")
    card = stage.shown("alex", f"Catalog “{name} anew”")
    renamed = catalog(stage, f"{name} anew")
    stage.press("alex", "Undo", card=card)
    until(lambda: catalog(stage, name), what="the old name is back")

    assert renamed["description"] == "For a test"


def test_a_catalog_does_not_take_the_name_of_another(stage: Stage) -> None:
    name = made(stage)

    stage.ask("alex", f'catalog rename "{name}" to "general"', "Another catalog is called that already")

    assert catalog(stage, name)


def test_a_group_is_put_into_a_catalog_and_taken_out_again(stage: Stage) -> None:
    name = made(stage)
    stage.ask("alex", f'catalog add "{name}" group:"project phoenix"', "Project Phoenix was added")
    replicated(stage, name, "Project Phoenix")

    card = stage.ask("alex", f'catalog remove "{name}" group:"Project Phoenix"', "Take “Project Phoenix” out of")
    asked = resources(stage, name)
    stage.press("alex", "Yes, take it out", card=card)
    until(lambda: resources(stage, name) == [], what="the group is out again")

    assert asked == ["Project Phoenix"]


def test_an_application_is_added_by_form_and_a_second_time_changes_nothing(stage: Stage) -> None:
    name = made(stage)
    card = stage.ask("alex", f'catalog add "{name}"', "Add a resource to", "Kind")
    inputs = {"system": "app", "resource": ""}

    stage.press("alex", "Add", card=card, inputs=inputs)
    stage.shown("alex", "Add a resource to", "Problem: Type its name.")
    stage.press("alex", "Add", card=card, inputs={**inputs, "resource": "App4Guest"})
    stage.shown("alex", f"Catalog “{name}”", "App4Guest was added")
    replicated(stage, name, "App4Guest")

    stage.ask("alex", f'catalog add "{name}" app:App4Guest', "App4Guest is in it already")


def test_a_resource_that_is_nearly_right_is_offered(stage: Stage) -> None:
    name = made(stage)

    card = stage.ask("alex", f'catalog add "{name}" group:"Projct Phenix"', "Which group or team", "Did you mean")
    offered = stage.titles("alex", card)
    stage.ask("alex", f'catalog add "{name}" group:"Zzzzz"', "No group or team has a name like this")

    assert "Project Phoenix" in offered
    assert resources(stage, name) == []


def test_without_the_permission_over_groups_it_is_named(stage: Stage) -> None:
    name = made(stage)
    stage.control("options", {"withoutPermissions": ["Group.ReadWrite.All"]})
    try:
        stage.ask("alex", f'catalog add "{name}" group:"Project Phoenix"', "was not added", "Group.ReadWrite.All")
    finally:
        stage.control("options", {"withoutPermissions": []})

    assert resources(stage, name) == []


def test_a_resource_in_use_says_which_packages_use_it(stage: Stage) -> None:
    stage.ask("alex", 'catalog remove "Partners" "Partner Readers"', "“Partner Readers” is in use", "Partner project")

    assert "Partner Readers" in resources(stage, "Partners")


def test_without_a_resource_those_of_the_catalog_are_there_to_choose(stage: Stage) -> None:
    card = stage.ask("alex", 'catalog remove "Partners"', "Which resource of “Partners”?")

    assert {"Partner Readers", "Partners"} <= set(stage.titles("alex", card))


def test_a_catalog_in_use_says_what_stands_in_the_way(stage: Stage) -> None:
    card = stage.ask("alex", 'catalog delete "Partners"', "“Partners” is not empty")

    said = stage.words("alex", card)
    assert "Access package “Partner project”" in said
    assert "Resource “Partner Readers”" in said


def test_an_empty_catalog_is_deleted_once_its_name_was_typed(stage: Stage) -> None:
    name = made(stage)
    card = stage.ask("alex", f'catalog delete "{name}"', f"Delete the catalog “{name}”?", "cannot be undone")

    stage.press("alex", "Delete", card=card, inputs={"confirm": "yes"})
    stage.shown("alex", "That is not its name. Nothing was deleted.")
    kept = catalog(stage, name)
    stage.press("alex", "Delete", card=card, inputs={"confirm": name})
    stage.shown("alex", f"The catalog “{name}” is deleted")

    assert kept
    assert not catalog(stage, name)


def test_a_deletion_is_confirmed_by_sentence_too(stage: Stage) -> None:
    name = made(stage)

    stage.ask("alex", f'catalog delete "{name}" confirm:"{name}"', "is deleted")

    assert not catalog(stage, name)


def test_the_built_in_catalog_says_why_it_stays_and_offers_no_way_to_delete_it(stage: Stage) -> None:
    stage.ask("alex", 'catalog delete "General" confirm:"General"', "“General” stays", "built into Microsoft Entra")
    card = stage.ask("alex", 'catalog "General"', "Catalog “General”")

    assert catalog(stage, "General")
    assert "Delete" not in stage.titles("alex", card)


@pytest.mark.parametrize(
    "verb", ["catalog", "catalog.unpublish.yes", "catalog.delete", "catalog rename", "delegations"]
)
def test_a_card_of_a_catalog_that_is_gone_says_so(stage: Stage, verb: str) -> None:
    before = set(stage.cards("alex"))

    stage.execute("alex", {"verb": verb, "catalog": "88888888-0000-4888-8888-888888888888"}, card="m-none")

    stage.news("alex", before, "That catalog is gone")


def test_help_shows_catalogs_as_one_line_and_all_of_them_on_request(stage: Stage) -> None:
    short = stage.words("alex", stage.ask("alex", "help", "What Usher does for you"))
    long = stage.words("alex", stage.ask("alex", "help catalogs", "What Usher does for you"))

    assert "help catalogs" in short
    assert "help package" in short
    assert "type what you need" not in short
    assert "catalog unpublish" not in short
    assert 'catalog unpublish "Partners"' in long
