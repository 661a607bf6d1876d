"""Access goes on: in one sentence, as far as the policy allows, once, with a way back."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.journeys.rough import asked
from tests.journeys.stage import Stage, until

HIDDEN = "99999999-9999-4999-8999-999999999995"
EM = "/identityGovernance/entitlementManagement"
BEN = "ben@fabrikam.com"
NAMED = '"Invited users package"'


def delivered(stage: Stage, days: int = 3) -> str:
    """The address of a guest who just got the package for so many days."""
    address = stage.fresh("extended")
    stage.say("alex", f"assign {address} to {NAMED} for {days} days")
    stage.shown("alex", address, "✔ Delivered", seconds=30)
    return address


def held(stage: Stage, address: str) -> dict[str, Any]:
    person = stage.user(address)["id"]
    return next(one for one in stage.state()["assignments"] if one["target"]["objectId"] == person)


def end(stage: Stage, address: str) -> datetime:
    return datetime.fromisoformat(held(stage, address)["schedule"]["expiration"]["endDateTime"])


def updates(stage: Stage, address: str) -> list[dict[str, Any]]:
    return asked(stage, stage.user(address)["id"], "adminUpdate")


def said(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"


@pytest.mark.parametrize("package", ["", NAMED, "to the invited users package"])
def test_a_sentence_extends_the_access_and_the_card_follows_it(stage: Stage, package: str) -> None:
    address = delivered(stage)
    before = end(stage, address)

    card = stage.ask("alex", f"extend {address} {package} by 7 days", address, "Extended", seconds=30)

    assert end(stage, address) == before + timedelta(days=7)
    assert f"access ends on {said(before + timedelta(days=7))}" in stage.words("alex", card)
    assert "Undo" in stage.titles("alex", card)


def test_the_live_card_of_the_invite_shows_the_new_end(stage: Stage) -> None:
    address = delivered(stage)
    live = stage.shown("alex", address, "✔ Delivered", "Asked by")

    stage.ask("alex", f"extend {address} by a week", address, "Extended", seconds=30)

    until(lambda: said(end(stage, address)) in stage.words("alex", live), what="the live card shows the new end")


def test_an_end_extended_beyond_the_wish_of_a_link_invite_stays(stage: Stage) -> None:
    address = stage.fresh("extended")
    stage.say("alex", f"invite {address} to {NAMED} for 3 days")
    until(lambda: stage.mails(address), what="the guest was told")
    stage.act(address, "redeem")
    stage.act(address, "request")
    live = stage.shown("alex", address, "✔ Delivered", seconds=30)
    until(lambda: end(stage, address) < stage.now() + timedelta(days=4), what="the end is the one that was wished for")

    stage.ask("alex", f"extend {address} by 7 days", address, "Extended", seconds=30)
    until(lambda: said(end(stage, address)) in stage.words("alex", live), what="the sweep looked again")

    assert len(updates(stage, address)) == 2
    assert end(stage, address) > stage.now() + timedelta(days=9)


def test_undo_sets_the_old_end_back(stage: Stage) -> None:
    address = delivered(stage)
    before = end(stage, address)
    card = stage.ask("alex", f"extend {address} by 7 days", address, "Extended", seconds=30)

    stage.press("alex", "Undo", card=card)

    stage.shown("alex", address, "Taken back: access ends on", seconds=30)
    until(lambda: "then taken back by Alex Wilber" in stage.words("alex", card), what="its own card says so")
    assert end(stage, address) == before
    assert "Undo" not in stage.titles("alex", card)


def test_after_an_undo_the_access_can_be_extended_once_more(stage: Stage) -> None:
    address = delivered(stage)
    before = end(stage, address)
    card = stage.ask("alex", f"extend {address} by 7 days", address, "Extended", seconds=30)
    stage.press("alex", "Undo", card=card)
    stage.shown("alex", address, "Taken back: access ends on", seconds=30)

    stage.ask("alex", f"extend {address} by 2 days", address, "Extended", seconds=30)

    assert end(stage, address) == before + timedelta(days=2)


def test_an_extension_made_again_can_be_taken_back_again(stage: Stage) -> None:
    address = delivered(stage)
    before = end(stage, address)
    first = stage.ask("alex", f"extend {address} by 7 days", address, "Extended:", seconds=30)
    stage.press("alex", "Undo", card=first)
    until(lambda: "then taken back by Alex Wilber" in stage.words("alex", first), what="it was taken back")
    again = stage.ask("alex", f"extend {address} by 7 days", address, "Extended:", seconds=30)

    stage.press("alex", "Undo", card=again)

    until(lambda: end(stage, address) == before, what="the old end holds again")
    assert len(updates(stage, address)) == 4


def test_two_who_extend_at_once_extend_it_once_and_see_by_whom(stage: Stage) -> None:
    address = delivered(stage)
    before = end(stage, address)
    stage.control(
        "faults", {"rules": [{"method": "POST", "path": "/assignmentRequests$", "delaySeconds": 1, "times": 1}]}
    )

    stage.say("alex", f"extend {address} by 2 days")
    stage.say("alex", f"extend {address} by 7 days")

    until(lambda: end(stage, address) > before, what="it is extended")
    until(
        lambda: (
            len([one for one in stage.cards("alex").values() if address in str(one) and "Extended by" in str(one)]) == 2
        )
    )
    assert len(updates(stage, address)) == 1


def test_the_same_message_delivered_twice_extends_once(stage: Stage) -> None:
    address = delivered(stage)
    before = end(stage, address)

    activity = stage.say("alex", f"extend {address} by 2 days")
    stage.post(activity)
    stage.shown("alex", address, "Extended:", seconds=30)
    stage.post(activity)

    assert end(stage, address) == before + timedelta(days=2)
    assert len(updates(stage, address)) == 1


def test_beyond_the_maximum_the_maximum_is_a_button(stage: Stage) -> None:
    address = delivered(stage)
    card = stage.ask("alex", f"extend {address} by 60 days", "longer than the package allows")
    title = next(one for one in stage.titles("alex", card) if re.match("Extend until", one))

    before = set(stage.cards("alex"))
    stage.press("alex", title, card=card)

    stage.news("alex", before, address, "Extended:", seconds=30)
    assert abs(end(stage, address) - stage.now() - timedelta(days=14)) < timedelta(minutes=2)
    assert updates(stage, address)[0]["schedule"]["expiration"]["type"] == "afterDateTime"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        ("until 2020-01-31", "That day is over"),
        ("until today", "That would not be longer"),
        ("by 0 days", "That would not be longer"),
        ("until 9999-12-31", "longer than the package allows"),
        ("until the cows come home", "Give a date like"),
        ("by 1.5 days", "number of days"),
        ("", "The package allows it until"),
    ],
)
def test_a_length_that_cannot_be_is_told_and_changes_nothing(stage: Stage, length: str, words: str) -> None:
    address = BEN

    stage.ask("alex", f"extend {address} {length}", words)

    assert updates(stage, address) == []


def test_the_form_asks_for_the_length_and_extends(stage: Stage) -> None:
    address = delivered(stage)
    before = end(stage, address)
    card = stage.ask("alex", f"extend {address}", "Days more")

    stage.press("alex", "Extend", card=card, inputs={"days": "5", "until": ""})

    until(lambda: "Extended:" in stage.words("alex", card), seconds=30, what="the form became the card")
    assert end(stage, address) == before + timedelta(days=5)


def test_the_live_card_has_a_button_for_it_while_there_is_access_that_ends(stage: Stage) -> None:
    address = delivered(stage)
    before = end(stage, address)
    live = stage.shown("alex", address, "✔ Delivered", "Asked by")
    shown = set(stage.cards("alex"))

    stage.press("alex", "Extend", card=live)
    form = stage.news("alex", shown, address, "Days more")
    stage.press("alex", "Extend", card=form, inputs={"days": "", "until": said(before + timedelta(days=4))})

    until(lambda: "Extended:" in stage.words("alex", form), seconds=30, what="the form became the card")
    until(lambda: said(end(stage, address)) in stage.words("alex", live), what="the live card shows the new end")
    assert end(stage, address).date() == (before + timedelta(days=4)).date()
