"""An access package is made step by step, on one card, and everything about it can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest

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
    own,
    packages,
    planned,
    policies,
    resources,
    resume,
    seen,
    stored,
    terms,
    trail,
    whole,
)
from tests.journeys.stage import Stage, until

PHOENIX = "77777777-7777-4777-8777-777777777772"


def lasting(stage: Stage, package_id: str) -> dict[str, str]:
    """Policy name -> how long access through it lasts."""
    rows = stage.state()["assignmentPolicies"]
    mine = [one for one in rows if one["accessPackage"]["id"] == package_id]
    return {one["displayName"]: one["expiration"]["duration"] for one in mine}


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
