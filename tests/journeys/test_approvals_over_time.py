"""Time passes over a request: alternates are asked, approvers reminded, and in the end Entra denies by itself."""

from __future__ import annotations

import contextlib
import http.client
import threading

import pytest

from tests.journeys.approving import ask_for, case_card, copies, named, package, sign_in, stage_of
from tests.journeys.rough import hold
from tests.journeys.stage import Stage, readable, until

pytestmark = pytest.mark.usefixtures("approvers_met")


def advance(stage: Stage, days: float) -> None:
    stage.control("clock", {"advance": f"PT{int(days * 24)}H"})


def reminders(stage: Stage, who: str, address: str) -> int:
    """Cards that were posted as a reminder, the ones that moved included."""
    posted = [body for method, _, body in stage.teams.calls if method == "POST" and body.get("attachments")]
    words = [readable(one["attachments"][0].get("content")) for one in posted]
    return len([one for one in words if address in one and "Reminder: waiting" in one])


def test_approvers_are_reminded_half_way_and_a_day_before_then_entra_denies_and_everybody_is_told_once(
    stage: Stage,
) -> None:
    ids, name = package(stage, stage_of(named("adele")))
    address = ask_for(stage, package=ids)
    first = case_card(stage, "adele", address)

    advance(stage, 7.5)
    second = case_card(stage, "adele", address, "Reminder: waiting")
    until(lambda: "This card moved" in stage.words("adele", first), what="the first copy says that it moved")
    advance(stage, 3)
    assert reminders(stage, "adele", address) == 1
    advance(stage, 2.8)
    third = until(
        lambda: next((one for one in copies(stage, "adele", address) if one not in (first, second)), ""),
        what="the second reminder",
    )
    advance(stage, 2)

    until(lambda: "Denied automatically: nobody answered" in stage.words("adele", third), what="the card says so")
    until(lambda: stage.mails(address), what="the requestor is told")
    assert stage.mails(address)[0]["subject"] == f"Nobody answered your request for “{name}” in time"
    assert len(stage.mails(address)) == 1
    assert reminders(stage, "adele", address) == 2
    assert copies(stage, "adele", address) == [third]


def test_alternates_are_asked_when_the_first_approvers_do_not_answer(stage: Stage) -> None:
    escalated = {"isEscalationEnabled": True, "durationBeforeEscalation": "P2D", "escalationApprovers": [named("lee")]}
    ids, _ = package(stage, stage_of(named("adele"), days=10, **escalated))
    address = ask_for(stage, package=ids)
    first = case_card(stage, "adele", address)
    assert copies(stage, "lee", address) == []

    advance(stage, 3)

    card = case_card(stage, "lee", address)
    assert "The first approvers did not answer" in stage.words("lee", card)
    assert copies(stage, "adele", address) == [first]


def test_after_an_outage_over_both_marks_only_the_nearer_is_told(stage: Stage) -> None:
    ids, _ = package(stage, stage_of(named("adele")))
    address = ask_for(stage, package=ids)
    first = case_card(stage, "adele", address)
    stage.bot.stop()
    advance(stage, 13.2)

    stage.bot.start()

    case_card(stage, "adele", address, "Reminder: waiting", seconds=30)
    until(lambda: "This card moved" in stage.words("adele", first), what="the first copy says that it moved")
    assert reminders(stage, "adele", address) == 1


def test_a_request_made_while_usher_was_away_is_told_once_and_so_is_its_end(stage: Stage) -> None:
    ids, _ = package(stage, stage_of(named("adele"), named("lee")))
    stage.bot.kill()
    address = ask_for(stage, package=ids)
    stage.bot.start()
    card = case_card(stage, "adele", address, seconds=30)
    # By the time that this is answered Usher has written down which card it was.
    stage.ask("adele", "approvals", address.partition("@")[0])
    stage.bot.kill()
    stage.act(address, "approve", ids)
    stage.bot.start()

    until(lambda: "Approved" in stage.words("adele", card), seconds=30, what="the card follows")
    until(lambda: stage.mails(address), what="the requestor is told")
    assert len(stage.mails(address)) == 1
    assert len(copies(stage, "adele", address)) == 1


def test_a_card_pressed_a_month_later_says_what_became_of_the_request(stage: Stage) -> None:
    sign_in(stage, "adele")
    address = ask_for(stage)
    card = case_card(stage, "adele", address)
    person = stage.user(address)["id"]
    key = next(one["id"] for one in stage.state()["assignmentRequests"] if one["requestor"]["objectId"] == person)
    data = {"verb": "approval.approve", "request": key, "stage": 1}
    stage.control("clock", {"advance": "P30D"})
    sign_in(stage, "adele")

    stage.execute("adele", data, card=card)

    until(lambda: "Denied automatically: nobody answered" in stage.words("adele", card), what="the card says so")
    assert not [one for one in stage.requests() if one["method"] == "PATCH" and key in one["url"]]


def test_usher_killed_between_a_press_and_its_decision_decides_once_and_tells_once(stage: Stage) -> None:
    sign_in(stage, "adele")
    ids, _ = package(stage, stage_of(named("adele"), named("lee")))
    address = ask_for(stage, package=ids)
    cards = {who: case_card(stage, who, address) for who in ("adele", "lee")}
    person = stage.user(address)["id"]
    key = next(one["id"] for one in stage.state()["assignmentRequests"] if one["requestor"]["objectId"] == person)
    hold(stage, "PATCH", "/stages/", seconds=2)
    press = threading.Thread(target=_pressed, args=(stage, cards["adele"]))

    press.start()
    until(lambda: [one for one in stage.requests() if f"{key}/stages" in one["url"]], what="it is about to be decided")
    stage.bot.kill()
    press.join()
    stage.bot.start()

    for who, card in cards.items():
        until(
            lambda who=who, card=card: "Approved by Adele Vance" in stage.words(who, card),
            seconds=40,
            what=f"{who} reads by whom",
        )
    until(lambda: stage.mails(address), what="the requestor is told")
    # One's own decision is never told as somebody else's, whoever noticed it first after the restart.
    assert "Nothing was changed" not in stage.words("adele", cards["adele"])
    made = [one for one in stage.requests() if one["method"] == "PATCH" and key in one["url"] and one["status"] == 204]
    assert len(made) == 1
    assert len(stage.mails(address)) == 1


def _pressed(stage: Stage, card: str) -> None:
    """The press of somebody whose Usher dies before it answers."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        stage.press("adele", "Approve", card=card, inputs={"reason": "yes"})
