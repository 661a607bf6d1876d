"""Whoever may not decide a request, or presses nonsense, changes nothing and is shown nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.approving import (
    ask_for,
    case_card,
    copies,
    decisions,
    named,
    package,
    request,
    stage_of,
)
from tests.journeys.stage import Stage, until

pytestmark = pytest.mark.usefixtures("approvers_met")


@pytest.mark.usefixtures("both_signed_in")
def test_nobody_is_asked_about_their_own_request_nor_can_decide_it(stage: Stage) -> None:
    ids, name = package(stage, stage_of(named("adele"), named("lee")))
    stage.act("lee@contoso.com", "request", ids, justification="for myself")
    card = case_card(stage, "adele", "lee@contoso.com", "for myself", name)
    key = next(
        one["id"] for one in reversed(stage.state()["assignmentRequests"]) if one["justification"] == "for myself"
    )
    before = set(stage.cards("lee"))

    stage.execute("lee", {"verb": "approval.approve", "request": key, "stage": 1}, card="nowhere")

    stage.news("lee", before, "Nobody approves their own request")
    assert [one for one in copies(stage, "lee", "lee@contoso.com") if name in stage.words("lee", one)] == []
    stage.press("adele", "Approve", card=card)
    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), what="another approver decides it")


@pytest.mark.usefixtures("both_signed_in")
def test_a_request_that_entra_did_not_show_for_a_moment_can_be_decided_after_that(stage: Stage) -> None:
    address = ask_for(stage)
    card = case_card(stage, "adele", address)
    key = request(stage, address)["id"]
    hidden = {"method": "GET", "path": f"/(assignmentRequests|[a-zA-Z]*Approvals)/{key}", "status": 404, "times": 1000}
    stage.control("faults", {"rules": [hidden]})
    stage.press("adele", "Approve", card=card)
    until(lambda: "Approve" not in stage.titles("adele", card), what="the request seems to be gone")

    stage.control("faults", {"rules": []})

    until(lambda: "Approve" in stage.titles("adele", card), what="the card can be pressed again")
    stage.press("adele", "Approve", card=card)
    until(lambda: "Approved by Adele Vance" in stage.words("adele", card), what="it is decided")


@pytest.mark.usefixtures("both_signed_in")
def test_whoever_is_not_asked_any_more_changes_nothing(stage: Stage) -> None:
    address = ask_for(stage)
    case_card(stage, "adele", address)
    before = set(stage.cards("lee"))

    stage.execute("lee", {"verb": "approval.approve", "request": request(stage, address)["id"], "stage": 1}, card="x")

    stage.news("lee", before, "This does not wait for you")
    assert decisions(stage, address) == []


@pytest.mark.usefixtures("both_signed_in")
@pytest.mark.parametrize(
    "press",
    [{"verb": "approval.show"}, {"verb": "approval.approve", "stage": 7}, {"verb": "approval.deny", "stage": 1}],
)
def test_whoever_was_never_asked_is_shown_nothing_of_a_request(stage: Stage, press: dict[str, Any]) -> None:
    address = ask_for(stage)
    case_card(stage, "adele", address)
    before = set(stage.cards("lee"))

    stage.execute("lee", {**press, "request": request(stage, address)["id"]}, card="x")

    stage.news("lee", before, "This does not wait for you")
    assert copies(stage, "lee", address) == []


@pytest.mark.usefixtures("adele_signed_in")
@pytest.mark.parametrize(
    "data",
    [
        {"request": "no such request"},
        {"request": "00000000-0000-4000-8000-000000000000", "stage": "one"},
        {"request": ["r"], "stage": 1},
        {"request": "../../users"},
    ],
)
def test_a_button_that_carries_nonsense_is_answered_in_words(stage: Stage, data: dict[str, Any]) -> None:
    before = set(stage.cards("adele"))

    stage.execute("adele", {"verb": "approval.approve", **data}, card="nowhere")

    until(
        lambda: any(
            words in stage.words("adele", card)
            for card in set(stage.cards("adele")) - before
            for words in ("This request is gone", "for your approval", "Which request?")
        ),
        what="it is answered",
    )
