"""An access package is made step by step, on one card."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest

from bot.domain.packages import Expiration
from tests.journeys.building import (
    article,
    built,
    fresh_catalog,
    fresh_name,
    is_whole,
    lasting,
    own,
    packages,
    planned,
    policies,
    resources,
    resume,
    seen,
    stored,
    trail,
    whole,
)
from tests.journeys.stage import Stage, until


def test_a_package_is_built_with_every_step_ticked_on_one_card(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build = planned(stage, wanted)
    before = set(stage.cards("alex"))

    resume(stage, build)

    card = stage.news("alex", before, wanted.name, "✔ Created", seconds=30)
    is_whole(stage, wanted)
    assert [one for one in stage.cards("alex") if one not in before] == [card]
    assert stage.words("alex", card).count("Done") == 8
    assert stage.titles("alex", card) == ["Copy link", "Share with…", "Invite someone", "Show package", "Undo"]
    assert packages(stage, wanted.name)[0]["id"] in stage.words("alex", card)


def test_each_write_stands_in_the_audit_trail_under_the_package(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, _ = built(stage, wanted)

    told = trail(stage, stored(stage, build).package_id)

    assert [one.act for one in told][::-1] == [
        "create package", "add role", "add role", "create policy", "create policy", "exclude"
    ]  # fmt: skip
    assert {one.result for one in told} == {"done"}


def test_names_with_markdown_are_shown_as_they_are(stage: Stage) -> None:
    wanted = article(f"**{fresh_name()}** [x](http://evil.example) <b>", fresh_catalog(stage))

    _, card = built(stage, wanted)

    assert wanted.name in stage.words("alex", card)
    assert "\\*\\*Package" in stage.card("alex", card)["body"][0]["text"]


def test_what_usher_may_not_do_is_said_and_resume_goes_on_after_the_grant(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, before = planned(stage, wanted), set(stage.cards("alex"))
    stage.control("options", {"withoutPermissions": ["Group.ReadWrite.All"]})

    resume(stage, build)
    card = stage.news("alex", before, "Stopped at: Add “Partner Readers”", "Group.ReadWrite.All", seconds=30)
    assert stage.titles("alex", card) == ["Resume", "Undo"]
    stage.control("options", {"withoutPermissions": []})
    stage.press("alex", "Resume", card=card)

    assert stage.news("alex", before, wanted.name, "✔ Created", seconds=30) == card
    is_whole(stage, wanted)


def test_two_people_change_one_policy_and_the_second_reads_what_the_first_did(stage: Stage) -> None:
    first = article(fresh_name(), fresh_catalog(stage))
    built(stage, first)
    package_id = packages(stage, first.name)[0]["id"]
    before = seen(stage, package_id)
    everybody = next(one for one in before.policies if one.name == "Everybody")
    mine = replace(everybody, ends=Expiration(timedelta(days=30)))
    theirs = replace(everybody, custom_timeline=False)
    for policy, changed in ((mine, 1), (theirs, 0)):
        others = tuple(one for one in before.policies if one.id != everybody.id)
        build = planned(stage, replace(before, policies=(policy, *others)), before=before)
        known = set(stage.cards("alex"))
        stage.control("clock", {"advance": "PT2S"})
        resume(stage, build)
        if changed:
            stage.news("alex", known, "✔ Changed", seconds=30)

    card = stage.news("alex", known, "Somebody else changed", "14 days", "30 days", "Resume", seconds=30)
    assert lasting(stage, package_id)["Everybody"] == "P30D"
    stage.press("alex", "Resume", card=card)

    until(lambda: "✔ Changed" in stage.words("alex", card), what="both changes are there", seconds=30)
    after = next(one for one in seen(stage, package_id).policies if one.name == "Everybody")
    assert (after.ends.after, after.custom_timeline) == (timedelta(days=30), False)


@pytest.mark.parametrize("verb", ["package.resume", "package.undo", "package.undo.yes"])
def test_somebody_without_a_role_neither_resumes_nor_takes_back(stage: Stage, verb: str) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, before = planned(stage, wanted), set(stage.cards("lee"))

    stage.execute("lee", {"verb": verb, "build": build, "v": 1}, card="")

    stage.news("lee", before, "You may not do that", "create or change access packages")
    assert whole(stage, wanted) == (0,)
    assert stored(stage, build).failure is not None


def test_a_catalog_owner_adds_only_what_they_own(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, before = planned(stage, wanted, owner="megan"), set(stage.cards("megan"))
    own(stage, "megan", wanted.catalog)

    resume(stage, build, who="megan")

    stage.news("megan", before, "You may not add this to the catalog", "App4Guest")
    assert resources(stage, wanted.catalog) == []


def test_two_administrators_and_two_presses_go_on_with_one_build(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, before = planned(stage, wanted), set(stage.cards("alex"))
    stage.control("options", {"withoutPermissions": ["Group.ReadWrite.All"]})
    resume(stage, build)
    stage.news("alex", before, wanted.name, "Stopped at: Add “Partner Readers”", seconds=30)
    stage.control("options", {"withoutPermissions": []})
    own(stage, "adele", wanted.catalog)
    presses = [Thread(target=resume, args=(stage, build), kwargs={"who": who}) for who in ("alex", "adele", "alex")]

    for press in presses:
        press.start()
    for press in presses:
        press.join()

    for who in ("alex", "adele"):
        stage.shown(who, wanted.name, "✔ Created", seconds=40)
    is_whole(stage, wanted)


def test_a_card_deleted_in_teams_is_replaced(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, before = planned(stage, wanted), set(stage.cards("alex"))
    stage.control("faults", {"rules": [{"method": "POST", "path": "/accessPackages$", "delaySeconds": 2, "times": 1}]})
    resume(stage, build)
    first = stage.news("alex", before, wanted.name, "In progress", seconds=30)
    del stage.teams.chats["a:1alex"][first]

    card = stage.news("alex", before | {first}, wanted.name, "✔ Created", seconds=30)

    assert card != first


@pytest.mark.parametrize("verb", ["package.resume", "package.undo"])
@pytest.mark.parametrize("build", ["", "nobody's", "\x00"])
def test_a_build_nobody_knows_is_answered(stage: Stage, verb: str, build: str) -> None:
    before = set(stage.cards("alex"))

    stage.execute("alex", {"verb": verb, "build": build, "v": 1}, card="")

    stage.news("alex", before, "I do not know this build any more")


def test_a_resource_that_never_shows_is_told_after_five_minutes(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, before = planned(stage, wanted), set(stage.cards("alex"))
    stage.control("options", {"replicationSeconds": 400})
    try:
        resume(stage, build)
        until(lambda: any("added" in one for one in stored(stage, build).attempts), what="it was asked for")
        stage.control("clock", {"advance": "PT6M"})
        card = stage.news("alex", before, "has not shown it there for five minutes", "Resume", seconds=30)
    finally:
        stage.control("options", {"replicationSeconds": 0.2})
    stage.control("clock", {"advance": "PT1M"})

    stage.press("alex", "Resume", card=card)

    stage.shown("alex", wanted.name, "✔ Created", seconds=30)
    is_whole(stage, wanted)
    assert policies(stage, packages(stage, wanted.name)[0]["id"]) == ["Direct", "Everybody"]
