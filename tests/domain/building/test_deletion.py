"""A deletion ends only the access of those who were on the card, and knows at any moment what is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import Assignment, AssignmentState
from bot.domain.building import deletion
from bot.domain.building.builds import BuildState
from tests.domain.building.contoso import NOW
from tests.domain.building.test_amending import RICH


def held(key: str, state: AssignmentState = AssignmentState.DELIVERED) -> Assignment:
    return Assignment(key, state, RICH.id, RICH.name, f"person-{key}", f"Name {key}")


def asked(*keys: str) -> deletion.Build:
    build = deletion.opened(RICH, map(held, keys), build_id="b", owner=("u-alex", "Alex"), now=NOW)
    return deletion.confirmed(build, NOW)


def test_who_has_lost_it_already_is_not_on_the_card() -> None:
    build = deletion.opened(
        RICH, [held("1"), held("2", AssignmentState.EXPIRED)], build_id="b", owner=("u", "A"), now=NOW
    )

    assert build.made == {"1": "Name 1"}
    assert deletion.is_deletion(build)


def test_somebody_who_came_later_is_a_stranger() -> None:
    look = deletion.look(asked("1"), [held("1"), held("2")])

    assert [one.id for one in look.left] == ["1"]
    assert [one.id for one in look.others] == ["2"]


def test_a_removal_is_asked_for_once_until_it_is_resumed() -> None:
    build = asked("1", "2").attempted("1")
    stuck = deletion.failed(build, "No", "X", NOW)

    assert [one.id for one in deletion.look(build, [held("1"), held("2")]).unasked] == ["2"]
    assert [one.id for one in deletion.look(deletion.resumed(stuck, NOW), [held("1")]).unasked] == ["1"]


def test_a_yes_counts_once() -> None:
    build = asked("1")

    assert deletion.confirmed(build, NOW + timedelta(days=1)) is build
    assert deletion.resumed(build, NOW) is build
    assert deletion.failed(replace(build, state=BuildState.BUILT), "No", "X", NOW).failure is None


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdefgh")))
def test_everybody_is_either_left_ended_or_a_stranger(confirmed: set[str], there: set[str]) -> None:
    build = asked(*sorted(confirmed))

    look = deletion.look(build, map(held, sorted(there)))
    ended = deletion.seen(build, look.left).done

    assert {one.id for one in look.left} | set(ended) == confirmed
    assert {one.id for one in look.others} == there - confirmed


def test_open_requests_and_too_many_people_stand_in_the_way() -> None:
    assert deletion.obstacles(deletion.MOST_PEOPLE, 0) == ()
    assert "201 people" in deletion.obstacles(201, 0)[0]
    assert "Close the package for requests" in deletion.obstacles(3, 1)[0]
    assert len(deletion.obstacles(201, 1)) == 2


def test_the_name_may_be_typed_as_people_type_it() -> None:
    assert deletion.is_the_name(' "rich  PACKAGE" ', RICH.name)
    assert not deletion.is_the_name("Rich", RICH.name)
    assert not deletion.is_the_name("", "")
