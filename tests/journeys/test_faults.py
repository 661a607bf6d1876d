"""Graph, the sign-in and Teams fail in every way; nothing is lost, nothing happens twice, and people are told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.rough import PACKAGE, Rough, RoughTeams, asked, counts, guest_id, held
from tests.journeys.stage import Bot, Stage, readable, until

PASSING = [
    pytest.param({"status": 429, "retryAfter": 1, "times": 2}, id="429"),
    pytest.param({"status": 503, "times": 1}, id="503"),
    pytest.param({"status": 500, "times": 1}, id="500"),
    pytest.param({"times": 1}, id="cut before the write"),
    pytest.param({"dropAfterWrite": True, "times": 1}, id="cut after the write"),
]


def spoil(stage: Stage, path: str, *, method: str = "POST", **rule: Any) -> None:
    stage.control("faults", {"rules": [{"method": method, "path": path, **rule}]})


def delivered(stage: Stage, name: str) -> tuple[str, str]:
    """Address and live card of a guest who has the package."""
    address = stage.fresh(name)
    stage.say("alex", f"assign {address} to {PACKAGE}")
    return address, stage.shown("alex", address, "✔ Delivered", seconds=40)


def revoke(stage: Stage, address: str) -> None:
    stage.say("alex", f"revoke {address}")
    stage.press("alex", "Yes, revoke", card=stage.shown("alex", address, "Yes, revoke"))


@pytest.mark.parametrize("fault", PASSING)
def test_access_is_taken_back_once_though_graph_fails_for_a_moment(rough: Stage, fault: dict[str, Any]) -> None:
    address, card = delivered(rough, "taken")
    spoil(rough, "/assignmentRequests$", **fault)

    revoke(rough, address)

    assert rough.shown("alex", address, "evoked", "Asked by", seconds=40) == card
    assert len(asked(rough, guest_id(rough, address), "adminRemove")) == 1


@pytest.mark.parametrize(("status", "reason"), [(403, "permission"), (400, "refused this"), (409, "same moment")])
def test_a_refused_removal_stands_on_the_live_card_and_try_again_works(rough: Stage, status: int, reason: str) -> None:
    address, card = delivered(rough, "kept")
    spoil(rough, "/assignmentRequests$", status=status, times=1)

    revoke(rough, address)
    assert rough.shown("alex", address, "Problem", reason, "Try again") == card
    rough.press("alex", "Try again", card=card)

    assert rough.shown("alex", address, "evoked", "Asked by", seconds=40) == card
    assert len(asked(rough, guest_id(rough, address), "adminRemove")) == 1


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("/assignmentRequests$", 403, "permission"),
        ("/assignmentRequests$", 409, "same moment"),
        ("/assignmentRequests$", 400, "refused this"),
        ("/invitations$", 409, "same moment"),
        ("/invitations$", 404, "not there"),
    ],
)
def test_a_refused_write_stands_on_the_live_card_and_try_again_works(
    rough: Stage, path: str, status: int, reason: str
) -> None:
    address = rough.fresh("refused")
    spoil(rough, path, status=status, times=1)

    rough.say("alex", f"assign {address} to {PACKAGE}")
    card = rough.shown("alex", address, "Problem", reason, "Try again")
    rough.press("alex", "Try again", card=card)

    assert rough.shown("alex", address, "✔ Delivered", seconds=40) == card
    assert counts(rough, address) == (1, 1, 1)


def test_an_answer_that_stays_not_found_is_waited_for_and_then_told(rough: Stage) -> None:
    address = rough.fresh("unknown")
    spoil(rough, "/assignmentRequests$", status=404)

    rough.say("alex", f"assign {address} to {PACKAGE}")
    card = rough.shown("alex", address, "Invited\nDone")
    assert "Problem" not in readable(rough.card("alex", card))
    rough.control("clock", {"advance": "PT16M"})
    assert rough.shown("alex", address, "Problem", "not there", "Try again", seconds=30) == card
    rough.control("faults", {"rules": []})
    rough.press("alex", "Try again", card=card)

    rough.shown("alex", address, "✔ Delivered", seconds=40)
    assert counts(rough, address) == (1, 1, 1)


@pytest.mark.parametrize(
    ("fault", "mails", "said"),
    [
        pytest.param({"status": 429, "retryAfter": 1, "times": 2}, 2, "✔ E-mail: sent", id="429"),
        pytest.param({"status": 429, "retryAfter": 9, "times": 1}, 2, "✔ E-mail: sent", id="429 for long"),
        pytest.param({"times": 1}, 1, "not known whether it arrived", id="cut before the write"),
        pytest.param({"dropAfterWrite": True, "times": 1}, 2, "not known whether it arrived", id="cut after the write"),
        pytest.param({"status": 403, "times": 1}, 1, "✖ E-mail: failed", id="403"),
    ],
)
def test_a_message_sent_again_never_arrives_twice(rough: Stage, fault: dict[str, Any], mails: int, said: str) -> None:
    address = rough.fresh("again")
    rough.say("alex", f"invite {address} to {PACKAGE}")
    rough.shown("alex", address, "✔ E-mail sent")
    spoil(rough, "/sendMail$", **fault)

    rough.say("alex", f"resend {address}")

    brief = said.replace("E-mail:", "E-mail")
    until(lambda: held(rough), what="the fault was met")
    rough.shown("alex", address, "Asked by", brief, seconds=40)
    until(lambda: len(rough.mails(address)) == mails, what=f"{mails} mails")
    rough.say("alex", f"delivery {address}")
    rough.shown("alex", f"Delivery to {address}", "resend", said)


@pytest.fixture
def cold(rough: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A bot that has no token yet, while nobody can sign in."""
    spoil(rough, "oauth2", method="*", status=503)
    bot = Bot(rough.tenant_url, tmp_path_factory.mktemp("cold")).start()
    yield Stage(rough.tenant_url, rough.teams, bot)
    bot.stop()


