"""Closing, opening, hiding and copying touch what they name, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.building import switches
from bot.domain.building.changes import changes
from bot.domain.building.steps import StepKind, steps
from bot.domain.outcomes import Tone
from bot.domain.packages import Scope
from tests.domain.building.contoso import NOW
from tests.domain.building.test_amending import FIRST, RICH

CLOSED = replace(RICH, policies=(replace(FIRST, accepts_requests=False), RICH.policies[1]))


def test_closing_leaves_what_is_for_administrators_as_it_is() -> None:
    assert switches.closed(RICH) == CLOSED


def test_opening_takes_a_closing_back() -> None:
    assert switches.opened(switches.closed(RICH)) == RICH


def test_closing_twice_changes_nothing() -> None:
    assert changes(CLOSED, switches.closed(CLOSED)) == ()


def test_hiding_changes_the_visibility_alone() -> None:
    found = changes(RICH, switches.shown(RICH, hidden=True))

    assert [one.label for one in found] == ["Visibility"]


def test_the_state_says_whether_anybody_can_get_the_package() -> None:
    direct = replace(RICH, policies=RICH.policies[1:])
    unpublished = replace(RICH, catalog=replace(RICH.catalog, published=False))

    tones = [switches.state(one)[0] for one in (RICH, CLOSED, direct, unpublished, replace(RICH, policies=()))]

    assert tones == [Tone.GOOD, Tone.WARNING, Tone.INFO, Tone.BAD, Tone.BAD]


def test_a_copy_has_everything_and_nothing_of_the_old_ones_identity() -> None:
    copy = switches.copied(RICH, "Twin", now=NOW)

    differing = {one.label for one in changes(RICH, copy)}
    assert differing <= {"Name", "Question 1", "Question 2", "New requests"}
    assert {step.kind for step in steps(copy, None)} == {
        StepKind.CREATE_PACKAGE,
        StepKind.ADD_ROLE,
        StepKind.CREATE_POLICY,
        StepKind.EXCLUDE,
    }
    assert "pol-1" not in repr(copy)
    assert "scope-1" not in repr(copy)


def test_reviews_of_a_copy_begin_in_the_future() -> None:
    assert FIRST.review is not None
    past, future = NOW - timedelta(days=1), NOW + timedelta(days=1)
    old = replace(RICH, policies=(replace(FIRST, review=replace(FIRST.review, starts_at=past)),))
    new = replace(RICH, policies=(replace(FIRST, review=replace(FIRST.review, starts_at=future)),))

    starts = [switches.copied(one, "Twin", now=NOW).policies[0].review for one in (old, new)]

    assert [review and review.starts_at for review in starts] == [None, future]


def test_a_package_that_nobody_can_be_assigned_to_at_once_gets_a_policy_for_that() -> None:
    alone = replace(RICH, policies=(replace(FIRST, name=switches.DIRECT),))

    after = switches.assignable(alone)

    assert after.policies[0] == alone.policies[0]
    assert [(one.name, one.scope, one.ends) for one in after.policies[1:]] == [
        ("Direct assignment 2", Scope.DIRECT_ONLY, FIRST.ends)
    ]
    assert switches.assignable(after) is after
