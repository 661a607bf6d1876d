"""Usher is killed while it blocks forgotten guests, or cannot tell what it found."""

from __future__ import annotations

from tests.journeys.stage import Bot, Stage, until
from tests.journeys.test_stale import bot, enabled, guest, look, ticked

__all__ = ["bot"]


def test_a_first_look_whose_answer_is_lost_is_still_the_first(stage: Stage, bot: Bot) -> None:
    address = guest(stage, "unseen")
    stage.ask("alex", "help", "help")
    stage.control("clock", {"advance": "P100D"})
    before = set(stage.cards("alex"))
    stage.teams.refusals["a:1alex"] = (503, {"error": {"code": "ServiceUnavailable"}})
    try:
        stage.say("alex", "stale 90d")
        until(lambda: _looked(stage), what="Usher has looked and could not say so")
        bot.kill()
    finally:
        del stage.teams.refusals["a:1alex"]
    bot.start()

    card = stage.news("alex", before, "Forgotten guests", address)

    assert "The first look only reports" in stage.words("alex", card)
    assert "Block these…" not in stage.titles("alex", card)


def _looked(stage: Stage) -> bool:
    return any("Forgotten guests" in str(body) for _, _, body in stage.teams.calls)


def test_killed_in_the_middle_everybody_confirmed_is_blocked_and_can_be_let_in_again(stage: Stage, bot: Bot) -> None:
    addresses = [guest(stage, f"killed{number}") for number in range(4)]
    stage.control("clock", {"advance": "P100D"})
    report = look(stage, "stale 90d", "Block these", *addresses)
    before = set(stage.cards("alex"))
    stage.press("alex", "Block these…", card=report, inputs=ticked(stage, *addresses))
    question = stage.news("alex", before, "Type 4 to confirm")
    stage.control("faults", {"rules": [{"method": "PATCH", "path": "/users/", "delaySeconds": 0.5, "times": 99}]})

    stage.press("alex", "Block", card=question, inputs={"typed": "4"})
    until(lambda: any(not enabled(stage, one) for one in addresses), what="the first is blocked")
    bot.kill()
    stage.control("faults", {"rules": []})
    bot.start()

    until(lambda: not any(enabled(stage, one) for one in addresses), seconds=40, what="all are blocked")
    until(lambda: "Sign-in blocked: 4" in stage.words("alex", question), seconds=30, what="the card says so")
    until(lambda: "Undo" in stage.titles("alex", question), what="it can be taken back")
    stage.press("alex", "Undo", card=question)
    until(lambda: all(enabled(stage, one) for one in addresses), what="all are let in again")
