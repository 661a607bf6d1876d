"""Changing a package page by page, and copying one: the wizard, prefilled."""

from __future__ import annotations

from typing import Any

from tests.journeys.keeping import EM, PARTNERS, approved_by, direct, fresh_name, made, policies, policy, there
from tests.journeys.stage import Stage, until
from tests.journeys.wizarding import STEPS, Wizard

QUESTION = {
    "@odata.type": "#microsoft.graph.accessPackageTextInputQuestion",
    "sequence": 1,
    "isRequired": True,
    "text": "Why?",
    "isSingleLineQuestion": True,
    "localizations": [{"languageCode": "de", "text": "Warum?"}],
}


def form(stage: Stage, package: Any, words: str = "", who: str = "alex") -> Wizard:
    """The first page of `package edit`."""
    typed = f'package edit "{package["displayName"]}" {words}'
    return Wizard(stage, who, stage.ask(who, typed, "Change access package", STEPS["basics"]))


def through(wizard: Wizard, *pages: str, **changed: str) -> None:
    """Next, from page to page; `changed` is filled in on the last but one of `pages`."""
    for page in pages:
        wizard.next(**(changed if page == pages[-1] else {}))
        wizard.shows(page)


def rich(stage: Stage) -> Any:
    """A package with approval, a question and a second policy."""
    first = policy("Asked", requestApprovalSettings=approved_by("adele"), questions=[QUESTION])
    return made(stage, first, direct())


def test_going_through_all_pages_without_a_change_changes_nothing(stage: Stage) -> None:
    package = rich(stage)
    wizard = form(stage, package).shows("These pages show the policy “Asked”", "“Direct”")

    through(wizard, STEPS["resources"], STEPS["requests"], STEPS["questions"], STEPS["lifecycle"], "Nothing differs")

    assert "Yes, change it" not in wizard.buttons()


def test_a_change_on_a_page_is_shown_as_a_difference_and_written(stage: Stage) -> None:
    package = rich(stage)
    before = policies(stage, package)
    wizard = form(stage, package)
    through(wizard, STEPS["resources"], STEPS["requests"], STEPS["questions"], STEPS["lifecycle"])

    wizard.next(ends="days", length="30")
    wizard.shows("was: 14 days", "becomes: 30 days", "Nothing has been written yet")
    wizard.press("Yes, change it")
    wizard.shows("✔ Changed")

    after = policies(stage, package)
    by_name = {one["displayName"]: one for one in after}
    assert by_name["Asked"]["expiration"]["duration"] == "P30D"
    changing = ("expiration", "modifiedDateTime")
    kept = [{k: v for k, v in one.items() if k not in changing} for one in (*after, *before)]
    assert kept[:2] == kept[2:]


def test_a_policy_named_alone_opens_its_own_pages(stage: Stage) -> None:
    package = rich(stage)

    form(stage, package, "policy:Direct").shows("These pages show the policy “Direct”")


def test_more_can_be_changed_from_a_sentences_card(stage: Stage) -> None:
    package = made(stage)
    card = stage.ask("alex", f'package edit "{package["displayName"]}" days:30', "Nothing has been written yet")
    wizard = Wizard(stage, "alex", card)

    wizard.press("Change more")
    wizard.shows("Change access package", STEPS["basics"])
    through(wizard, STEPS["resources"], STEPS["requests"], STEPS["questions"], STEPS["lifecycle"])
    wizard.next()

    wizard.shows("was: 14 days", "becomes: 30 days")


def test_what_somebody_changed_meanwhile_is_kept_and_shown(stage: Stage) -> None:
    package = made(stage)
    wizard = form(stage, package)
    wizard.next(description="Ours")
    wizard.shows(STEPS["resources"])
    through(wizard, STEPS["requests"], STEPS["questions"], STEPS["lifecycle"], "becomes: Ours")
    policy_id = policies(stage, package)[0]["id"]
    theirs = policy(expiration={"type": "afterDuration", "duration": "P7D", "endDateTime": None})
    stage.graph("PUT", f"{EM}/assignmentPolicies/{policy_id}", {**theirs, "accessPackage": {"id": package["id"]}})

    wizard.press("Yes, change it")
    wizard.shows("has changed since you looked", "becomes: 7 days")
    wizard.press("Look again")
    wizard.shows("becomes: Ours", "Yes, change it")
    wizard.press("Yes, change it")
    wizard.shows("✔ Changed")

    assert policies(stage, package)[0]["expiration"]["duration"] == "P7D"
    assert (there(stage, package) or {})["description"] == "Ours"


def test_a_form_that_was_left_is_not_offered_as_a_new_package(stage: Stage) -> None:
    package = made(stage, name=fresh_name("Left alone"))
    form(stage, package)

    Wizard.opened(stage)

    assert not any("Go on with “Left alone" in stage.words("alex", one) for one in stage.cards("alex"))


def test_who_may_not_build_opens_no_form(stage: Stage) -> None:
    package = made(stage)

    stage.ask("adele", f'package edit "{package["displayName"]}"', "You may not do that")


def test_a_copy_has_everything_and_is_made_after_a_review(stage: Stage) -> None:
    package = rich(stage)
    name = fresh_name("Copy")

    card = stage.ask(
        "alex", f'package clone "{package["displayName"]}" as "{name}"', STEPS["review"], "Why?", "Adele Vance"
    )
    wizard = Wizard(stage, "alex", card)
    wizard.press("Create")
    wizard.shows("✔ Created")

    copies = [one for one in stage.state()["accessPackages"] if one["displayName"] == name]
    assert len(copies) == 1

    def whole() -> list[tuple[str, str, int]]:
        return sorted(
            (one["displayName"], one["allowedTargetScope"], len(one["requestApprovalSettings"]["stages"]))
            for one in policies(stage, copies[0])
        )

    until(lambda: len(whole()) == 2, what="both policies are there")
    assert whole() == [("Asked", "allDirectoryUsers", 1), ("Direct", "notSpecified", 0)]
    assert len(policies(stage, package)) == 2


def test_a_copy_without_a_name_is_asked_for_one(stage: Stage) -> None:
    package = made(stage)

    stage.ask("alex", f'package clone "{package["displayName"]}"', STEPS["basics"], "Give the copy a name of its own")


def test_a_copy_under_a_name_that_is_taken_says_so(stage: Stage) -> None:
    package = made(stage)

    stage.ask(
        "alex", f'package clone "{package["displayName"]}" as "Staff handbook"', "has a package", "Staff handbook"
    )


def test_a_manager_copies_within_their_catalog_only(stage: Stage) -> None:
    ours, theirs = made(stage, catalog=PARTNERS), made(stage)

    stage.ask("adele", f'package clone "{ours["displayName"]}" as "{fresh_name()}"', STEPS["review"])
    stage.ask("adele", f'package clone "{theirs["displayName"]}" as "{fresh_name()}"', "You may not do that")
    before = set(stage.cards("megan"))
    stage.execute("megan", {"verb": "package clone", "package": ours["id"]}, card="")
    stage.news("megan", before, "You may not do that")
