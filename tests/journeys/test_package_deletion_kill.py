"""The process is killed at any moment of a deletion; after its restart everything has happened once."""

from __future__ import annotations

import pytest

from tests.journeys.keeping import made, there
from tests.journeys.rough import held as reached
from tests.journeys.rough import hold
from tests.journeys.stage import Stage, until
from tests.journeys.test_package_deletion import asked, assignments, held_by, removals, yes


@pytest.mark.parametrize(
    ("method", "path", "seconds"),
    [
        pytest.param("POST", "/assignmentRequests$", 1.0, id="while a removal is written"),
        pytest.param("POST", "/assignmentRequests$", 6.0, id="and the removal arrives after the restart"),
        pytest.param("GET", "/assignments$", 1.0, id="while it looks at who is left"),
        pytest.param("DELETE", "/accessPackages/", 1.0, id="while the package is deleted"),
        pytest.param("DELETE", "/accessPackages/", 6.0, id="and the package goes after the restart"),
    ],
)
def test_killed_while_graph_is_busy_everything_happens_once(
    rough: Stage, method: str, path: str, seconds: float
) -> None:
    package = made(rough)
    held_by(rough, package, "lee", "megan")
    held = assignments(rough, package)
    card = asked(rough, package, "2 people lose the access first")
    sent = {**yes(rough, card), "confirm": package["displayName"]}
    hold(rough, method, path, seconds=seconds)

    rough.execute("alex", sent, card=card)
    until(lambda: reached(rough), what="the bot is in the middle of it")
    rough.bot.kill()
    rough.bot.start()

    until(lambda: "✔ Deleted" in rough.words("alex", card), what="it is deleted", seconds=60)
    assert there(rough, package) is None
    assert removals(rough, held) == sorted(held)


def test_killed_right_after_yes_it_goes_on_by_itself(rough: Stage) -> None:
    package = made(rough)
    held_by(rough, package, "lee")
    card = asked(rough, package, "1 person loses the access first")

    rough.execute("alex", {**yes(rough, card), "confirm": package["displayName"]}, card=card)
    rough.bot.kill()
    rough.bot.start()

    until(lambda: there(rough, package) is None, what="it is deleted", seconds=60)
