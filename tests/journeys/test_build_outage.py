"""Microsoft 365 is away, or late, while a package is built: the card says so, and nothing is made twice."""

from __future__ import annotations

from bot.domain.building.builds import BuildState
from tests.journeys.building import (
    article,
    built,
    fresh_catalog,
    fresh_name,
    is_whole,
    packages,
    planned,
    resources,
    resume,
    stored,
)
from tests.journeys.rough import held
from tests.journeys.stage import Stage, actions, until

AWAY = {"method": "POST", "path": "/resourceRequests$", "status": 503}
"""The first step of a build gets no answer; what a press asks Graph does, so that the press itself comes through."""


def written(stage: Stage, path: str) -> int:
    """How many such writes the tenant took so far."""
    return sum(
        one["method"] == "POST" and one["status"] == 201 and one["url"].endswith(path.rstrip("$"))
        for one in stage.requests()
    )


def away(stage: Stage, build: str) -> None:
    """Microsoft 365 has not answered for a minute and a half, and the build has noticed."""
    until(lambda: stored(stage, build).stalled, what="the build waits", seconds=40)
    stage.control("clock", {"advance": "PT90S"})


def test_a_long_outage_is_told_in_local_time_and_a_button_tries_at_once(stage: Stage) -> None:
    stage.say("alex", "help", localTimezone="Asia/Kolkata")
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, before = planned(stage, wanted), set(stage.cards("alex"))
    stage.control("faults", {"rules": [AWAY]})
    resume(stage, build)

    away(stage, build)

    card = stage.news("alex", before, "Microsoft 365 has not answered since", "I keep trying until", seconds=40)
    since = stored(stage, build).stalled
    assert since
    assert since.at
    assert f"{(since.at.hour * 60 + since.at.minute + 330) // 60 % 24:02}:" in stage.words("alex", card)
    assert "UTC" not in stage.words("alex", card)
    assert stage.titles("alex", card) == ["Try now"]
    stage.control("faults", {"rules": []})
    stage.press("alex", "Try now", card=card)
    assert stage.news("alex", before, wanted.name, "✔ Created", seconds=40) == card
    is_whole(stage, wanted)


def test_after_an_hour_of_silence_the_build_stands_still_and_resume_goes_on(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, before = planned(stage, wanted), set(stage.cards("alex"))
    stage.control("faults", {"rules": [AWAY]})
    resume(stage, build)
    until(lambda: stored(stage, build).stalled, what="the build waits", seconds=40)

    stage.control("clock", {"advance": "PT61M"})

    card = stage.news("alex", before, "has not answered for about an hour", "Resume", seconds=40)
    stage.control("faults", {"rules": []})
    stage.press("alex", "Resume", card=card)
    stage.news("alex", before, wanted.name, "✔ Created", seconds=40)
    is_whole(stage, wanted)


def test_an_outage_that_ends_is_no_longer_spoken_of(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, before = planned(stage, wanted), set(stage.cards("alex"))
    stage.control("faults", {"rules": [AWAY]})
    resume(stage, build)
    away(stage, build)
    stage.news("alex", before, "Microsoft 365 has not answered since", seconds=40)

    stage.control("faults", {"rules": []})
    stage.control("clock", {"advance": "PT2M"})

    card = stage.news("alex", before, wanted.name, "✔ Created", seconds=40)
    assert "not answered" not in stage.words("alex", card)
    assert stored(stage, build).stalled is None


def test_a_package_that_shows_a_minute_after_its_answer_was_cut_off_is_not_made_again(stage: Stage) -> None:
    path = "/accessPackages$"
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, before = planned(stage, wanted), set(stage.cards("alex"))
    rule = {"method": "POST", "path": path, "delaySeconds": 2, "dropAfterWrite": True, "times": 1}
    stage.control("faults", {"rules": [rule]})
    resume(stage, build)
    until(lambda: held(stage), seconds=40, what="it is being made")
    before_it = written(stage, path)
    stage.control("options", {"replicationSeconds": 60})
    try:
        until(lambda: written(stage, path) > before_it, seconds=40, what="it was made")
    finally:
        stage.control("options", {"replicationSeconds": 0.2})
    stage.control("clock", {"advance": "PT30S"})

    card = stage.news("alex", before, "did not arrive. I look for what came of it until", seconds=40)
    stage.control("clock", {"advance": "PT31S"})

    assert stage.news("alex", before, wanted.name, "✔ Created", seconds=40) == card
    assert len(packages(stage, wanted.name)) == 1
    is_whole(stage, wanted)


def test_what_was_cut_off_and_shows_late_is_taken_back_too(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build, before = planned(stage, wanted), set(stage.cards("alex"))
    stage.control("options", {"replicationSeconds": 0.2})
    rules = [
        {"method": "POST", "path": "/accessPackages$", "dropAfterWrite": True, "times": 1},
        {"method": "GET", "path": "/accessPackages$", "status": 403, "times": 1},
    ]
    stage.control("faults", {"rules": rules})
    resume(stage, build)
    until(lambda: resources(stage, wanted.catalog), what="the resources are there", seconds=40)
    stage.news("alex", before, "Stopped at: Create the access package", seconds=40)

    stage.execute("alex", {"verb": "package.undo.yes", "build": build, "v": 1}, card="")

    stage.news("alex", before, wanted.name, "✔ Taken back", seconds=40)
    assert packages(stage, wanted.name) == []
    assert stored(stage, build).state is BuildState.UNDONE


def test_a_deletion_that_microsoft_365_keeps_waiting_says_so(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    built(stage, wanted)
    question = stage.ask("alex", f'package delete "{wanted.name}"', "Yes, delete it")
    pressed = actions(stage.card("alex", question))
    stage.control("faults", {"rules": [{"method": "DELETE", "path": "/accessPackages/", "status": 503}]})
    stage.press("alex", "Yes, delete it", card=question)
    build = next(one["data"]["build"] for one in pressed if one["title"] == "Yes, delete it")

    away(stage, build)

    until(lambda: "has not answered since" in stage.words("alex", question), what="the card says so", seconds=40)
    stage.control("faults", {"rules": []})
    stage.press("alex", "Try now", card=question)
    until(lambda: "✔ Deleted" in stage.words("alex", question), what="it is gone", seconds=40)
