"""Killed processes, broken connections and a slow Graph: the invite finishes once, and people are told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox import Server
from tests.journeys.stage import Bot, Stage, Teams, http, readable, until

PACKAGE = '"Invited users package" for 14 days because "audit"'


@pytest.fixture(scope="module")
def own_bot(tenant: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot of this file's own, because it gets killed."""
    bot = Bot(tenant.url, tmp_path_factory.mktemp("killed")).start()
    yield bot
    bot.stop()


@pytest.fixture
def killed(tenant: Server, teams: Teams, own_bot: Bot) -> Iterator[Stage]:
    stage = Stage(tenant.url, teams, own_bot)
    stage.control("faults", {"rules": []})
    yield stage
    stage.control("faults", {"rules": []})


def hold(stage: Stage, path: str, *, seconds: float = 1.0, **rule: Any) -> None:
    stage.control("faults", {"rules": [{"method": "POST", "path": path, "delaySeconds": seconds, "times": 1, **rule}]})


def held(stage: Stage) -> bool:
    """Whether the rule has been used up: somebody is being held right now."""
    rules = http("GET", f"{stage.tenant_url}/_control/faults")[1]
    found = rules["rules"] if isinstance(rules, dict) else rules
    return not [one for one in found if one.get("times", 0) > 0]


def counts(stage: Stage, address: str) -> tuple[int, int, int]:
    """(invitations, assignment requests, mails) there were for an address."""
    state = stage.state()
    guest = next((one["id"] for one in state["users"] if one.get("mail") == address), "")
    invitations = sum(one["invitedUserEmailAddress"] == address for one in state["invitations"])
    asked = sum(
        one["requestType"] == "adminAdd" and one["assignment"]["target"]["objectId"] == guest
        for one in state["assignmentRequests"]
    )
    return invitations, asked, len(stage.mails(address))


@pytest.mark.parametrize("path", ["/invitations$", "/assignmentRequests$", "/sendMail$"])
def test_a_process_killed_while_it_writes_finishes_the_assignment_once(killed: Stage, path: str) -> None:
    address = killed.fresh("killed")
    hold(killed, path)

    killed.say("alex", f"assign {address} to {PACKAGE}")
    until(lambda: held(killed), what="the write is under way")
    killed.bot.kill()
    killed.bot.start()

    killed.shown("alex", address, "✔ Delivered", seconds=40)
    assert counts(killed, address) == (1, 1, 1)
    live = [one for one in map(readable, killed.cards("alex").values()) if address in one and "Asked by" in one]
    assert len(live) == 1


def test_a_process_killed_right_after_it_heard_the_sentence_still_fulfils_it(killed: Stage) -> None:
    address = killed.fresh("killed")

    killed.say("alex", f"invite {address} to {PACKAGE}")
    killed.bot.kill()
    killed.bot.start()

    killed.shown("alex", address, "Copy link", seconds=40)
    until(lambda: killed.mails(address), seconds=40, what="the mail went out")
    assert counts(killed, address) == (1, 0, 1)


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
