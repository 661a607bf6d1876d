"""With several stages the approvers of each are asked when it is their turn, wherever the one before was decided."""

from __future__ import annotations

import pytest

from tests.journeys.approving import (
    ask_for,
    case_card,
    copies,
    decisions,
    met,
    named,
    package,
    request,
    sign_in,
    stage_of,
)
from tests.journeys.signing import Client
from tests.journeys.stage import PEOPLE, Bot, Stage, until

READERS, PHOENIX = (f"77777777-7777-4777-8777-77777777777{number}" for number in (1, 2))


pytestmark = pytest.mark.usefixtures("approvers_met")


@pytest.mark.usefixtures("both_signed_in")
def test_with_two_stages_the_next_approvers_are_asked_once_the_first_said_yes(stage: Stage) -> None:
    ids, _ = package(stage, stage_of(named("adele")), stage_of(named("lee")))
    address = ask_for(stage, package=ids)
    first = case_card(stage, "adele", address)
    assert copies(stage, "lee", address) == []

    stage.press("adele", "Approve", card=first, inputs={"reason": "fine by me"})

    second = case_card(stage, "lee", address)
    assert "fine by me" in stage.words("lee", second)
    assert "2 of 2" in stage.words("lee", second)
    until(lambda: "the next approvers are asked" in stage.words("adele", first), what="the first copy says so")
    assert stage.mails(address) == []

    stage.press("lee", "Approve", card=second)

    until(lambda: "Approved by Lee Gu" in stage.words("adele", first), what="the first copy follows to the end")
    until(lambda: stage.mails(address), what="the guest is told")
    assert len(decisions(stage, address)) == 2


def past_the_first(stage: Stage, ids: str, *, reason: str = "") -> str:
    """The address of a guest whose request Usher did not see before its first stage was approved."""
    stage.bot.kill()
    address = ask_for(stage, package=ids)
    until(lambda: request(stage, address)["state"] == "pendingApproval", what="the request waits")
    stage.act(address, "approve", ids, by=PEOPLE["adele"][0], justification=reason)
    stage.bot.start()
    return address


@pytest.mark.usefixtures("both_signed_in")
def test_a_request_that_is_first_seen_at_its_second_stage_asks_those_of_that_stage_and_tells_the_first_answer(
    stage: Stage,
) -> None:
    ids, _ = package(stage, stage_of(named("adele")), stage_of(named("lee")))

    address = past_the_first(stage, ids, reason="fine by me")

    card = case_card(stage, "lee", address, "2 of 2", seconds=30)
    assert "Approved by Adele Vance" in stage.words("lee", card)
    assert "fine by me" in stage.words("lee", card)
    assert copies(stage, "adele", address) == []
    stage.press("lee", "Approve", card=card)
    until(lambda: "Approved by Lee Gu" in stage.words("lee", card), what="the second stage is decided")
    until(lambda: stage.held(address) == ["delivered"], what="the guest has the access")


def test_where_no_approver_has_signed_in_the_audit_log_tells_that_the_first_stage_was_passed(stage: Stage) -> None:
    signed_out(stage)
    ids, _ = package(stage, stage_of(named("adele")), stage_of(named("lee")))

    address = past_the_first(stage, ids)

    card = case_card(stage, "lee", address, "2 of 2", "Approved by Adele Vance", seconds=30)
    assert "Waiting for your decision" in stage.words("lee", card)
    assert copies(stage, "adele", address) == []


