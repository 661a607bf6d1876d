"""The process is killed at any moment of an invite; after its restart there is one of everything."""

from __future__ import annotations

import pytest

from tests.journeys.rough import PACKAGE, Rough, RoughTeams, asked, counts, guest_id, held, hold
from tests.journeys.stage import Stage, readable, until


def live_cards(stage: Stage, address: str) -> list[str]:
    return [one for one in map(readable, stage.cards("alex").values()) if address in one and "Asked by" in one]


def noted(stage: Stage, address: str) -> bool:
    """Whether the bot has edited the live card, hence knows where it stands.

    Killed between Teams' taking the card and the note of it, one card more stands in the chat: that moment
    has a test of its own.
    """
    return any(method == "PUT" and address in str(body) for method, _, body in stage.teams.calls)


def restart(stage: Stage) -> None:
    stage.bot.kill()
    stage.bot.start()


def settled(stage: Stage, way: str, address: str) -> None:
    """The invite got as far as Usher can bring it."""
    if way == "assign":
        stage.shown("alex", address, "✔ Delivered", seconds=40)
    else:
        stage.shown("alex", address, "Copy link", "E-mail", seconds=40)


@pytest.mark.parametrize(
    ("way", "method", "path", "seconds"),
    [
        pytest.param("invite", "POST", r"/\$batch$", 1.0, id="while it reads who asks"),
        pytest.param("invite", "POST", "/invitations$", 1.0, id="while the invitation is written"),
        pytest.param("assign", "POST", "/invitations$", 6.0, id="and the invitation arrives long after the restart"),
        pytest.param("invite", "GET", r"^/users/[0-9a-f-]{36}", 1.0, id="while it waits for the directory"),
        pytest.param("assign", "POST", r"/assignmentRequests$", 1.0, id="while the assignment is written"),
        pytest.param("assign", "POST", r"/assignmentRequests$", 6.0, id="and the assignment arrives after the restart"),
        pytest.param("invite", "POST", "/sendMail$", 1.0, id="while the mail goes out"),
    ],
)
def test_killed_while_graph_is_busy_everything_happens_once(
    rough: Stage, way: str, method: str, path: str, seconds: float
) -> None:
    address = rough.fresh("killed")
    hold(rough, method, path, seconds=seconds)

    rough.say("alex", f"{way} {address} to {PACKAGE}")
    until(lambda: held(rough), what="the bot is in the middle of it")
    if "batch" not in path:
        until(lambda: noted(rough, address), what="the live card stands")
    restart(rough)

    settled(rough, way, address)
    assert counts(rough, address) == (1, int(way == "assign"), 1)
    assert len(live_cards(rough, address)) == 1


def test_killed_while_the_sponsor_is_added_the_guest_has_the_sponsor_once(rough: Stage) -> None:
    address = "carla@northwindtraders.com"
    rough.say("alex", f"invite {address} to {PACKAGE}")
    card = rough.shown("alex", address, "is already a guest")
    hold(rough, "POST", "/sponsors")

    rough.press("alex", "Give “Invited users package”", card=card)
    until(lambda: held(rough), what="the sponsor is being added")
    restart(rough)

    settled(rough, "invite", address)
    assert len(rough.mails(address)) == 1
    assert len(live_cards(rough, address)) == 1


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_killed_when_teams_has_the_card_and_has_not_said_so(rough: Stage, weather: RoughTeams, method: str) -> None:
    """Nobody can ask Teams whether a message arrived: one card more may stand in the chat, never one mail more."""
    address = rough.fresh("killed")
    fault = Rough(method=method, chat="a:1alex", delay=1.5, after=True)
    weather.faults.append(fault)

    rough.say("alex", f"invite {address} to {PACKAGE}")
    until(lambda: not fault.times, what="Teams has the card")
    restart(rough)

    settled(rough, "invite", address)
    until(lambda: rough.mails(address), what="the mail went out")
    assert counts(rough, address) == (1, 0, 1)
    assert len(live_cards(rough, address)) <= (2 if method == "POST" else 1)


def test_killed_again_and_again_it_still_comes_to_an_end(rough: Stage) -> None:
    address = rough.fresh("killed")
    hold(rough, "POST", "/invitations$")
    rough.say("alex", f"assign {address} to {PACKAGE}")

    for path in ("/assignmentRequests$", "/sendMail$", "/nothing$"):
        until(lambda: held(rough), seconds=30, what=f"the bot is held before {path}")
        until(lambda: noted(rough, address), what="the live card stands")
        rough.bot.kill()
        hold(rough, "POST", path)
        rough.bot.start()

    settled(rough, "assign", address)
    assert counts(rough, address) == (1, 1, 1)
    assert len(live_cards(rough, address)) == 1


@pytest.mark.parametrize("way", ["invite", "assign"])
def test_killed_the_moment_the_sentence_was_accepted(rough: Stage, way: str) -> None:
    address = rough.fresh("killed")

    rough.say("alex", f"{way} {address} to {PACKAGE}")
    restart(rough)

    settled(rough, way, address)
    until(lambda: rough.mails(address), what="the mail went out")
    assert counts(rough, address) == (1, int(way == "assign"), 1)
    assert len(live_cards(rough, address)) == 1


def test_killed_while_access_is_taken_back_it_is_taken_back_once(rough: Stage) -> None:
    address = rough.fresh("killed")
    rough.say("alex", f"assign {address} to {PACKAGE}")
    rough.shown("alex", address, "✔ Delivered", seconds=30)
    rough.say("alex", f"revoke {address}")
    question = rough.shown("alex", address, "Yes, revoke")
    hold(rough, "POST", "/assignmentRequests$")

    rough.press("alex", "Yes, revoke", card=question)
    until(lambda: held(rough), what="the removal is under way")
    restart(rough)

    rough.shown("alex", address, "evoked", "Asked by", seconds=40)
    assert len(asked(rough, guest_id(rough, address), "adminRemove")) == 1


def test_killed_while_access_is_extended_it_is_extended_once(rough: Stage) -> None:
    address = rough.fresh("killed")
    rough.say("alex", f'assign {address} to "Invited users package" for 3 days')
    rough.shown("alex", address, "✔ Delivered", seconds=30)
    hold(rough, "POST", "/assignmentRequests$")

    rough.say("alex", f"extend {address} by 4 days")
    until(lambda: held(rough), what="the extension is under way")
    restart(rough)

    rough.shown("alex", address, "Extended: access ends on", "Undo", seconds=40)
    assert len(asked(rough, guest_id(rough, address), "adminUpdate")) == 1
    assert len([one for one in map(readable, rough.cards("alex").values()) if address in one and "Undo" in one]) == 1
