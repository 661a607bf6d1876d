"""What is said in addition goes over a draft, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.building.drafts import PackageDraft, QuestionWish, ResourceWish, ReviewWish, StageWish
from bot.domain.building.merging import merged
from bot.domain.building.sentence import read
from tests.cards.outcomes import any_of

DRAFT = PackageDraft(
    name="Audit",
    resources=(ResourceWish("app", "App4Guest"), ResourceWish("group", "Readers", "Member")),
    audience="specific",
    targets=("Megan Bowen",),
    approve="yes",
    stages=(StageWish(("manager",)),),
    questions=(QuestionWish("Why?"),),
    ends="date",
    until="2030-01-01",
    review=ReviewWish("yearly", ("self",)),
)


@given(any_of(PackageDraft))
def test_nothing_said_changes_nothing(draft: PackageDraft) -> None:
    distinct = merged(draft, PackageDraft())

    assert merged(distinct, PackageDraft()) == distinct
    assert distinct.name == draft.name
    assert distinct.stages == draft.stages


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("days:30", {"ends": "days", "length": "30", "until": ""}),
        ("never", {"ends": "never", "until": ""}),
        ("approve:no", {"approve": "no", "stages": ()}),
        ("approver:sponsors", {"stages": (StageWish(("sponsors",)),)}),
        ("for:members", {"audience": "members", "targets": ()}),
        ("review:monthly", {"review": ReviewWish("monthly", ("self",))}),
        ('question:"When?"', {"questions": (QuestionWish("Why?"), QuestionWish("When?"))}),
        ('"Another"', {"name": "Another"}),
        (
            "app:App4Guest role:Reader",
            {"resources": (ResourceWish("group", "Readers", "Member"), ResourceWish("app", "App4Guest", "Reader"))},
        ),
        ("-group:Readers", {"resources": (ResourceWish("app", "App4Guest"),)}),
    ],
)
def test_words_replace_single_settings_and_lengthen_lists(words: str, changed: dict[str, object]) -> None:
    said = read(words)

    after = merged(DRAFT, said.draft, said.dropped)

    different = {name for name in PackageDraft.__dataclass_fields__ if getattr(after, name) != getattr(DRAFT, name)}
    assert {name: getattr(after, name) for name in changed} == changed
    assert different <= set(changed)


@given(st.text(max_size=80))
def test_any_words_can_be_merged_twice_with_the_same_result(words: str) -> None:
    said = read(words)

    once = merged(DRAFT, said.draft, said.dropped)

    assert merged(once, said.draft, said.dropped) == once
