"""What anyone outside can ask for needs somebody who approves, before anything is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.building.facts import Facts
from bot.domain.building.lint import lint
from bot.domain.building.resolving import Resolution, resolve
from bot.domain.building.sentence import read
from bot.domain.outcomes.parts import Tone
from bot.domain.packages import Scope
from tests.domain.building.contoso import ARTICLE, FOUND, NOW, ZONE
from tests.domain.building.generated import stored

SAID = "Anyone outside can ask, and for that Entra makes approval compulsory. Say who approves, or let others ask."
OPEN = stored(replace(ARTICLE, policies=(replace(ARTICLE.policies[0], scope=Scope.ANYONE_OUTSIDE),)))


def understood(words: str, **options: object) -> Resolution:
    """What the words come to."""
    return resolve(read(words).draft, FOUND, now=NOW, zone=ZONE, **options)


@pytest.mark.parametrize("approval", ["approve:no", ""])
def test_a_new_package_for_anyone_outside_without_approval_is_not_made(approval: str) -> None:
    resolution = understood(f'"Open" app:App4Guest for:anyone days:14 {approval}')

    assert (resolution.blueprint, resolution.problems) == (None, {"approve": SAID})


def test_with_an_approver_it_is_made() -> None:
    resolution = understood('"Open" app:App4Guest for:anyone days:14 approver:"Megan Bowen"')

    assert resolution.problems == {}


@pytest.mark.parametrize("words", ["for:anyone", "for:anyone approve:no"])
def test_a_change_to_anyone_outside_without_approval_is_not_made(words: str) -> None:
    resolution = understood(words, base=stored(ARTICLE))

    assert resolution.problems == {"approve": SAID}


def test_a_package_that_is_like_that_already_can_be_changed_otherwise() -> None:
    resolution = understood("days:30", base=OPEN)

    assert resolution.problems == {}


def test_a_package_that_is_like_that_already_is_warned_of() -> None:
    found = lint(OPEN, Facts(), now=NOW)

    assert [(one.code, one.tone) for one in found if one.code == "approval_forced"] == [
        ("approval_forced", Tone.WARNING)
    ]
