"""`package <name>`: everything about an access package on one card, with what this person may do about it."""

from __future__ import annotations

import pytest

from tests.journeys.keeping import PARTNERS, approved_by, fresh_name, made, policy
from tests.journeys.stage import PACKAGE, Stage, actions, until

NAMED = "Invited users package"


def test_a_package_is_shown_with_all_that_matters(stage: Stage) -> None:
    card = stage.ask("alex", f'package "{NAMED}"', NAMED, "Opens")

    said = stage.words("alex", card)
    for expected in (
        "✔ Open for requests",
        "App4Guest (application): Default Access",
        "guests included",
        "no approval; access ends 14 days after",
        "✔ Assigned:",
        "Waiting for an answer or delivery:",
        "Ending within 30 days:",
        f"#/access-packages/{PACKAGE}",
        "In order: nothing stands out",
    ):
        assert expected in said
    assert stage.titles("alex", card) == ["Edit", "Copy link", "Invite someone", "Close requests", "Lint", "More…"]


def test_who_has_it_and_who_waits_is_counted(stage: Stage) -> None:
    package = made(
        stage, policy(requestApprovalSettings=approved_by("adele")), policy("Direct", allowedTargetScope="notSpecified")
    )
    stage.act("lee@contoso.com", "request", package["id"], justification="audit")
    until(lambda: "pendingApproval" in str(stage.state()["assignmentRequests"]), what="Lee waits")

    card = stage.ask("alex", f'package "{package["displayName"]}"', "Waiting for an answer or delivery: 1")

    assert "Assigned: 0" in stage.words("alex", card)


@pytest.mark.parametrize(
    "typed", ["package invited users", "package INVITED USERS PACKAGE", "package “Invited users package”"]
)
def test_a_package_is_found_as_people_name_it(stage: Stage, typed: str) -> None:
    stage.ask("alex", typed, NAMED, "App4Guest (application)")


def test_a_part_of_the_name_is_enough_where_only_one_fits(stage: Stage) -> None:
    name = fresh_name("Zebra")
    made(stage, name=f"Stripes of {name}")

    stage.ask("alex", f"package {name}", f"Stripes of {name}", "For tests.")


def test_several_that_fit_are_offered_and_the_chosen_one_is_shown(stage: Stage) -> None:
    name = fresh_name("Twin")
    first, second = made(stage, name=f"{name} A"), made(stage, name=f"{name} B")

    card = stage.ask("alex", f"package {name}", "Several access packages fit")
    assert stage.titles("alex", card) == [first["displayName"], second["displayName"]]
    before = set(stage.cards("alex"))
    stage.press("alex", second["displayName"], card=card)

    stage.news("alex", before, second["displayName"], "Open for requests")


def test_two_of_one_name_are_told_apart_by_their_catalogs(stage: Stage) -> None:
    name = fresh_name("Same")
    made(stage, name=name), made(stage, name=name, catalog=PARTNERS)

    card = stage.ask("alex", f'package "{name}"', "Several access packages fit")

    assert sorted(stage.titles("alex", card)) == [f"{name} (General)", f"{name} (Partners)"]


def test_a_misspelt_name_is_met_with_what_it_may_have_meant(stage: Stage) -> None:
    card = stage.ask("alex", 'package "Invted user pakage"', "Did you mean one of these?")

    assert NAMED in stage.titles("alex", card)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("package edti", "package edit"), ("package lnt all", "package lint"), ("package delte", "package delete")],
)
def test_a_misspelt_verb_is_met_with_the_verb(stage: Stage, typed: str, meant: str) -> None:
    stage.ask("alex", f'{typed} "{NAMED}"' if "all" not in typed else typed, f"Did you mean “{meant}”?")


def test_package_alone_lists_the_packages(stage: Stage) -> None:
    stage.ask("alex", "package", "Access packages", NAMED)


def test_a_package_named_like_a_verb_is_a_package(stage: Stage) -> None:
    made(stage, name="Open house")

    stage.ask("alex", 'package "Open house"', "Open house", "Who gets it, and how")


def test_markdown_in_a_name_is_shown_as_written(stage: Stage) -> None:
    name = fresh_name("**Bold** [click](http://evil.example) <b>")
    package = made(stage, name=name)

    card = stage.execute("alex", {"verb": "package", "package": package["id"]}, card="")
    assert card is not None

    shown = stage.shown("alex", name)
    heading = next(one for one in stage.card("alex", shown)["body"] if one.get("style") == "heading")
    assert "\\*\\*Bold" in heading["text"]
    assert "](http" not in heading["text"].replace("\\]", "")


def test_the_rarer_buttons_come_in_the_place_of_the_others_and_go_again(stage: Stage) -> None:
    card = stage.ask("alex", f'package "{NAMED}"', NAMED, "Opens")

    stage.press("alex", "More…", card=card)
    until(lambda: "Clone" in stage.titles("alex", card), what="the rarer buttons")
    assert {"Hide", "Delete", "Back"} <= set(stage.titles("alex", card))
    stage.press("alex", "Back", card=card)

    until(lambda: "More…" in stage.titles("alex", card), what="the usual buttons again")


def test_buttons_are_those_this_person_may_use(stage: Stage) -> None:
    package = made(stage, catalog=PARTNERS)
    typed = f'package "{package["displayName"]}"'

    manager, inviter = (stage.titles(who, stage.ask(who, typed, "Opens")) for who in ("adele", "megan"))

    assert {"Edit", "Close requests", "More…"} <= set(manager)
    assert "Invite someone" not in manager
    assert "Assign to someone" in manager
    assert "Invite someone" in inviter
    assert not {"Edit", "Close requests", "More…"} & set(inviter)


def test_nobody_without_a_role_looks_and_a_manager_looks_into_their_own_catalog_only(stage: Stage) -> None:
    stage.ask("lee", f'package "{NAMED}"', "You may not do that")
    stage.ask("adele", f'package "{NAMED}"', "You may not do that")

    answer = stage.execute("lee", {"verb": "package", "package": PACKAGE}, card="")

    assert answer
    until(lambda: sum("You may not do that" in stage.words("lee", one) for one in stage.cards("lee")) == 2)


def test_a_card_is_under_25_kilobytes_and_has_its_twin(stage: Stage) -> None:
    questions = [
        {
            "@odata.type": "#microsoft.graph.accessPackageTextInputQuestion",
            "sequence": number,
            "isRequired": True,
            "text": f"Question {number} " + "long " * 30,
            "isSingleLineQuestion": True,
        }
        for number in range(1, 21)
    ]
    package = made(stage, *(policy(f"Policy {number}", questions=questions) for number in range(6)))

    card = stage.ask("alex", f'package "{package["displayName"]}"', "Opens")

    assert len(str(stage.card("alex", card)).encode()) < 25_000
    assert len(actions(stage.card("alex", card))) <= 6