def test_while_nobody_can_sign_in_the_person_is_told_and_the_answer_comes_later(cold: Stage) -> None:
    address = cold.fresh("login")

    cold.say("alex", f"invite {address} to {PACKAGE}")
    told = cold.shown("alex", "does not answer just now", seconds=20)
    assert "You need not type it again" in readable(cold.card("alex", told))
    cold.control("faults", {"rules": []})

    assert cold.shown("alex", address, "Copy link", "✔ E-mail sent", seconds=40) == told
    assert counts(cold, address) == (1, 0, 1)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Rough(429, 2, retry_after="1"), id="429"),
        pytest.param(Rough(502, 2), id="502"),
        pytest.param(Rough(412, 2), id="412"),
        pytest.param(Rough(429, 2, "PUT", retry_after="1"), id="429 on an edit"),
        pytest.param(Rough(500, 2, "PUT"), id="500 on an edit"),
        pytest.param(Rough(0, 1, "PUT"), id="an edit cut before"),
        pytest.param(Rough(0, 1, "PUT", after=True), id="an edit cut after"),
        pytest.param(Rough(0, 1, "POST"), id="a card cut before"),
        pytest.param(Rough(503, 9), id="503 for longer than a call is repeated"),
    ],
)
def test_a_teams_that_fails_for_a_moment_loses_nothing(rough: Stage, weather: RoughTeams, fault: Rough) -> None:
    address = rough.fresh("teams")
    fault.chat = "a:1alex"
    weather.faults.append(fault)

    rough.say("alex", f"assign {address} to {PACKAGE}")

    rough.shown("alex", address, "✔ Delivered", "✔ E-mail sent", seconds=50)
    assert counts(rough, address) == (1, 1, 1)


@pytest.mark.parametrize("status", [403, 404, 413])
def test_a_teams_that_refuses_the_admins_card_does_not_stop_the_invite(
    rough: Stage, weather: RoughTeams, status: int
) -> None:
    address = rough.fresh("deaf")
    weather.faults.append(Rough(status, 1000, chat="a:1alex/activities"))

    rough.say("alex", f"invite {address} to {PACKAGE}")
    until(lambda: rough.mails(address), what="the mail went out")
    weather.faults.clear()
    rough.say("alex", f"status {address}")

    rough.shown("alex", address, "Invited")
    assert counts(rough, address) == (1, 0, 1)


def test_a_live_card_the_admin_deleted_is_posted_anew_on_request(rough: Stage, weather: RoughTeams) -> None:
    address = rough.fresh("deleted")
    rough.say("alex", f"invite {address} to {PACKAGE}")
    card = rough.shown("alex", address, "Copy link", "✔ E-mail sent")
    del weather.chats["a:1alex"][card]

    rough.say("alex", f"resend {address}")

    again = rough.shown("alex", address, "Copy link", "Asked by")
    assert again != card
    until(lambda: len(rough.mails(address)) == 2, what="the second mail")


def test_a_press_is_answered_within_a_second_however_slow_graph_is(rough: Stage) -> None:
    address, card = delivered(rough, "pressed")
    rough.control("faults", {"rules": [{"method": "*", "path": ".*", "delaySeconds": 5, "times": 3}]})

    took = {}
    for title in ("Why?", "Revoke"):
        began = time.monotonic()
        rough.press("alex", title, card=card)
        took[title] = time.monotonic() - began

    assert max(took.values()) < 1.2, took
    rough.shown("alex", address, "Yes, revoke", seconds=30)
