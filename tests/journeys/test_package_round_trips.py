"""How often Graph is asked while a package is looked at, changed, linted and taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sandbox import Server
from tests.journeys.keeping import fresh_name, made
from tests.journeys.stage import Bot, Stage, until
from tests.journeys.test_package_deletion import asked as question
from tests.journeys.test_package_deletion import held_by, yes
from tests.journeys.test_round_trips import asked
from tests.journeys.wizarding import ANSWERED, STEPS, Wizard


@pytest.fixture(scope="module")
def bot(tenant: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """What the clock starts is far away: only what is asked for asks Graph."""
    process = Bot(tenant.url, tmp_path_factory.mktemp("bot"), {"USHER_SWEEP_SECONDS": "3600"}).start()
    yield process
    process.stop()


def spent(stage: Stage, do: Callable[[], object]) -> list[str]:
    """The exchanges with Graph it takes; who asks and what they may do is known from the minute before."""
    stage.ask("alex", "packages", "Access packages")
    begun = len(asked(stage))
    do()
    return asked(stage)[begun:]


def fewest(measured: Callable[[], list[str]]) -> list[str]:
    """The shortest of three measurements: what the clock starts meanwhile only ever adds to one."""
    return min((measured() for _ in range(3)), key=len)


@pytest.mark.parametrize(
    ("typed", "said", "most"),
    [
        ('package "Invited users package"', "Opens", 3),
        ('package edit "Invited users package" days:30', "Nothing has been written yet", 3),
        ('package close "Invited users package"', "Nothing has been written yet", 3),
        ('package lint "Invited users package"', "in order", 3),
        ("package lint all", "Lint of the access packages", 3),
        ('package delete "Closed package"', "Delete “Closed package”?", 4),
    ],
)
def test_looking_costs_few_round_trips(stage: Stage, typed: str, said: str, most: int) -> None:
    trips = fewest(lambda: spent(stage, lambda: stage.ask("alex", typed, said)))

    assert len(trips) <= most, trips


@pytest.mark.parametrize(
    ("who", "clauses", "said", "most"),
    [
        ("alex", "app:App4Guest for:all-users approve:no days:14", "Step 6 of 6", 1),
        ("alex", 'group:"Project Phoenix" for:all-users approve:no days:14', "Step 6 of 6", 2),
        ("adele", 'group:"Partner Readers" for:members days:14', "Step 6 of 6", 2),
        ("alex", "app:App4Guest for:all-users days:3 hours:5", "contradict each other", 2),
    ],
)
def test_a_full_sentence_asks_for_nothing_to_choose_from(
    stage: Stage, who: str, clauses: str, said: str, most: int
) -> None:
    stage.ask("alex", f'package new "{fresh_name()}" app:App4Guest for:members days:1', "Step 6 of 6")

    def described() -> list[str]:
        stage.ask(who, "packages", "Access packages")
        begun = len(asked(stage))
        stage.ask(who, f'package new "{fresh_name()}" {clauses}', said)
        return asked(stage)[begun:]

    trips = fewest(described)

    assert len(trips) <= most, trips


def test_the_review_after_the_last_page_asks_for_nothing_to_choose_from(stage: Stage) -> None:
    wizard = Wizard.opened(stage).to("lifecycle", fresh_name()).shows(STEPS["lifecycle"])
    begun = len(stage.requests())

    wizard.next(**ANSWERED["lifecycle"])
    wizard.shows(STEPS["review"])

    lists = [one for one in stage.requests()[begun:] if "/sites?" in one["url"]]
    assert lists == []


def test_a_removal_is_one_write_for_each_person_and_one_for_the_package(stage: Stage) -> None:
    package = made(stage)
    held_by(stage, package, "lee", "megan")
    card = question(stage, package, "2 people lose the access first")

    def removed() -> None:
        stage.execute("alex", {**yes(stage, card), "confirm": package["displayName"]}, card=card)
        until(lambda: "✔ Deleted" in stage.words("alex", card), what="it is deleted", seconds=40)

    trips = spent(stage, removed)

    writes = [one.partition("/identityGovernance/entitlementManagement")[2] for one in trips if "$batch" not in one]
    posts = [one for one in trips if one.startswith("POST") and one.endswith("/assignmentRequests")]
    deletes = [one for one in trips if one.startswith("DELETE")]
    assert (len(posts), len(deletes)) == (2, 1), writes
