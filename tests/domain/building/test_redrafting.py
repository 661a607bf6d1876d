"""A change described on an older state of a package is that change, and no more, on the newer one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.building.amending import remembering
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.describing import draft_of
from bot.domain.building.redrafting import redrafted
from bot.domain.building.resolving import resolve
from bot.domain.building.terms import Terms
from bot.domain.packages import Expiration, Scope
from tests.domain.building.contoso import FOUND, NOW, ZONE
from tests.domain.building.test_amending import DIRECT, FIRST, RICH

WEEK = Expiration(after=timedelta(days=7))
LATER = NOW + timedelta(minutes=1)


def after(draft_changes: dict[str, str], now: Blueprint) -> Blueprint:
    """What comes of a draft of RICH with these changes, once the package has become `now`."""
    draft = replace(draft_of(RICH, zone=ZONE), **draft_changes)  # type: ignore[arg-type]
    again = redrafted(draft, RICH, now, zone=ZONE)
    resolution = resolve(again, remembering(remembering(FOUND, RICH), now), base=now, whole=True, now=NOW, zone=ZONE)
    assert resolution.problems == {}
    assert resolution.blueprint is not None
    return resolution.blueprint


def test_without_a_change_of_ours_theirs_is_all_there_is() -> None:
    theirs = replace(RICH, description="New", policies=(replace(FIRST, ends=WEEK, modified_at=LATER), DIRECT))

    assert after({}, theirs) == theirs


def test_both_changes_are_kept_where_they_touch_different_things() -> None:
    theirs = replace(RICH, description="New", policies=(replace(FIRST, custom_timeline=True), DIRECT))

    result = after({"length": "30", "name": "Renamed"}, theirs)

    assert (result.name, result.description) == ("Renamed", "New")
    assert result.policies[0] == replace(FIRST, custom_timeline=True, ends=Expiration(after=timedelta(days=30)))


def test_where_both_changed_one_thing_ours_is_what_the_person_is_shown() -> None:
    theirs = replace(RICH, policies=(replace(FIRST, ends=WEEK), DIRECT))

    assert after({"length": "30"}, theirs).policies[0].ends == Expiration(after=timedelta(days=30))


def test_a_policy_added_meanwhile_stays_and_one_deleted_meanwhile_is_gone() -> None:
    added = Terms("Third", Scope.DIRECT_ONLY, ends=WEEK, id="pol-3")
    theirs = replace(RICH, policies=(FIRST, added))

    assert [one.id for one in after({}, theirs).policies] == ["pol-1", "pol-3"]


def test_a_policy_deleted_meanwhile_comes_back_only_where_it_was_to_change() -> None:
    theirs = replace(RICH, policies=(DIRECT,))

    result = after({"length": "30"}, theirs)

    assert {(one.name, one.id) for one in result.policies} == {("Direct", "pol-2"), ("Partners", "")}


@given(
    st.sampled_from([RICH, replace(RICH, hidden=True), replace(RICH, policies=(FIRST,)), replace(RICH, policies=())])
)
def test_on_the_same_package_nothing_happens_to_a_draft(package: Blueprint) -> None:
    draft = replace(draft_of(package, zone=ZONE), name="Other")

    assert redrafted(draft, package, package, zone=ZONE) == draft
