"""A package described, understood, compared and cut into steps is the same package, whatever it is."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.changes import changes
from bot.domain.building.describing import draft_of
from bot.domain.building.drafts import PackageDraft
from bot.domain.building.lookup import Found
from bot.domain.building.resolving import references, resolve
from bot.domain.building.steps import Step, StepKind, steps
from bot.domain.building.terms import Review, Stage, Terms
from bot.domain.building.wording import sections
from bot.domain.packages import Expiration
from tests.domain.building.contoso import ARTICLE, NOW, ZONE
from tests.domain.building.generated import STRANGE, blueprints, reviews, stages, stored, tenant_of, terms

FEWER = settings(max_examples=40)
"""A package has so many parts that one takes long to make up."""

ANY = blueprints() | blueprints(policies=STRANGE | terms(), least=0).map(stored)


@FEWER
@given(blueprints())
def test_a_described_package_is_understood_as_the_same_package(blueprint: Blueprint) -> None:
    resolution = resolve(draft_of(blueprint, zone=ZONE), tenant_of(blueprint), now=NOW, zone=ZONE)

    assert resolution.problems == {}
    assert resolution.blueprint == blueprint


@FEWER
@given(blueprints())
def test_everything_asked_for_while_understanding_was_looked_up_before(blueprint: Blueprint) -> None:
    draft = draft_of(blueprint, zone=ZONE)
    wanted, found = references(draft), tenant_of(blueprint)
    looked_up = replace(
        found,
        resources={key: found.resources[key] for key in wanted.resources},
        subjects={ref: found.subjects[ref] for ref in wanted.subjects if ref in found.subjects},
    )

    assert resolve(draft, looked_up, now=NOW, zone=ZONE).blueprint == blueprint


@FEWER
@given(ANY, st.booleans())
def test_a_draft_that_changes_nothing_leaves_any_package_as_it_is(blueprint: Blueprint, whole: bool) -> None:
    draft = draft_of(blueprint, zone=ZONE)

    resolution = resolve(draft, Found(), base=blueprint, whole=whole, now=NOW, zone=ZONE)

    assert resolution.problems == {}
    assert resolution.blueprint == blueprint


@FEWER
@given(ANY)
def test_an_empty_draft_leaves_any_package_as_it_is(blueprint: Blueprint) -> None:
    resolution = resolve(PackageDraft(), Found(), base=blueprint, now=NOW, zone=ZONE)

    assert resolution.blueprint == blueprint


@FEWER
@given(blueprints(policies=STRANGE | terms()).map(stored))
def test_days_alone_change_the_end_of_the_first_policy_and_nothing_else(blueprint: Blueprint) -> None:
    draft = PackageDraft(ends="days", length="30")

    changed = resolve(draft, Found(), base=blueprint, now=NOW, zone=ZONE).blueprint

    first = blueprint.policies[0]
    assert changed is not None
    assert changed.policies[0].ends == Expiration(after=timedelta(days=30))
    assert replace(changed, policies=blueprint.policies) == blueprint
    assert changed.policies == (replace(first, ends=changed.policies[0].ends), *blueprint.policies[1:])


@FEWER
@given(blueprints(), blueprints())
def test_a_whole_draft_makes_any_package_into_any_other(before: Blueprint, after: Blueprint) -> None:
    base = stored(before)
    wanted = replace(after, catalog=base.catalog)

    resolution = resolve(draft_of(wanted, zone=ZONE), tenant_of(wanted), base=base, whole=True, now=NOW, zone=ZONE)

    assert resolution.problems == {}
    assert resolution.blueprint is not None
    assert changes(_begun(resolution.blueprint, None), _begun(wanted, None)) == ()
    assert resolution.blueprint.id == base.id


@FEWER
@given(ANY)
def test_nothing_differs_between_a_package_and_itself(blueprint: Blueprint) -> None:
    assert changes(blueprint, blueprint) == ()
    assert steps(blueprint, blueprint) == ()


@FEWER
@given(
    blueprints(policies=terms() | STRANGE).map(stored), blueprints(policies=terms() | STRANGE).map(stored), st.data()
)
def test_any_single_difference_is_told(one: Blueprint, other: Blueprint, data: st.DataObject) -> None:
    changed = _changed(one, other, data)

    told = changes(one, changed)

    assert bool(told) == (_without_ids(changed) != _without_ids(one))
    assert all(change.was != change.becomes for change in told)


def _begun(blueprint: Blueprint, at: datetime | None) -> Blueprint:
    """With every review beginning then: where a draft names no beginning, the one that is there stays."""
    policies = tuple(
        replace(one, review=replace(one.review, starts_at=at)) if one.review else one for one in blueprint.policies
    )
    return replace(blueprint, policies=policies)


def _without_ids(blueprint: Blueprint) -> Blueprint:
    """Roles in no order, questions without the ids they were stored under."""
    policies = tuple(
        replace(one, questions=tuple(replace(asked, id="") for asked in one.questions)) for one in blueprint.policies
    )
    given_roles = tuple(replace(one, scope_id="") for one in sorted(blueprint.roles, key=lambda one: one.key))
    packages = tuple(sorted(blueprint.incompatible_packages, key=lambda one: one.id))
    return replace(blueprint, policies=policies, roles=given_roles, incompatible_packages=packages)


def _changed(one: Blueprint, other: Blueprint, data: st.DataObject) -> Blueprint:
    """`one` with a single setting of `other`, of the package or deep in its first policy."""
    setting = data.draw(
        st.sampled_from(["name", "description", "hidden", "roles", "incompatible_packages", "policies"])
    )
    if setting != "policies":
        return replace(one, **{setting: getattr(other, setting)})
    first = one.policies[0]
    field = data.draw(st.sampled_from([one.name for one in fields(Terms) if one.name not in ("id", "modified_at")]))
    changed = replace(first, **{field: getattr(other.policies[0], field)})
    if field == "stages" and first.stages:
        part = data.draw(st.sampled_from([one.name for one in fields(Stage)]))
        stage = replace(first.stages[0], **{part: getattr(data.draw(stages()), part)})
        changed = replace(first, stages=(stage, *first.stages[1:]))
    if field == "review" and first.review:
        part = data.draw(st.sampled_from([one.name for one in fields(Review)]))
        changed = replace(first, review=replace(first.review, **{part: getattr(data.draw(reviews()), part)}))
    return replace(one, policies=(changed, *one.policies[1:]))


@FEWER
@given(blueprints(), blueprints().map(stored))
def test_steps_lead_from_one_package_to_another_and_are_the_same_each_time(
    wanted: Blueprint, before: Blueprint
) -> None:
    wanted = replace(wanted, id=before.id, catalog=before.catalog)
    kept = tuple(replace(one, id=was.id) for one, was in zip(wanted.policies, before.policies, strict=False))
    wanted = replace(wanted, policies=(*kept, *wanted.policies[len(kept) :]))

    planned = steps(wanted, before)

    names = [step.name for step in planned]
    assert len(set(names)) == len(names)
    assert planned == steps(wanted, before)
    assert changes(_done(planned, before, wanted), wanted) == ()


@FEWER
@given(blueprints())
def test_steps_make_a_package_from_nothing(wanted: Blueprint) -> None:
    planned = steps(wanted, None)

    kinds = [step.kind for step in planned]
    assert kinds == sorted(kinds, key=list(StepKind).index)
    assert changes(_done(planned, Blueprint(wanted.name, wanted.catalog), wanted), wanted) == ()


def _done(planned: tuple[Step, ...], package: Blueprint, wanted: Blueprint) -> Blueprint:
    """The package after these steps."""
    for step in planned:
        match step.kind:
            case StepKind.CREATE_PACKAGE | StepKind.UPDATE_PACKAGE:
                package = replace(package, name=wanted.name, description=wanted.description, hidden=wanted.hidden)
            case StepKind.ADD_ROLE:
                assert step.role is not None
                package = replace(package, roles=(*package.roles, step.role))
            case StepKind.REMOVE_ROLE:
                package = replace(package, roles=tuple(one for one in package.roles if one != step.role))
            case StepKind.CREATE_POLICY:
                assert step.terms is not None
                package = replace(package, policies=(*package.policies, step.terms))
            case StepKind.CHANGE_POLICY:
                policies = tuple(step.terms if one == step.was else one for one in package.policies)
                package = replace(package, policies=tuple(filter(None, policies)))
            case StepKind.DELETE_POLICY:
                package = replace(package, policies=tuple(one for one in package.policies if one != step.terms))
            case StepKind.EXCLUDE:
                package = replace(
                    package,
                    incompatible_packages=(*package.incompatible_packages, *step.packages),
                    incompatible_groups=(*package.incompatible_groups, *step.groups),
                )
            case StepKind.INCLUDE:
                packages = tuple(one for one in package.incompatible_packages if one not in step.packages)
                groups = tuple(one for one in package.incompatible_groups if one not in step.groups)
                package = replace(package, incompatible_packages=packages, incompatible_groups=groups)
    return package


@FEWER
@given(blueprints())
def test_every_name_and_text_of_a_package_is_told(blueprint: Blueprint) -> None:
    said = "\n".join(line for section in sections(blueprint) for line in section.lines)

    expected = [blueprint.name, blueprint.description, blueprint.catalog.name]
    expected += [text for role in blueprint.roles for text in (role.resource.name, role.role.name)]
    for policy in blueprint.policies:
        expected += [one.name for one in policy.targets]
        expected += [one.name for stage in policy.stages for one in (*stage.approvers, *stage.fallbacks)]
        expected += [one.name for stage in policy.stages for one in (*stage.alternates, *stage.alternate_fallbacks)]
        expected += [question.text for question in policy.questions]
        expected += [question.pattern for question in policy.questions]
        expected += [one.text for question in policy.questions for one in (*question.choices, *question.translations)]
        expected += [one.name for one in policy.extensions]
        expected += [one.name for one in policy.review.reviewers] if policy.review else []
    assert [text for text in expected if text not in said] == []


def test_the_articles_package_has_every_page_of_the_wizard() -> None:
    titles = [section.title for section in sections(ARTICLE)]

    assert titles == [
        "Basics",
        "Resource roles",
        "Requests",
        "Requestor information",
        "Lifecycle",
        "Separation of duties",
    ]
