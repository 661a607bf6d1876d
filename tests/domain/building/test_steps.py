"""The steps lead from what is there to what shall be, and to nothing when it is there already."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.building.blueprints import Named
from bot.domain.building.resources import ResourceRole, Role
from bot.domain.building.steps import StepKind, steps
from tests.domain.building.contoso import APP, ARTICLE, DEFAULT
from tests.domain.building.generated import stored


def test_a_new_package_is_made_before_its_roles_and_policies() -> None:
    kinds = [step.kind for step in steps(ARTICLE, None)]

    assert kinds == [StepKind.CREATE_PACKAGE, StepKind.ADD_ROLE, StepKind.CREATE_POLICY]


def test_nothing_is_written_when_nothing_differs() -> None:
    assert steps(ARTICLE, ARTICLE) == ()


NEW_APP = ResourceRole(replace(APP, origin_id="sp-new", name="New", catalog_resource_id=""), DEFAULT)
BEFORE = stored(ARTICLE)


def test_a_resource_that_is_not_in_the_catalog_is_added_first_and_once() -> None:
    reader = replace(NEW_APP, role=Role("r", "Reader"))

    planned = steps(replace(ARTICLE, roles=(NEW_APP, reader)), None)

    assert [step.name for step in planned] == [
        "resource sp-new",
        "package",
        f"role AadApplication sp-new {DEFAULT.id}",
        "role AadApplication sp-new r",
        "policy 1",
    ]
    assert planned[0].title == "Add “New” to the catalog “General”"


def test_what_is_taken_away_goes_last() -> None:
    wanted = replace(
        BEFORE, name="Renamed", roles=(NEW_APP,), policies=(replace(BEFORE.policies[0], id="", name="Other"),)
    )

    kinds = [step.kind for step in steps(wanted, BEFORE)]

    assert kinds == [
        StepKind.ADD_RESOURCE,
        StepKind.UPDATE_PACKAGE,
        StepKind.ADD_ROLE,
        StepKind.CREATE_POLICY,
        StepKind.REMOVE_ROLE,
        StepKind.DELETE_POLICY,
    ]


def test_a_changed_policy_carries_what_it_was() -> None:
    after = replace(BEFORE.policies[0], custom_timeline=False)

    (step,) = steps(replace(BEFORE, policies=(after,)), BEFORE)

    assert (step.kind, step.index, step.terms, step.was) == (StepKind.CHANGE_POLICY, 0, after, BEFORE.policies[0])


def test_a_policy_seen_at_another_time_is_no_change() -> None:
    later = replace(BEFORE.policies[0], modified_at=None)

    assert steps(replace(BEFORE, policies=(later,)), BEFORE) == ()


def test_who_is_kept_out_is_told_by_name() -> None:
    others = tuple(Named(f"p-{at}", f"Package {at}") for at in range(5))

    (kept_out,) = steps(replace(BEFORE, incompatible_packages=others), BEFORE)
    (let_in,) = steps(BEFORE, replace(BEFORE, incompatible_packages=others))

    assert kept_out.title == "Keep out who has “Package 0”, “Package 1”, “Package 2” and 2 more"
    assert (kept_out.packages, let_in.packages) == (others, others)
    assert let_in.kind is StepKind.INCLUDE
