"""Broken connections and a slow Graph: the invite finishes once, and people are told."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.journeys.rough import PACKAGE, counts
from tests.journeys.stage import Stage, until


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retryAfter": 1, "times": 2},
        {"status": 503, "times": 2},
        {"status": 500, "times": 1},
        {"times": 1},
        {"dropAfterWrite": True, "times": 1},
    ],
    ids=["429", "503", "500", "cut before the write", "cut after the write"],
)
@pytest.mark.parametrize("path", ["/invitations$", "/assignmentRequests$"])
def test_a_graph_that_fails_for_a_moment_costs_nothing(stage: Stage, path: str, fault: dict[str, Any]) -> None:
    address = stage.fresh("moment")
    stage.control("faults", {"rules": [{"method": "POST", "path": path, **fault}]})

    stage.say("alex", f"assign {address} to {PACKAGE}")

    stage.shown("alex", address, "✔ Delivered", seconds=50)
    assert counts(stage, address) == (1, 1, 1)


def test_a_mail_whose_sending_broke_is_marked_unclear_and_not_repeated(stage: Stage) -> None:
    address = stage.fresh("broken")
    stage.control("faults", {"rules": [{"method": "POST", "path": "/sendMail$", "dropAfterWrite": True, "times": 1}]})

    stage.say("alex", f"invite {address} to {PACKAGE}")
    stage.shown("alex", address, "Copy link", "not known whether it arrived")

    assert len(stage.mails(address)) == 1


@pytest.mark.parametrize(("status", "code"), [(403, "Forbidden"), (400, "BadRequest")])
def test_a_refusal_stands_on_the_live_card_with_a_button_that_works_later(stage: Stage, status: int, code: str) -> None:
    address = stage.fresh("refused")
    stage.control("faults", {"rules": [{"method": "POST", "path": "/invitations$", "status": status, "times": 1}]})

    stage.say("alex", f"invite {address} to {PACKAGE}")
    card = stage.shown("alex", address, "Try again")
    stage.press("alex", "Try again", card=card)

    until(lambda: stage.mails(address), what="the mail went out")
    assert counts(stage, address)[0] == 1


def test_the_turn_answers_within_a_second_however_slow_graph_is(stage: Stage) -> None:
    address = stage.fresh("slow")
    stage.control("faults", {"rules": [{"method": "*", "path": ".*", "delaySeconds": 2.5, "times": 4}]})

    began = time.monotonic()
    stage.say("alex", f"invite {address} to {PACKAGE}")
    accepted = time.monotonic() - began
    working = stage.shown("alex", "One moment", seconds=2)
    told = time.monotonic() - began

    assert accepted < 1
    assert told < 1.3
    assert stage.shown("alex", address, "Copy link", seconds=30) == working


def test_help_answers_within_a_second_however_slow_graph_is(stage: Stage) -> None:
    stage.control("faults", {"rules": [{"method": "*", "path": ".*", "delaySeconds": 2.5, "times": 2}]})

    began = time.monotonic()
    stage.say("adele", "help")
    accepted = time.monotonic() - began

    assert accepted < 1
    stage.shown("adele", "assign ana@fabrikam.com", seconds=20)
