"""A sentence of `package edit` adds to what the package has, takes from it, and leaves the rest as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.building.amending import amended, remembering, removing
from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.changes import changes
from bot.domain.building.resolving import resolve
from bot.domain.building.resources import Resource, ResourceRole, Role, System
from bot.domain.building.sentence import read
from bot.domain.building.terms import Extension, Frequency, Moment, Question, Review, Stage, Terms
from bot.domain.packages import Expiration, Scope
from tests.domain.building.contoso import ADELE, APP, APPROVERS, DEFAULT, FOUND, GENERAL, MEGAN, NOW, ZONE

CRM = Resource(System.APPLICATION, "sp-crm", "CRM", "r-crm")
FIRST = Terms(
    "Partners",
    Scope.SOME_USERS,
    targets=(MEGAN.subject, APPROVERS.subject),
    stages=(Stage((MEGAN.subject, ADELE.subject)),),
    questions=(Question("Why?", id="q-1"), Question("Which team?", id="q-2")),
    ends=Expiration(after=timedelta(days=14)),
    review=Review(Frequency.QUARTERLY, (ADELE.subject,)),
    extensions=(Extension(Moment.GRANTED, "x-hr", "Notify HR"),),
    id="pol-1",
    modified_at=NOW,
)
DIRECT = Terms("Direct", Scope.DIRECT_ONLY, id="pol-2", modified_at=NOW)
RICH = Blueprint(
    "Rich package",
    GENERAL,
    "For partners.",
    roles=(
        ResourceRole(APP, DEFAULT, "scope-1"),
        ResourceRole(CRM, Role("sp-crm-Reader", "Reader"), "scope-2"),
    ),
    policies=(FIRST, DIRECT),
    incompatible_packages=(Named("p-old", "Old package"),),
    id="p-rich",
    modified_at=NOW,
)


def edited(words: str, base: Blueprint = RICH) -> Blueprint:
    """The package after `package edit "Rich package" <words>`."""
    amendment = amended(read(removing(words), named=True), base, zone=ZONE)
    assert amendment.problems == {}
    resolution = resolve(amendment.draft, remembering(FOUND, base), base=base, now=NOW, zone=ZONE)
    assert resolution.problems == {}, resolution.problems
    assert resolution.blueprint is not None
    return resolution.blueprint


def first(package: Blueprint) -> Terms:
    return package.policies[0]


def test_days_alone_change_the_days_of_the_first_policy_and_nothing_else() -> None:
    after = edited("days:30")

    assert after == replace(RICH, policies=(replace(FIRST, ends=Expiration(after=timedelta(days=30))), DIRECT))


def test_nothing_said_changes_nothing() -> None:
    assert edited("") == RICH


def test_a_policy_is_chosen_by_name() -> None:
    after = edited("policy:direct days:5")

    assert after.policies == (FIRST, replace(DIRECT, ends=Expiration(after=timedelta(days=5))))


def test_a_resource_is_added_to_those_there() -> None:
    after = edited('group:Designers role:"Owner"')

    assert after.roles[:2] == RICH.roles
    assert [role.role.name for role in after.roles[2:]] == ["Owner"]


@pytest.mark.parametrize("words", ['-app:"App4Guest"', 'remove:"App4Guest"', "remove:app4guest", "without: App4Guest"])
def test_a_resource_is_taken_away(words: str) -> None:
    assert edited(words).roles == RICH.roles[1:]


def test_all_resources_can_be_taken_away_and_others_put_in_their_place() -> None:
    after = edited("-app:App4Guest -app:CRM group:Designers")

    assert [role.resource.name for role in after.roles] == ["Designers"]


def test_what_a_package_does_not_open_cannot_be_taken_away() -> None:
    amendment = amended(read(removing('"Rich package" remove:"SAP"')), RICH, zone=ZONE)

    assert amendment.problems["resources"] == ("The package does not open “SAP”. It opens “App4Guest”, “CRM”.")


def test_a_question_is_added_behind_the_others_and_those_keep_their_ids() -> None:
    after = edited('question:"Until when?"')

    assert first(after).questions[:2] == FIRST.questions
    assert [one.text for one in first(after).questions[2:]] == ["Until when?"]


def test_a_question_said_again_is_that_question_anew() -> None:
    after = edited('question:"Why?*"')

    assert [(one.text, one.required) for one in first(after).questions] == [("Why?", True), ("Which team?", False)]


def test_a_question_is_taken_away_by_its_text() -> None:
    assert first(edited('-question:"which team"')).questions == FIRST.questions[:1]


def test_named_approvers_are_the_new_approvers() -> None:
    after = edited('approver:"Megan Bowen"')

    assert [stage.approvers for stage in first(after).stages] == [(MEGAN.subject,)]


def test_days_to_decide_leave_the_approvers_as_they_are() -> None:
    after = edited("decide:7")

    assert first(after).stages == (replace(FIRST.stages[0], answer_within=timedelta(days=7)),)


def test_an_approver_is_taken_away() -> None:
    after = edited('-approver:"Megan Bowen"')

    assert [stage.approvers for stage in first(after).stages] == [(ADELE.subject,)]


@pytest.mark.parametrize(
    "words", ['-approver:"Megan Bowen" approver:Approvers', 'approver:Approvers -approver:"Megan Bowen"']
)
def test_an_approver_takes_the_place_of_another(words: str) -> None:
    after = edited(words)

    assert [stage.approvers for stage in first(after).stages] == [(APPROVERS.subject, ADELE.subject)]


def test_new_stages_take_the_place_of_all_although_somebody_is_taken_away() -> None:
    after = edited('-approver:"Megan Bowen" approver:Approvers then Adele')

    assert [stage.approvers for stage in first(after).stages] == [(APPROVERS.subject,), (ADELE.subject,)]


def test_without_any_approver_left_there_is_no_approval() -> None:
    assert first(edited('-approver:"Megan Bowen, Adele Vance"')).stages == ()


def test_the_last_approver_does_not_go_by_a_name_that_nobody_there_has() -> None:
    amendment = amended(read('"Rich package" -approver:Nobody'), RICH, zone=ZONE)

    assert "Nobody" in amendment.problems["stages"].replace("nobody", "Nobody")


def test_somebody_who_may_ask_is_added_and_another_taken_away() -> None:
    after = edited('-users:"Megan Bowen" users:Adele')

    assert first(after).targets == (APPROVERS.subject, ADELE.subject)


def test_another_audience_replaces_those_named() -> None:
    after = edited("for:members")

    assert (first(after).scope, first(after).targets) == (Scope.MEMBERS, ())


def test_a_review_keeps_what_is_not_said_of_it() -> None:
    after = edited("review:yearly")

    assert first(after).review == Review(Frequency.YEARLY, (ADELE.subject,))


def test_a_review_is_taken_away() -> None:
    assert first(edited("review:no")).review is None
    assert first(edited("-review:")).review is None


def test_extensions_and_incompatible_packages_are_added_and_taken_away() -> None:
    after = edited('extension:requested:"Notify HR" incompatible:"Second" -incompatible:"Old package"')

    assert [one.at for one in first(after).extensions] == [Moment.GRANTED, Moment.REQUESTED]
    assert [one.name for one in after.incompatible_packages] == ["Second"]
    assert edited('-extension:granted:"Notify HR"').policies[0].extensions == ()


def test_an_end_taken_away_is_never() -> None:
    assert first(edited("-days:")).ends == Expiration()


def test_the_package_is_renamed_by_name() -> None:
    assert edited('name:"Poor package"') == replace(RICH, name="Poor package")


CLAUSES = st.sampled_from(
    "days:30 hidden timeline:yes requests:off app:CRM -app:CRM group:Designers question:Who? -question:Why? never "
    "approve:no decide:3 review:no for:all-users extend:no justification:yes -extension:granted description:none".split()
)


@given(st.lists(CLAUSES, max_size=4))
def test_what_a_sentence_does_not_touch_stays(clauses: list[str]) -> None:
    amendment = amended(read(removing('"Rich package" ' + " ".join(clauses))), RICH, zone=ZONE)
    resolution = resolve(amendment.draft, remembering(FOUND, RICH), base=RICH, now=NOW, zone=ZONE)

    if resolution.blueprint is None or amendment.problems:
        return
    touched = {one.section for one in changes(RICH, resolution.blueprint)}
    assert resolution.blueprint.policies[1:] == RICH.policies[1:]
    assert resolution.blueprint.id == RICH.id
    assert clauses or not touched
