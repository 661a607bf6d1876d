"""Whatever fails while a package is built or taken back, and however often: one of everything, and nothing left over."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest

from bot.domain.building.builds import SEARCH, BuildState
from tests.journeys.building import (
    WHOLE,
    article,
    built,
    fresh_catalog,
    fresh_name,
    is_whole,
    planned,
    resources,
    resume,
    stored,
    trail,
    whole,
)
from tests.journeys.rough import Rough, RoughTeams, held, hold
from tests.journeys.stage import Stage, until

RESOURCE, PACKAGE, ROLE, POLICY = (
    "/resourceRequests$",
    "/accessPackages$",
    "/resourceRoleScopes$",
    "/assignmentPolicies$",
)
EXCLUDED = "/incompatibleAccessPackages/"
WRITES = [RESOURCE, PACKAGE, ROLE, POLICY, EXCLUDED]
FAULTS = [
    pytest.param({"dropAfterWrite": True, "times": 1}, id="cut after the write"),
    pytest.param({"times": 1}, id="cut before the write"),
    pytest.param({"status": 429, "retryAfter": 1, "times": 2}, id="429"),
    pytest.param({"status": 429, "retryAfter": 9, "times": 1}, id="429 for long"),
    pytest.param({"status": 503, "times": 2}, id="503"),
    pytest.param({"status": 404, "times": 4}, id="404 for a while"),
]


def restart(stage: Stage) -> None:
    stage.bot.kill()
    stage.bot.start()


def spoil(stage: Stage, path: str, *, method: str = "POST", **rule: Any) -> None:
    stage.control("faults", {"rules": [{"method": method, "path": path, **rule}]})


def has_come_through(stage: Stage, build: str) -> bool:
    """Whether it is built after all that failed; what may have been made without an answer has been looked for."""
    one = stored(stage, build)
    waited = stage.now() - one.tried_at if one.tried_at else timedelta(0)
    if one.under_way and timedelta(seconds=5) < waited < SEARCH:
        stage.control("clock", {"advance": "PT2M"})
    return held(stage) and one.state is BuildState.BUILT


def undo(stage: Stage, build: str) -> None:
    """Say yes to taking it back, wherever the question stands."""
    stage.execute("alex", {"verb": "package.undo.yes", "build": build, "v": 1}, card="")


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_step_that_fails_for_a_moment_is_done_once(rough: Stage, path: str, fault: dict[str, Any]) -> None:
    wanted = article(fresh_name(), fresh_catalog(rough))
    build = planned(rough, wanted)
    spoil(rough, path, **fault)

    resume(rough, build)

    until(lambda: has_come_through(rough, build), seconds=90, what="it failed as often as it should, and is built")
    rough.shown("alex", wanted.name, "✔ Created", seconds=60)
    is_whole(rough, wanted)


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("seconds", [1.0, 6.0])
def test_killed_while_graph_writes_there_is_one_of_everything(rough: Stage, path: str, seconds: float) -> None:
    wanted = article(fresh_name(), fresh_catalog(rough))
    build = planned(rough, wanted)
    hold(rough, "POST", path, seconds=seconds)

    resume(rough, build)
    until(lambda: held(rough), what="the bot is in the middle of it")
    rough.shown("alex", wanted.name, "In progress")
    restart(rough)

    rough.shown("alex", wanted.name, "✔ Created", seconds=60)
    is_whole(rough, wanted)


def test_killed_at_every_step_of_one_build_it_still_comes_to_an_end(rough: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(rough))
    build = planned(rough, wanted)
    hold(rough, "POST", WRITES[0])
    resume(rough, build)

    for path in [*WRITES[1:], "/nothing$"]:
        until(lambda: held(rough), seconds=40, what=f"the bot is held before {path}")
        rough.shown("alex", wanted.name, "In progress")
        rough.bot.kill()
        hold(rough, "POST", path)
        rough.bot.start()

    rough.shown("alex", wanted.name, "✔ Created", seconds=60)
    is_whole(rough, wanted)
    acts = [one.detail for one in trail(rough, stored(rough, build).package_id)]
    assert len(set(acts)) == 6


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(("method", "path"), [("DELETE", "/accessPackages/[^/]+$"), ("POST", RESOURCE)])
def test_an_undo_that_fails_for_a_moment_leaves_nothing(
    rough: Stage, method: str, path: str, fault: dict[str, Any]
) -> None:
    wanted = article(fresh_name(), fresh_catalog(rough))
    build, _ = built(rough, wanted)
    spoil(rough, path, method=method, **fault)

    undo(rough, build)

    rough.shown("alex", wanted.name, "✔ Taken back", seconds=60)
    assert whole(rough, wanted) == (0,)
    assert resources(rough, wanted.catalog) == []


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/accessPackages/[^/]+$"), ("POST", RESOURCE)])
def test_killed_while_it_is_taken_back_nothing_is_left(rough: Stage, method: str, path: str) -> None:
    wanted = article(fresh_name(), fresh_catalog(rough))
    build, _ = built(rough, wanted)
    hold(rough, method, path)

    undo(rough, build)
    until(lambda: held(rough), what="the bot is in the middle of it")
    restart(rough)

    rough.shown("alex", wanted.name, "✔ Taken back", seconds=60)
    assert whole(rough, wanted) == (0,)
    assert resources(rough, wanted.catalog) == []


def test_a_package_whose_making_was_cut_off_is_taken_back_too(rough: Stage) -> None:
    """The answer never came and every repetition is refused: the package is there, its id unknown."""
    wanted = article(fresh_name(), fresh_catalog(rough))
    build = planned(rough, wanted)
    rules = [
        {"method": "POST", "path": PACKAGE, "dropAfterWrite": True, "times": 1},
        {"method": "GET", "path": PACKAGE, "status": 403},
    ]
    rough.control("faults", {"rules": rules})
    resume(rough, build)
    rough.shown("alex", wanted.name, "Stopped at: Create the access package", seconds=40)
    rough.control("faults", {"rules": []})

    undo(rough, build)

    rough.shown("alex", wanted.name, "✔ Taken back", seconds=60)
    assert whole(rough, wanted) == (0,)
    assert resources(rough, wanted.catalog) == []


def test_two_builds_make_packages_of_one_name_and_both_are_cut_off(rough: Stage) -> None:
    catalog = fresh_catalog(rough)
    wanted = article(fresh_name(), catalog)
    builds = [planned(rough, wanted) for _ in range(2)]
    spoil(rough, PACKAGE, dropAfterWrite=True, times=2)
    presses = [Thread(target=resume, args=(rough, build)) for build in builds]

    for press in presses:
        press.start()
    for press in presses:
        press.join()

    until(lambda: {stored(rough, one).state for one in builds} == {BuildState.BUILT}, seconds=60, what="both are built")
    made = {stored(rough, build).package_id for build in builds}
    there = {one["id"] for one in rough.state()["accessPackages"] if one["displayName"] == wanted.name}
    assert made == there
    assert len(made) == 2


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Rough(503, 9, "PUT"), id="edits fail for long"),
        pytest.param(Rough(0, 1, "PUT", after=True), id="an edit cut after"),
        pytest.param(Rough(429, 2, retry_after="1"), id="429"),
        pytest.param(Rough(403, 3, "PUT"), id="edits refused"),
    ],
)
def test_a_teams_that_fails_holds_up_no_build(rough: Stage, weather: RoughTeams, fault: Rough) -> None:
    wanted = article(fresh_name(), fresh_catalog(rough))
    build = planned(rough, wanted)
    fault.chat = "a:1alex"
    weather.faults.append(fault)

    resume(rough, build)

    until(lambda: whole(rough, wanted) == WHOLE, seconds=90, what="it is built")
    weather.faults.clear()
    until(lambda: stored(rough, build).state is BuildState.BUILT, seconds=60, what="it is done")
