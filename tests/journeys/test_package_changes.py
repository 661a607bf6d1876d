"""Changing a package: the difference is shown before anything is written, and nobody's change is overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.keeping import EM, PARTNERS, approved_by, direct, fresh_name, made, policies, policy, there, writes
from tests.journeys.stage import Stage, until


def ends(stage: Stage, package: Any, at: int = 0) -> str:
    """After how long access through a policy ends."""
    return str(policies(stage, package)[at]["expiration"]["duration"])


def proposed(stage: Stage, words: str, package: Any, *said: str, who: str = "alex") -> str:
    """The card that shows what `package edit` would do."""
    return stage.ask(who, f'package edit "{package["displayName"]}" {words}', "Nothing has been written yet", *said)


def confirmed(stage: Stage, card: str, *, who: str = "alex") -> None:
    """Yes was pressed, and everything is written."""
    stage.press(who, "Yes, change it", card=card)
    until(lambda: "✔ Changed" in stage.words(who, card), what="it is written")


def test_days_are_shown_as_a_difference_and_written_on_yes(stage: Stage) -> None:
    package = made(stage)

    card = proposed(stage, "days:30", package, "was: 14 days", "becomes: 30 days")
    assert writes(stage, package) == []
    confirmed(stage, card)

    assert ends(stage, package) == "P30D"
    assert "14 days" in stage.words("alex", card)


def test_a_change_loses_nothing_it_does_not_touch(stage: Stage) -> None:
    question = {
        "@odata.type": "#microsoft.graph.accessPackageTextInputQuestion",
        "sequence": 1,
        "isRequired": True,
        "text": "Why?",
        "isSingleLineQuestion": True,
        "localizations": [{"languageCode": "de", "text": "Warum?"}],
    }
    rich = policy(requestApprovalSettings=approved_by("adele"), questions=[question])
    package = made(stage, rich, direct())
    before = policies(stage, package)

    confirmed(stage, proposed(stage, "days:30", package))

    after = policies(stage, package)
    changing = ("expiration", "modifiedDateTime")
    assert [{k: v for k, v in one.items() if k not in changing} for one in after] == [
        {k: v for k, v in one.items() if k not in changing} for one in before
    ]
    assert after[1] == before[1]


def test_no_leaves_everything_as_it_is(stage: Stage) -> None:
    package = made(stage)
    card = proposed(stage, "days:30", package)

    stage.press("alex", "No, leave it", card=card)
    until(lambda: "Nothing was changed" in stage.words("alex", card), what="the card says so")

    assert ends(stage, package) == "P14D"
    assert writes(stage, package) == []


def test_a_misspelt_word_is_read_as_what_it_meant_and_the_card_says_so(stage: Stage) -> None:
    proposed(stage, "dys:30", made(stage), "“dys” was read as “days”", "30 days")


def test_what_is_so_already_is_said_to_be_so(stage: Stage) -> None:
    package = made(stage)

    stage.ask("alex", f'package edit "{package["displayName"]}" days:14', "Nothing to change")


def test_resources_are_added_and_taken_away(stage: Stage) -> None:
    package = made(stage)

    card = proposed(stage, 'group:"Project Phoenix" remove:"App4Guest"', package, "Project Phoenix (group)")
    confirmed(stage, card)

    def roles() -> list[str]:
        return [one["role"]["displayName"] for one in (there(stage, package) or {})["resourceRoleScopes"]]

    until(lambda: roles() == ["Member"], what="the package opens the group alone")


def test_a_name_without_quotation_marks_ends_where_the_change_begins(stage: Stage) -> None:
    package = made(stage, name=fresh_name("Bare words"))

    card = stage.ask("alex", f"package edit {package['displayName']} days:21", "becomes: 21 days")

    assert "Yes, change it" in stage.titles("alex", card)


def test_a_package_is_renamed_described_and_hidden_at_once(stage: Stage) -> None:
    package = made(stage)
    name = fresh_name("Renamed")

    confirmed(stage, proposed(stage, f'name:"{name}" description:"New words" hidden:yes', package))

    now = there(stage, package)
    assert now is not None
    assert (now["displayName"], now["description"], now["isHidden"]) == (name, "New words", True)


def test_one_of_several_policies_is_chosen_by_name(stage: Stage) -> None:
    package = made(stage, policy("First"), policy("Second", allowedTargetScope="allMemberUsers"))

    confirmed(stage, proposed(stage, 'policy:"Second" days:3', package, "policy “Second”"))

    by_name = {one["displayName"]: one["expiration"]["duration"] for one in policies(stage, package)}
    assert by_name == {"First": "P14D", "Second": "P3D"}


def test_what_the_change_makes_worse_is_said_before_it_is_written(stage: Stage) -> None:
    package = made(stage)

    proposed(stage, "never", package, "New with this change", "it never ends")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("wibble:30", "I did not understand all of that"),
        ("until:2001-01-01", "That day is over"),
        ("days:0", "Give a number of days"),
        ('approver:"ben@fabrikam.com"', "guest"),
        ("approver:manager > manager > manager > manager", "at most 3 approval stages"),
        ('app:"Nothing4Nobody"', "There is no application “Nothing4Nobody”"),
        ('-app:"Nothing4Nobody"', "The package does not open “Nothing4Nobody”"),
        ('policy:"Nope" days:3', "The package has no policy “Nope”"),
        ('group:"Project Phoenix" role:"Emperor"', "Emperor"),
    ],
)
def test_bad_input_gets_plain_words_and_writes_nothing(stage: Stage, words: str, said: str) -> None:
    package = made(stage)

    card = stage.ask("alex", f'package edit "{package["displayName"]}" {words}', said)

    assert "Yes, change it" not in stage.titles("alex", card)
    assert writes(stage, package) == []


def test_a_contradiction_stops_the_change_and_the_rest_goes_to_the_form(stage: Stage) -> None:
    package = made(stage)
    name = package["displayName"]
    begun = writes(stage, package)

    card = stage.ask(
        "alex",
        f'package edit "{name}" hours:5 days:3 timeline:no hidden',
        "“hours:5” and “days:3” contradict each other. Say only one of them.",
        "Nothing was changed",
    )
    stage.press("alex", "Go on in the form", card=card)
    until(lambda: "Step 5 of 6: Lifecycle" in stage.words("alex", card), what="the form opens where it is settled")

    assert "“hours:5” and “days:3” contradict each other" in stage.words("alex", card)
    assert writes(stage, package) == begun


def test_an_edit_of_nothing_asks_which(stage: Stage) -> None:
    stage.ask("alex", "package edit", "Which access package?")


def test_the_second_of_two_admins_sees_what_the_first_changed_and_overwrites_nothing(stage: Stage) -> None:
    package = made(stage)
    mine = proposed(stage, "days:30", package)
    policy_id = policies(stage, package)[0]["id"]
    theirs = policy(expiration={"type": "afterDuration", "duration": "P7D", "endDateTime": None})
    stage.graph("PUT", f"{EM}/assignmentPolicies/{policy_id}", {**theirs, "accessPackage": {"id": package["id"]}})

    stage.press("alex", "Yes, change it", card=mine)
    until(lambda: "has changed since you looked" in stage.words("alex", mine), what="the change is noticed")

    assert "was: 14 days" in stage.words("alex", mine)
    assert "becomes: 7 days" in stage.words("alex", mine)
    assert ends(stage, package) == "P7D"
    stage.press("alex", "Look again", card=mine)
    until(lambda: "was: 7 days" in stage.words("alex", mine), what="a fresh look")
    confirmed(stage, mine)
    assert ends(stage, package) == "P30D"


def test_a_package_deleted_meanwhile_is_said_to_be_gone(stage: Stage) -> None:
    package = made(stage)
    card = proposed(stage, "days:30", package)
    stage.graph("DELETE", f"{EM}/accessPackages/{package['id']}")

    stage.press("alex", "Yes, change it", card=card)

    until(lambda: "The package is gone" in stage.words("alex", card), what="the card says so")


def test_close_and_open_say_what_they_mean_and_leave_direct_policies_alone(stage: Stage) -> None:
    package = made(stage, policy("One"), policy("Two", allowedTargetScope="allMemberUsers"), direct())

    def asking() -> list[bool]:
        return [one["requestorSettings"]["enableTargetsToSelfAddAccess"] for one in policies(stage, package)]

    name = package["displayName"]
    card = stage.ask("alex", f'package close "{name}"', "Whoever has it keeps it", "Nothing has been written yet")
    confirmed(stage, card)
    assert asking() == [False, False, False]
    confirmed(stage, stage.ask("alex", f'package open "{name}"', "can ask for it again"))

    assert asking() == [True, True, False]


def test_a_package_is_hidden_and_shown(stage: Stage) -> None:
    package = made(stage)
    name = package["displayName"]

    confirmed(stage, stage.ask("alex", f'package hide "{name}"', "My Access no longer lists it"))
    hidden = there(stage, package)
    confirmed(stage, stage.ask("alex", f'package show "{name}"', "My Access lists it"))

    assert hidden is not None
    assert hidden["isHidden"] is True
    assert (there(stage, package) or {})["isHidden"] is False


def test_a_package_that_only_administrators_assign_has_nothing_to_close(stage: Stage) -> None:
    package = made(stage, direct())

    stage.ask("alex", f'package close "{package["displayName"]}"', "Only administrators assign this package")


def test_changes_are_remembered_with_who_made_them(stage: Stage) -> None:
    package = made(stage)
    confirmed(stage, proposed(stage, "days:30", package))

    stage.ask(
        "alex",
        f'package "{package["displayName"]}"',
        "Last changes made here",
        "Alex Wilber changed it (Access ends: 14 days",
    )


VERBS = ("package edit", "package close", "package open", "package hide", "package show", "package direct")


@pytest.mark.parametrize("verb", VERBS)
def test_who_may_not_build_there_changes_nothing_typed_or_by_a_hand_made_card(stage: Stage, verb: str) -> None:
    package = made(stage)
    rest = " days:30" if verb == "package edit" else ""

    for who in ("megan", "lee", "adele"):
        stage.ask(who, f'{verb} "{package["displayName"]}"{rest}', "You may not do that")
        before = set(stage.cards(who))
        stage.execute(who, {"verb": verb, "package": package["id"], "words": "days:30"}, card="")
        stage.news(who, before, "You may not do that")

    assert writes(stage, package) == []


def test_a_manager_changes_what_is_in_their_catalog(stage: Stage) -> None:
    package = made(stage, catalog=PARTNERS)

    confirmed(stage, proposed(stage, "days:30", package, who="adele"), who="adele")

    assert ends(stage, package) == "P30D"


def test_another_persons_proposal_cannot_be_accepted_by_a_hand_made_card(stage: Stage) -> None:
    package = made(stage, catalog=PARTNERS)
    card = proposed(stage, "days:30", package)
    yes = next(one for one in stage.card("alex", card)["body"][-1]["actions"] if one["title"].startswith("Yes"))
    before = set(stage.cards("adele"))

    stage.execute("adele", yes["data"], card="")

    stage.news("adele", before, "That proposal is not yours")
    assert ends(stage, package) == "P14D"


@pytest.mark.parametrize("value", [{}, {"build": "nothing"}, {"build": ["x"]}, {"build": "x" * 900, "again": 7}])
def test_a_strange_card_value_is_answered(stage: Stage, value: dict[str, Any]) -> None:
    before = set(stage.cards("alex"))

    stage.execute("alex", {"verb": "package.change.yes", **value}, card="")

    stage.news("alex", before, "That proposal is not yours")


def test_yes_pressed_twice_writes_once(stage: Stage) -> None:
    package = made(stage)
    card = proposed(stage, "days:30", package)
    yes = next(one for one in stage.card("alex", card)["body"][-1]["actions"] if one["title"].startswith("Yes"))

    for _ in range(2):
        stage.execute("alex", yes["data"], card=card)
    until(lambda: "✔ Changed" in stage.words("alex", card), what="it is written")

    assert len([one for one in writes(stage, package) if one.startswith("PUT")]) == 1
