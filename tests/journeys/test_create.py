"""Create on the review makes the package once, whoever presses how often and whatever dies meanwhile."""

from __future__ import annotations

import itertools
import os
from threading import Thread

from tests.journeys.building import fresh_catalog, packages, policies, resources
from tests.journeys.rough import held, hold
from tests.journeys.stage import Stage, until
from tests.journeys.wizarding import STEPS, Wizard

SENTENCE = 'app:App4Guest role:"Default access" for:all-users approve:no requests:on days:14 timeline:yes review:no'
_numbers = itertools.count(1)


def reviewed(stage: Stage, catalog: str = "General") -> tuple[str, Wizard]:
    """A package's name and the card that reviews it."""
    name = f"Created {next(_numbers)} of {os.getpid()}"
    wizard = Wizard.said(stage, f'"{name}" catalog:"{catalog}" {SENTENCE}', name, STEPS["review"])
    return name, wizard


def test_the_review_becomes_the_progress_and_then_the_finished_package(stage: Stage) -> None:
    name, wizard = reviewed(stage)

    wizard.press("Create")

    wizard.shows(f"New access package: {name}", "✔ Created", "Request link")
    assert wizard.buttons() == ["Copy link", "Share with…", "Invite someone", "Show package", "Undo"]
    (made,) = packages(stage, name)
    assert policies(stage, made["id"])


def test_create_pressed_three_times_at_once_makes_one_package(stage: Stage) -> None:
    name, wizard = reviewed(stage)
    value = wizard.data("Create")
    presses = [Thread(target=wizard.send, args=(value,)) for _ in range(3)]

    for press in presses:
        press.start()
    for press in presses:
        press.join()

    wizard.shows(f"New access package: {name}", "✔ Created")
    wizard.send(value)
    wizard.shows(f"New access package: {name}", "✔ Created")
    assert len(packages(stage, name)) == 1


def test_invite_someone_opens_the_form_with_this_package(stage: Stage) -> None:
    name, wizard = reviewed(stage)
    wizard.press("Create")
    wizard.shows("✔ Created")
    before = set(stage.cards("alex"))

    wizard.press("Invite someone")

    form = stage.news("alex", before, "Invite a guest")
    chosen = {one["id"]: one.get("value") for one in _fields(stage, form)}
    assert chosen["package"] == packages(stage, name)[0]["id"]
    wizard.shows("✔ Created")


def test_who_may_not_invite_is_offered_to_assign_the_package_they_made(stage: Stage) -> None:
    name = f"Created {next(_numbers)} of {os.getpid()}"
    sentence = f'"{name}" catalog:Partners group:"Partner Readers" for:all-users approve:no days:14 review:no'
    wizard = Wizard.said(stage, sentence, name, STEPS["review"], who="adele")
    wizard.press("Create")
    wizard.shows("✔ Created")
    before = set(stage.cards("adele"))

    wizard.press("Assign to someone")

    form = stage.news("adele", before, "Assign an access package")
    chosen = {one["id"]: one.get("value") for one in _fields(stage, form, who="adele")}
    assert "Invite someone" not in wizard.buttons()
    assert (chosen["package"], chosen["way"]) == (packages(stage, name)[0]["id"], "assign")


def test_a_form_to_invite_chooses_the_way_that_is_open_to_whoever_opens_it(stage: Stage) -> None:
    card = stage.ask("adele", "invite", "Invite a guest")

    chosen = {one["id"]: one.get("value") for one in _fields(stage, card, who="adele")}
    assert chosen["way"] == "assign"


def _fields(stage: Stage, card: str, who: str = "alex") -> list[dict[str, str]]:
    return [one for one in stage.card(who, card)["body"] if str(one.get("type", "")).startswith("Input.")]


def test_killed_while_the_package_is_made_there_is_one_of_it(stage: Stage) -> None:
    catalog = fresh_catalog(stage)
    name, wizard = reviewed(stage, catalog.name)
    hold(stage, "POST", "/accessPackages$")

    wizard.press("Create")
    until(lambda: held(stage), what="the bot is in the middle of it")
    wizard.shows("In progress")
    stage.bot.kill()
    stage.bot.start()

    until(lambda: "✔ Created" in wizard.words(), what="it is made", seconds=60)
    assert len(packages(stage, name)) == 1
    assert resources(stage, catalog) == ["App4Guest"]
    assert len([one for one in stage.cards("alex") if name in stage.words("alex", one)]) == 1
