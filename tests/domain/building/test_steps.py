"""The steps lead from what is there to what shall be, and to nothing when it is there already."""

from __future__ import annotations

from bot.domain.building.steps import StepKind, steps
from tests.domain.building.contoso import ARTICLE


def test_a_new_package_is_made_before_its_roles_and_policies() -> None:
    kinds = [step.kind for step in steps(ARTICLE, None)]

    assert kinds == [StepKind.CREATE_PACKAGE, StepKind.ADD_ROLE, StepKind.CREATE_POLICY]


def test_nothing_is_written_when_nothing_differs() -> None:
    assert steps(ARTICLE, ARTICLE) == ()
