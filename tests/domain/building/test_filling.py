"""A page's fields fill the draft, whatever is sent; what was not sent stays."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.building.drafts import PackageDraft, QuestionWish, ResourceWish, StageWish
from bot.domain.building.filling import as_shown, choose, fill
from bot.domain.building.inputs import listed, unlisted, which
from bot.domain.building.pages import ORDER, Page, page_named, page_stored, page_with
from bot.domain.building.terms import Moment

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = (
    "name description catalog hidden role.0 role.7 remove.0 add.app add.site add.name add.kind audience targets approval "
    "stage.0.approvers stage.2.days stage.0.justification question.text question.kind question.choices editing unask "
    "question.translations ends length until extend review.frequency review.reviewers extension.0 incompatible_groups"
).split()
SENT = st.dictionaries(st.sampled_from(KEYS), JSON | st.sampled_from(["yes", "no", "1", "2", "3", "a, b", "0"]))
DRAFT = PackageDraft(
    name="Audit",
    resources=(ResourceWish("app", "a1", "Reader"), ResourceWish("group", "g1")),
    stages=(StageWish(("Alex",)),),
    approve="yes",
    questions=(QuestionWish("Why?", "long", "yes"), QuestionWish("Team?", "choice", "", ("A", "B"))),
    targets=("Alex", "Megan"),
    extensions=((Moment.APPROVED.value, "x1"),),
)


@given(st.sampled_from(ORDER), SENT)
def test_whatever_a_page_sends_is_taken_without_an_error(page: Page, sent: dict[str, object]) -> None:
    filled = fill(choose(DRAFT, sent), page, sent)

    assert isinstance(filled, PackageDraft)
    assert "\\x00" not in repr(filled)


@pytest.mark.parametrize("page", ORDER)
def test_a_page_that_sends_nothing_changes_nothing(page: Page) -> None:
    assert fill(DRAFT, page, {}) == DRAFT


def test_a_page_fills_its_own_fields_only() -> None:
    filled = fill(DRAFT, Page.BASICS, {"name": "  Partners ", "ends": "never", "audience": "members"})

    assert filled == replace(DRAFT, name="Partners")


def test_resources_are_added_from_lists_and_by_name_given_roles_and_removed() -> None:
    sent = {
        "role.0": "Writer",
        "remove.1": "yes",
        "add.group": "g2",
        "add.name": "https://x/sites/y",
        "add.kind": "site",
    }

    filled = fill(DRAFT, Page.RESOURCES, sent)

    assert filled.resources == (
        ResourceWish("app", "a1", "Writer"),
        ResourceWish("group", "g2"),
        ResourceWish("site", "https://x/sites/y"),
    )


def test_a_resource_that_is_there_is_not_added_again() -> None:
    assert fill(DRAFT, Page.RESOURCES, {"add.app": "a1"}) == DRAFT


@pytest.mark.parametrize(("approval", "stages", "approve"), [("no", 0, "no"), ("1", 1, "yes"), ("3", 3, "yes")])
def test_the_number_of_stages_is_as_chosen_and_the_first_stay_as_they_were(
    approval: str, stages: int, approve: str
) -> None:
    filled = fill(DRAFT, Page.REQUESTS, {"approval": approval})

    assert (len(filled.stages), filled.approve) == (stages, approve)
    assert filled.stages[:1] == DRAFT.stages[:stages]


def test_next_in_words_takes_what_the_page_shows() -> None:
    assert as_shown(PackageDraft(), Page.REQUESTS).audience == "all-users"
    assert as_shown(DRAFT, Page.REQUESTS).audience == "specific"
    assert as_shown(PackageDraft(), Page.LIFECYCLE) == PackageDraft()


def test_where_only_administrators_assign_nobody_can_ask() -> None:
    assert fill(DRAFT, Page.REQUESTS, {"audience": "admins-only", "requests": "yes"}).requests == "no"


def test_a_question_is_added_changed_and_removed() -> None:
    asked = fill(DRAFT, Page.QUESTIONS, {"question.text": "When?", "question.translations": "de: Wann?\nnonsense"})
    changed = fill(DRAFT, Page.QUESTIONS, {"question.text": "Where?", "editing": "1", "question.choices": "X\n\nY"})
    removed = fill(DRAFT, Page.QUESTIONS, {"unask": "yes", "editing": "0"})

    assert asked.questions[2] == QuestionWish("When?", translations=(("de", "Wann?"), ("", "nonsense")))
    assert changed.questions == (DRAFT.questions[0], QuestionWish("Where?", "choice", "", ("X", "Y")))
    assert removed.questions == DRAFT.questions[1:]


def test_an_extension_is_chosen_for_each_moment_and_taken_away() -> None:
    filled = fill(DRAFT, Page.LIFECYCLE, {"extension.0": "x2", "extension.1": "none"})

    assert filled.extensions == ((Moment.REQUESTED.value, "x2"),)


def test_what_means_several_things_is_replaced_wherever_it_stands() -> None:
    chosen = choose(DRAFT, {which("Alex"): "alex@contoso.com", which("Megan"): ""})

    assert chosen.targets == ("alex@contoso.com", "Megan")
    assert chosen.stages == (StageWish(("alex@contoso.com",)),)


@given(st.lists(st.text(min_size=1, max_size=30).filter(str.strip), unique=True, max_size=5))
def test_a_list_shown_in_a_field_is_read_back_as_it_was(names: list[str]) -> None:
    once = listed(", ".join(names))

    assert listed(unlisted(once, {})) == once
    assert listed(unlisted(once, dict.fromkeys(once, 'Somebody, "known" <as>'))) == once
    assert unlisted(("adele@contoso.com",), {"adele@contoso.com": "Adele"}) == "Adele <adele@contoso.com>"


def test_lists_are_read_as_people_write_them() -> None:
    said = 'Adele Vance <adele@contoso.com>; manager, External sponsors\n"Sales, Europe", manager'

    assert listed(said) == ("adele@contoso.com", "manager", "External sponsors", "Sales, Europe")


@pytest.mark.parametrize("page", ORDER)
def test_a_page_is_found_by_its_name_and_by_what_is_stored(page: Page) -> None:
    assert page_named(f" Go to {page.heading.upper()}. ") is page
    assert page_stored(page.value) is page
    assert page_stored("no such page") is Page.BASICS


def test_every_field_of_a_draft_stands_on_a_page_but_the_review() -> None:
    assert {page_with(one.name) for one in fields(PackageDraft)} == set(ORDER) - {Page.REVIEW}
    assert page_with("stages.1.approvers") is Page.REQUESTS
