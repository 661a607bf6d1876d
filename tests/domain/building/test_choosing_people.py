"""Of several people a name may mean, only those are offered who can do what is asked of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.building.drafts import StageWish
from bot.domain.building.resolving import Resolution, resolve
from bot.domain.building.sentence import read
from bot.domain.building.subjects import Candidate, Subject, SubjectKind
from tests.domain.building.contoso import ADELE, FOUND, GONE, GUEST, NOW, SENTENCE, ZONE

ANNA = Candidate(Subject(SubjectKind.USER, "u-anna", "Anna Member"), "anna@contoso.com")
ADELE_OUTSIDE = Candidate(Subject(SubjectKind.USER, "u-out", "Adele Vance"), "adele@fabrikam.com", is_guest=True)


def approved_by(*candidates: Candidate, said: str = "a") -> Resolution:
    """The article's package, approved by whoever is meant by what is said, when these people fit it."""
    draft = replace(read(SENTENCE).draft, approve="yes", stages=(StageWish((said,)),))
    found = replace(FOUND, subjects={**FOUND.subjects, said: candidates})
    return resolve(draft, found, now=NOW, zone=ZONE)


def test_guests_are_left_out_of_the_choice_of_approvers_and_it_is_said() -> None:
    resolution = approved_by(ADELE, GUEST, ANNA)

    assert [one.value for one in resolution.choices["stages"]] == ["u-adele", "u-anna"]
    assert "An approver must belong to the organisation: guests are left out." in resolution.problems["stages"]


def test_a_part_of_a_name_takes_nobody_only_because_the_others_are_guests() -> None:
    resolution = approved_by(ADELE, GUEST)

    assert [one.value for one in resolution.choices["stages"]] == ["u-adele"]
    assert resolution.blueprint is None


def test_of_two_with_the_same_name_the_member_is_meant() -> None:
    resolution = approved_by(ADELE, ADELE_OUTSIDE, said="Adele Vance")

    assert resolution.problems == {}
    assert resolution.blueprint is not None
    assert resolution.blueprint.policies[0].stages[0].approvers == (ADELE.subject,)


@pytest.mark.parametrize(
    ("candidates", "why"),
    [
        ((GUEST, ADELE_OUTSIDE), "An approver must belong to the organisation"),
        ((GONE, replace(GONE, subject=ANNA.subject)), "Their accounts are switched off."),
    ],
)
def test_where_nobody_can_be_chosen_nobody_is_offered(candidates: tuple[Candidate, ...], why: str) -> None:
    resolution = approved_by(*candidates)

    assert "stages" not in resolution.choices
    assert "“a” fits only people who cannot be chosen." in resolution.problems["stages"]
    assert why in resolution.problems["stages"]
