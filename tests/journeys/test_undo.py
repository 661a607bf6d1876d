"""What a build made or changed is taken back, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.building.builds import BuildState
from bot.domain.packages import Expiration
from tests.journeys.building import (
    app,
    article,
    built,
    fresh_catalog,
    fresh_name,
    group,
    is_whole,
    lasting,
    packages,
    planned,
    resources,
    resume,
    seen,
    stored,
    terms,
    whole,
)
from tests.journeys.stage import Stage, until

PHOENIX = "77777777-7777-4777-8777-777777777772"


def test_undo_asks_and_then_leaves_nothing_behind(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, card = built(stage, wanted)

    stage.press("alex", "Undo", card=card)
    question = stage.shown("alex", f"Take back “{wanted.name}”?", "“App4Guest” leaves the catalog again")
    is_whole(stage, wanted)
    stage.press("alex", "Yes, undo", card=question)

    until(lambda: "✔ Taken back" in stage.words("alex", card), what="the card says so", seconds=40)
    assert whole(stage, wanted) == (0,)
    assert resources(stage, wanted.catalog) == []
    assert stage.titles("alex", card) == []
    assert stored(stage, build).state is BuildState.UNDONE


def test_the_card_on_which_taking_back_was_confirmed_says_how_it_ended(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, card = built(stage, wanted)
    stage.press("alex", "Undo", card=card)
    question = stage.shown("alex", f"Take back “{wanted.name}”?", "Yes, undo")
    stage.control("faults", {"rules": [{"method": "DELETE", "path": "/accessPackages/[^/]+$", "status": 403}]})

    stage.press("alex", "Yes, undo", card=question)

    until(lambda: "could not be taken back" in stage.words("alex", question), what="the failure is told", seconds=30)
    assert "Stopped at" in stage.words("alex", card)
    stage.control("faults", {"rules": []})
    stage.press("alex", "Resume", card=card)
    until(lambda: "is taken back" in stage.words("alex", question), what="both cards settle", seconds=40)
    assert "Working" not in stage.words("alex", question)
    assert "✔ Taken back" in stage.words("alex", card)
    stage.execute("alex", {"verb": "package.undo.yes", "build": build, "v": 1}, card=question)
    assert "✔ Taken back" in stage.words("alex", card)
    assert "is taken back" in stage.words("alex", question)


def test_a_change_whose_taking_back_stands_still_says_so_on_its_own_card_too(stage: Stage) -> None:
    first = replace(article(fresh_name(), fresh_catalog(stage)), roles=(app(),))
    built(stage, first)
    before = seen(stage, packages(stage, first.name)[0]["id"])
    build = planned(stage, replace(before, description="Longer now."), before=before)
    known = set(stage.cards("alex"))
    resume(stage, build)
    card = stage.news("alex", known, "✔ Changed", seconds=30)
    stage.press("alex", "Undo", card=card)
    question = stage.shown("alex", f"Put “{first.name}” back as it was?", "Yes, undo")
    stage.control("faults", {"rules": [{"method": "PATCH", "path": "/accessPackages/[^/]+$", "status": 403}]})

    stage.press("alex", "Yes, undo", card=question)

    until(lambda: "Stopped at" in stage.words("alex", question), what="the failure is told", seconds=30)
    until(lambda: "could not be taken back" in stage.words("alex", card), what="also where Undo was pressed")
    stage.control("faults", {"rules": []})
    stage.press("alex", "Resume", card=question)
    until(lambda: "✔ Taken back" in stage.words("alex", card), what="it is settled", seconds=40)
    until(lambda: "✔ Changed" in stage.words("alex", question), what="and so is the other")


def test_undo_of_a_half_built_package_takes_back_that_half(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, before = planned(stage, wanted), set(stage.cards("alex"))
    stage.control("faults", {"rules": [{"method": "POST", "path": "/assignmentPolicies$", "status": 400}]})
    resume(stage, build)
    card = stage.news("alex", before, wanted.name, "Stopped at: Create the assignment policy", seconds=30)
    stage.control("faults", {"rules": []})

    stage.press("alex", "Undo", card=card)
    stage.press("alex", "Yes, undo", card=stage.shown("alex", f"Take back “{wanted.name}”?", "Yes, undo"))

    until(lambda: "✔ Taken back" in stage.words("alex", card), what="the card says so", seconds=40)
    assert (whole(stage, wanted), resources(stage, wanted.catalog)) == ((0,), [])


def test_a_resource_that_another_package_uses_stays_in_the_catalog(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    _, card = built(stage, wanted)
    used = seen(stage, packages(stage, wanted.name)[0]["id"]).roles
    shared = [replace(one, scope_id="") for one in used if one.resource.name == "App4Guest"]
    other = replace(article(fresh_name(), wanted.catalog), roles=(shared[0],))
    built(stage, other)
    stage.press("alex", "Undo", card=card)
    question = stage.shown("alex", f"Take back “{wanted.name}”?", "Yes, undo")

    stage.press("alex", "Yes, undo", card=question)
    until(lambda: "Take “App4Guest”" in stage.words("alex", card) or not packages(stage, wanted.name))
    stage.control("clock", {"advance": "PT1M"})

    until(lambda: "✔ Taken back" in stage.words("alex", card), what="the card says so", seconds=40)
    assert resources(stage, wanted.catalog) == ["App4Guest"]


def test_a_package_that_somebody_holds_is_not_taken_back(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    _, card = built(stage, wanted)
    package_id = packages(stage, wanted.name)[0]["id"]
    stage.act("ben@fabrikam.com", "request", package_id)
    before = set(stage.cards("alex"))

    stage.press("alex", "Undo", card=card)

    stage.news("alex", before, "Somebody uses this package", "revoke")
    assert packages(stage, wanted.name)


def test_a_change_says_what_changed_and_undo_puts_it_back(stage: Stage) -> None:
    first = replace(article(fresh_name(), fresh_catalog(stage)), roles=(app(),))
    built(stage, first)
    package_id = packages(stage, first.name)[0]["id"]
    before = seen(stage, package_id)
    everybody = next(one for one in before.policies if one.name == "Everybody")
    longer = replace(everybody, ends=Expiration(timedelta(days=30)))
    wanted = replace(before, roles=(group(PHOENIX, "Project Phoenix"),), policies=(longer, terms("Third", 7)))
    build, known = planned(stage, wanted, before=before), set(stage.cards("alex"))

    resume(stage, build)
    card = stage.news("alex", known, "✔ Changed", "30 days", seconds=30)
    assert lasting(stage, package_id) == {"Everybody": "P30D", "Third": "P7D"}
    assert resources(stage, first.catalog) == ["App4Guest", "Project Phoenix"]
    stage.press("alex", "Undo", card=card)
    question = stage.shown("alex", f"Put “{first.name}” back as it was?", "“Project Phoenix” leaves the catalog again")
    stage.press("alex", "Yes, undo", card=question)

    until(lambda: "✔ Taken back" in stage.words("alex", card), what="the card says so", seconds=60)
    again = seen(stage, package_id)
    assert [one.key for one in again.roles] == [one.key for one in before.roles]
    assert lasting(stage, package_id) == {"Everybody": "P14D", "Direct": "P14D"}
    assert resources(stage, first.catalog) == ["App4Guest"]


def test_a_role_that_entra_does_not_show_yet_is_taken_back_too(stage: Stage) -> None:
    whole_one = article(fresh_name(), fresh_catalog(stage))
    built(stage, whole_one)
    used = [replace(one, scope_id="") for one in seen(stage, packages(stage, whole_one.name)[0]["id"]).roles]
    first = replace(article(fresh_name(), whole_one.catalog), roles=(used[0],))
    built(stage, first)
    before = seen(stage, packages(stage, first.name)[0]["id"])
    build, known = planned(stage, replace(before, roles=tuple(used)), before=before), set(stage.cards("alex"))
    stage.control("options", {"replicationSeconds": 90})
    try:
        resume(stage, build)
        card = stage.news("alex", known, "✔ Changed", seconds=30)
    finally:
        stage.control("options", {"replicationSeconds": 0.2})
    stage.press("alex", "Undo", card=card)
    question = stage.shown("alex", f"Put “{first.name}” back as it was?", "Take away the role “Member”")

    stage.press("alex", "Yes, undo", card=question)
    until(lambda: "In progress" in stage.words("alex", question) or "In progress" in stage.words("alex", card))
    stage.control("clock", {"advance": "PT2M"})

    until(lambda: "✔ Taken back" in stage.words("alex", card), what="the card says so", seconds=40)
    assert [one.key for one in seen(stage, before.id).roles] == [used[0].key]
