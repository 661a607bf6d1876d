"""What is written as a file is read back to the letter."""

from __future__ import annotations

from dataclasses import replace

import yaml
from hypothesis import given, settings

from bot.domain.building.drafts import NONE, PackageDraft, PolicyWish, QuestionWish
from bot.domain.building.filed import FiledPackage
from packagefiles.files import Files
from tests.packagefiles.drafts import drafts, texts

FILES = Files()


def written(*packages: FiledPackage) -> str:
    return FILES.write(packages, about="Access packages of Contoso", time_zone="Europe/Berlin")


def explicit(draft: PackageDraft) -> PackageDraft:
    """The draft with "none" said where it leaves something empty, as a file does."""
    first = policy(draft)
    return replace(
        draft,
        description=draft.description or NONE,
        incompatible_packages=draft.incompatible_packages or (NONE,),
        incompatible_groups=draft.incompatible_groups or (NONE,),
        others=tuple(policy(one) for one in draft.others),
        policy_description=first.policy_description,
        questions=first.questions,
        extensions=first.extensions,
    )


def policy(wish: PolicyWish) -> PolicyWish:
    return replace(
        wish,
        policy_description=wish.policy_description or NONE,
        questions=wish.questions or (QuestionWish(NONE),),
        extensions=wish.extensions or ((NONE, NONE),),
    )


@settings(max_examples=40)
@given(drafts())
def test_every_package_comes_back_from_its_file(draft: PackageDraft) -> None:
    text = written(FiledPackage(draft))

    reading = FILES.read(text)

    assert reading.problems == ()
    assert [one.draft for one in reading.packages] == [explicit(draft)]
    assert reading.time_zone == "Europe/Berlin"


@given(texts)
def test_any_other_reader_of_yaml_finds_the_same_text(text: str) -> None:
    draft = PackageDraft(name="Partners", catalog="General", description=text)

    loaded = yaml.safe_load(written(FiledPackage(draft)))

    assert loaded["packages"][0]["description"] == text


@given(texts, texts)
def test_names_beside_ids_are_comments_and_nothing_else(name: str, ref: str) -> None:
    draft = PackageDraft(name="Partners", catalog="General", incompatible_groups=(ref,))

    reading = FILES.read(written(FiledPackage(draft, names={ref: name})))

    assert reading.problems == ()
    assert reading.packages[0].draft.incompatible_groups == (ref,)
