"""What a build does forwards and backwards, whatever the package and wherever it stopped."""

from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build, BuildState
from bot.domain.building.rebasing import rebased
from bot.domain.building.resources import Resource, ResourceRole, Role, System
from bot.domain.building.steps import StepKind, steps
from bot.domain.building.terms import Terms
from bot.domain.building.undoing import TakeBack, added_resources, as_left, plan
from bot.domain.invites import Failure
from bot.domain.packages import Catalog
from tests.domain.building.contoso import NOW
from tests.domain.building.generated import blueprints, terms

MEMBER = ResourceRole(Resource(System.GROUP, "g-1", "Group 1"), Role("Member_g-1", "Member"))
GROUP_ONLY = Blueprint("P", Catalog("c", "C"), roles=(MEMBER,))
ENDED = st.sampled_from([BuildState.BUILT, BuildState.FAILED])


def building(wanted, **more):
    return Build("b", "alex", "Alex", NOW, state=BuildState.BUILDING, wanted=wanted, **more)


def after(build, count):
    """The build with so many of its first steps begun and done."""
    for step in plan(build)[:count]:
        build = build.attempted(step.name).finished(step.name, f"id of {step.name}")
    return build


@settings(max_examples=40)
@given(blueprints(), st.integers(0, 30), ENDED)
def test_what_was_begun_is_taken_back_package_first_and_nothing_else(wanted, count, state):
    build = replace(after(building(wanted), count), state=state)

    back = plan(build.undoing(NOW))

    begun = [one for one in steps(wanted, None) if one.name in build.attempts]
    added = [one.name for one in begun if one.kind is StepKind.ADD_RESOURCE]
    made = ["package"] if any(one.kind is StepKind.CREATE_PACKAGE for one in begun) else []
    assert [one.name for one in back] == [f"undo {name}" for name in (*made, *added)]
    assert all(isinstance(one, TakeBack) for one in back)


@settings(max_examples=40)
@given(blueprints(), st.integers(0, 30))
def test_the_steps_ahead_shrink_one_by_one_and_names_stay(wanted, count):
    whole = plan(building(wanted))

    build = after(building(wanted), count)

    assert plan(build) == whole
    assert [one.name for one in whole if one.name in build.done] == [one.name for one in whole[:count]]


def test_a_resource_somebody_else_had_added_is_not_ours():
    build = building(GROUP_ONLY)
    name = plan(build)[0].name

    seen = build.finished(name, "there already")
    ours = build.attempted(name).finished(name, "made by us")

    assert added_resources(seen) == ()
    assert [one.catalog_resource_id for one in added_resources(ours)] == ["made by us"]


def test_what_a_change_did_to_the_roles_counts_before_entra_shows_it():
    owner = replace(MEMBER, role=Role("Owner_g-1", "Owner"), scope_id="s-1")
    guessed = replace(MEMBER, role=Role("a guess", "member"))
    before = replace(GROUP_ONLY, roles=(owner,), id="p")
    build = building(replace(before, roles=(guessed,)), before=before)
    whole = after(build, 9)

    late, shown = as_left(before, whole), as_left(replace(before, roles=(replace(MEMBER, scope_id="s-2"),)), whole)

    assert [(one.role.name, one.scope_id) for one in late.roles] == [("member", "")]
    assert [(one.role.name, one.scope_id) for one in shown.roles] == [("Member", "s-2")]
    assert as_left(before, build) == before


def test_only_what_fits_its_state_moves_a_build():
    failure = Failure("No.", at=NOW)
    draft = replace(building(GROUP_ONLY), state=BuildState.DRAFT)
    running = draft.begun(NOW)

    stuck, back = running.failed(failure), running.failed(failure).undoing(NOW)

    assert [running.state, stuck.state, back.state] == [BuildState.BUILDING, BuildState.FAILED, BuildState.UNDOING]
    assert running.begun(NOW) is running
    assert running.undoing(NOW) is running
    assert running.resumed(NOW) is running
    assert stuck.resumed(NOW).state is BuildState.BUILDING
    assert back.failed(failure).state is BuildState.UNDOING
    assert not back.failed(failure).under_way
    assert back.failed(failure).resumed(NOW).under_way


@settings(max_examples=60)
@given(terms(), terms(), st.sets(st.sampled_from([one.name for one in fields(Terms)])), st.data())
def test_both_peoples_changes_are_kept_and_mine_count_where_they_meet(was, other, mine_names, data):
    own = {"id", "modified_at"}
    their_names = data.draw(st.sets(st.sampled_from([one.name for one in fields(Terms)])))
    mine = replace(was, **{name: getattr(other, name) for name in mine_names - own})
    third = data.draw(terms())
    theirs = replace(was, **{name: getattr(third, name) for name in their_names})

    both = rebased(was, mine, theirs)

    for field in fields(Terms):
        changed = field.name not in own and getattr(mine, field.name) != getattr(was, field.name)
        assert getattr(both, field.name) == getattr(mine if changed else theirs, field.name)