def test_a_button_of_a_request_that_usher_has_not_noticed_yet_opens_it_at_the_stage_it_has_reached(
    stage: Stage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    signed_out(stage)
    ids, _ = package(stage, stage_of(named("adele")), stage_of(named("lee")))
    stage.bot.kill()
    bot = Bot(stage.tenant_url, tmp_path_factory.mktemp("seldom"), {"USHER_SWEEP_SECONDS": "3600"}).start()
    try:
        seldom = Stage(stage.tenant_url, stage.teams, bot)
        seldom.ask("lee", "help", "help")
        address = ask_for(seldom, package=ids)
        until(lambda: request(seldom, address)["state"] == "pendingApproval", what="the request waits")
        seldom.act(address, "approve", ids, by=PEOPLE["adele"][0])

        seldom.execute("lee", {"verb": "approval.show", "request": request(seldom, address)["id"]}, card="nowhere")

        card = case_card(seldom, "lee", address, "2 of 2", "Approved by Adele Vance")
        assert {"Approve", "Deny"} <= set(seldom.titles("lee", card))
    finally:
        bot.stop()
        stage.bot.start()


def test_a_first_stage_that_is_approved_in_my_access_lets_the_next_approvers_be_asked(stage: Stage) -> None:
    signed_out(stage)
    ids, _ = package(stage, stage_of(named("adele")), stage_of(named("lee")))
    address = ask_for(stage, package=ids)
    first = case_card(stage, "adele", address)
    stage.act(address, "approve", ids, by=PEOPLE["adele"][0])

    stage.control("clock", {"advance": "PT6M"})

    case_card(stage, "lee", address, "2 of 2")
    until(lambda: "the next approvers are asked" in stage.words("adele", first), what="the first copy says so")


def test_a_stage_that_nothing_shows_is_left_behind_once_entra_would_have_denied_it(stage: Stage) -> None:
    signed_out(stage)
    ids, _ = package(stage, stage_of(named("adele"), days=4), stage_of(named("lee"), days=30))
    stage.control("options", {"withoutPermissions": ["AuditLog.Read.All"]})
    try:
        address = ask_for(stage, package=ids)
        case_card(stage, "adele", address)
        stage.act(address, "approve", ids, by=PEOPLE["adele"][0])

        stage.control("clock", {"advance": "P5DT1H"})

        case_card(stage, "lee", address, "2 of 2", "Waiting for your decision")
    finally:
        stage.control("options", {"withoutPermissions": []})


@pytest.mark.usefixtures("adele_signed_in")
def test_a_card_of_a_stage_that_its_reader_decided_in_my_access_says_so_when_it_is_pressed(stage: Stage) -> None:
    ids, _ = package(stage, stage_of(named("adele")), stage_of(named("lee")))
    address = ask_for(stage, package=ids)
    card = case_card(stage, "adele", address)
    data = {"verb": "approval.approve", "request": request(stage, address)["id"], "stage": 1}
    stage.act(address, "approve", ids, by=PEOPLE["adele"][0])
    stage.control("clock", {"advance": "PT6M"})
    case_card(stage, "lee", address, "2 of 2")

    stage.execute("adele", data, card=card)

    until(lambda: "You approved this already, and that stands" in stage.words("adele", card), what="it is said")
    assert "Nothing was changed" not in stage.words("adele", card)


def test_whoever_is_in_a_group_within_the_approving_group_is_asked_and_decides(stage: Stage) -> None:
    met(stage, "megan")
    sign_in(stage, "megan")
    stage.graph("POST", f"/groups/{READERS}/members/$ref", {"@odata.id": f"{stage.tenant_url}/v1.0/groups/{PHOENIX}"})
    group = {"@odata.type": "#microsoft.graph.groupMembers", "groupId": READERS, "description": "Partner Readers"}
    ids, _ = package(stage, stage_of(group))
    address = ask_for(stage, package=ids)

    card = case_card(stage, "megan", address)
    assert "Partner Readers" in stage.words("megan", card)
    stage.press("megan", "Approve", card=card)

    until(lambda: "Approved by Megan Bowen" in stage.words("megan", card), what="it is decided")


def test_fallbacks_are_asked_at_once_where_nobody_is_meant_and_those_of_alternates_only_when_it_is_their_turn(
    stage: Stage,
) -> None:
    manager = {"@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 1}
    more = {
        "fallbackPrimaryApprovers": [named("adele")],
        "isEscalationEnabled": True,
        "durationBeforeEscalation": "P2D",
        "escalationApprovers": [manager],
        "fallbackEscalationApprovers": [named("lee")],
    }
    ids, _ = package(stage, stage_of(manager, days=10, **more))
    address = ask_for(stage, package=ids)

    first = case_card(stage, "adele", address)
    assert "approver could not be found" in stage.words("adele", first)
    assert copies(stage, "lee", address) == []
    stage.control("clock", {"advance": "P3D"})

    case_card(stage, "lee", address)
    assert copies(stage, "adele", address) == [first]


def signed_out(stage: Stage) -> None:
    for who in ("adele", "lee"):
        Client(stage, who).sign_out()
