"""A file is applied while processes die and Graph refuses: every package is there once, and the overview ends."""

from __future__ import annotations

import pytest

from tests.journeys.building import packages, policies
from tests.journeys.filing import package, planned, together
from tests.journeys.rough import held, hold
from tests.journeys.stage import Stage, until


@pytest.mark.parametrize("path", ["/accessPackages$", "/assignmentPolicies$"])
def test_killed_in_the_middle_of_a_file_the_overview_still_comes_to_its_end(rough: Stage, path: str) -> None:
    (one, first), (two, second), (three, third) = (package(rough) for _ in range(3))
    card = planned(rough, together(first, second, third), "Create: 3")
    hold(rough, "POST", path, seconds=3.0)
    rough.press("alex", "Apply", card=card)
    until(lambda: held(rough), what="the bot is in the middle of it")

    rough.bot.kill()
    rough.bot.start()

    rough.shown("alex", "In order: 3 of 3 packages done", one, two, three, seconds=90)
    for name in (one, two, three):
        assert len(packages(rough, name)) == 1
        assert policies(rough, packages(rough, name)[0]["id"]) == ["Initial Policy"]
    overviews = [card for card in rough.cards("alex") if one in rough.words("alex", card)]
    assert not [card for card in overviews if "Working" in rough.words("alex", card)]


def test_killed_between_the_press_and_the_first_write_a_file_is_applied_once(rough: Stage) -> None:
    (one, first), (two, second) = package(rough), package(rough)
    card = planned(rough, together(first, second), "Create: 2")
    hold(rough, "POST", r"\$batch$", seconds=2.0)
    rough.press("alex", "Apply", card=card)
    until(lambda: held(rough), what="the bot looks at the tenant once more")

    rough.bot.kill()
    rough.bot.start()

    rough.shown("alex", "In order: 2 of 2 packages done", one, two, seconds=90)
    assert [len(packages(rough, name)) for name in (one, two)] == [1, 1]
    assert sum("2 of 2 packages done" in rough.words("alex", each) for each in rough.cards("alex")) == 1


def test_a_storm_of_429_slows_a_file_down_and_loses_nothing(rough: Stage) -> None:
    (one, first), (two, second) = package(rough), package(rough)
    card = planned(rough, together(first, second), "Create: 2")
    rules = [
        {"method": "POST", "path": "/entitlementManagement/", "status": 429, "retryAfter": 1, "times": 8},
        {"method": "GET", "path": "/entitlementManagement/", "status": 429, "retryAfter": 1, "times": 8},
    ]
    rough.control("faults", {"rules": rules})

    rough.press("alex", "Apply", card=card)

    rough.shown("alex", "In order: 2 of 2 packages done", one, two, seconds=120)
    assert [len(packages(rough, name)) for name in (one, two)] == [1, 1]
