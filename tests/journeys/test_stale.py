"""Forgotten guests: reported first, chosen, confirmed by typing, blocked once, let in again, and then left alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox import Server
from tests.journeys.stage import Bot, Stage, until

ZERO = "0001-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def bot(tenant: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """Its clock is the tenant's, so that months can pass."""
    process = Bot(
        tenant.url, tmp_path_factory.mktemp("bot"), {"USHER_CLOCK_URL": f"{tenant.url}/_control/clock"}
    ).start()
    yield process
    process.stop()
    assert '"level": "ERROR"' not in process.log.read_text()


def guest(stage: Stage, name: str, *, redeemed: bool = True) -> str:
    """The address of a guest who was invited now."""
    address = stage.fresh(name)
    body = {"invitedUserEmailAddress": address, "inviteRedirectUrl": "https://myapps.microsoft.com"}
    stage.graph("POST", "/invitations", body)
    stage.control("clock", {"advance": "PT10S"})
    if redeemed:
        stage.act(address, "redeem")
    return address


def enabled(stage: Stage, address: str) -> bool:
    return bool(stage.user(address)["accountEnabled"])


def there(stage: Stage, address: str) -> bool:
    return any(one.get("mail") == address for one in stage.state()["users"])


def ticked(stage: Stage, *addresses: str) -> dict[str, str]:
    return {"picked": ",".join(stage.user(one)["id"] for one in addresses)}


def look(stage: Stage, sentence: str, *words: str) -> str:
    """The report that holds these words, asked for until it does: the bot's clock follows the tenant's within a moment."""

    def found() -> str:
        card = stage.ask("alex", sentence, "Blocked" if "delete" in sentence else "Forgotten guests")
        return card if all(word in stage.words("alex", card) for word in words) else ""

    return str(until(found, what=f"{sentence} says {words}"))


def block(stage: Stage, *addresses: str, days: int = 90) -> str:
    """Those are blocked by Alex; the card of the run."""
    report = look(stage, f"stale {days}d", "Block these", *addresses)
    before = set(stage.cards("alex"))
    stage.press("alex", "Block these…", card=report, inputs=ticked(stage, *addresses))
    question = stage.news("alex", before, "Block sign-in of", "to confirm")
    stage.press("alex", "Block", card=question, inputs={"typed": str(len(addresses))})
    until(lambda: not any(enabled(stage, one) for one in addresses), what="they are blocked")
    until(lambda: "Undo" in stage.titles("alex", question), what="the card says so")
    return question


@pytest.fixture(scope="module")
def forgotten(tenant: Any, teams: Any, bot: Any) -> dict[str, str]:
    """A guest of each kind, two hundred days later."""
    stage = Stage(tenant.url, teams, bot)
    made = {
        "pending": guest(stage, "pending", redeemed=False),
        "silent": guest(stage, "silent"),
        "never": guest(stage, "never"),
        "unknown": guest(stage, "unknown"),
        "active": guest(stage, "active"),
        "holder": guest(stage, "holder"),
    }
    stage.act(made["never"], "signIn", at=ZERO)
    stage.act(made["unknown"], "signIn", at=None)
    stage.control("clock", {"advance": "P200D"})
    stage.act(made["active"], "signIn")
    stage.act(made["holder"], "request")
    stage.act(made["holder"], "signIn", at="2020-01-01T00:00:00Z")
    return made


def test_the_first_look_only_reports_and_groups_what_entra_tells(stage: Stage, forgotten: dict[str, str]) -> None:
    card = look(stage, "stale 90d", "Forgotten guests, 90 days", "The first look only reports")

    words = stage.words("alex", card)
    for kind in ("pending", "silent", "never", "holder"):
        assert forgotten[kind] in words
    for kind in ("unknown", "active"):
        assert forgotten[kind] not in words
    assert "Not known, left alone: 1" in words
    assert "Block these…" not in stage.titles("alex", card)
    stage.press("alex", "Look again, to choose", card=card)
    until(lambda: "Block these…" in stage.titles("alex", card), what="now they can be chosen")


def test_who_has_access_gives_pause_and_is_not_ticked(stage: Stage, forgotten: dict[str, str]) -> None:
    card = look(stage, "stale 90d", "Block these")

    ticks = next(one for one in stage.card("alex", card)["body"] if one["type"] == "Input.ChoiceSet")
    assert "⚠ has “Invited users package”" in stage.words("alex", card)
    assert stage.user(forgotten["holder"])["id"] not in ticks["value"].split(",")
    assert stage.user(forgotten["silent"])["id"] in ticks["value"].split(",")


def test_without_the_right_to_read_sign_ins_nobody_who_accepted_is_named(
    stage: Stage, forgotten: dict[str, str]
) -> None:
    stage.control("options", {"withoutPermissions": ["AuditLog.Read.All"]})
    try:
        card = look(stage, "stale 90d", "AuditLog.Read.All", "left alone")
    finally:
        stage.control("options", {"withoutPermissions": []})

    assert forgotten["pending"] in stage.words("alex", card)
    assert forgotten["silent"] not in stage.words("alex", card)
    assert forgotten["never"] not in stage.words("alex", card)


def test_blocked_only_after_the_number_was_typed_and_let_in_again_by_undo(
    stage: Stage, forgotten: dict[str, str]
) -> None:
    report = look(stage, "stale 90d", "Block these")
    before = set(stage.cards("alex"))
    stage.press("alex", "Block these…", card=report, inputs=ticked(stage, forgotten["silent"], forgotten["never"]))
    question = stage.news("alex", before, "Block sign-in of 2 guests?", "Type 2 to confirm")

    stage.press("alex", "Block", card=question, inputs={"typed": "yes"})
    until(lambda: "That was something else" in stage.words("alex", question), what="it has to be typed")
    assert enabled(stage, forgotten["silent"])
    stage.press("alex", "Block", card=question, inputs={"typed": "2"})
    until(lambda: not enabled(stage, forgotten["silent"]) and not enabled(stage, forgotten["never"]), what="blocked")
    until(lambda: "Undo" in stage.titles("alex", question), what="it can be taken back")
    taking = stage.ask("alex", "stale undo", "Take which back?", "2 blocked on")
    stage.press("alex", next(one for one in stage.titles("alex", taking) if one.startswith("2 blocked")), card=taking)

    until(lambda: enabled(stage, forgotten["silent"]) and enabled(stage, forgotten["never"]), what="let in again")
    resting = look(stage, "stale 90d", "Let in again lately, left alone: 2")
    assert forgotten["silent"] not in stage.words("alex", resting)
    stage.control("clock", {"advance": "P31D"})
    look(stage, "stale 90d", forgotten["silent"], forgotten["never"])


def test_who_signs_in_between_the_choice_and_the_number_is_left_out(stage: Stage, forgotten: dict[str, str]) -> None:
    report = look(stage, "stale 90d", "Block these")
    before = set(stage.cards("alex"))
    stage.press("alex", "Block these…", card=report, inputs=ticked(stage, forgotten["silent"], forgotten["never"]))
    question = stage.news("alex", before, "Type 2 to confirm")
    stage.act(forgotten["never"], "signIn")

    stage.press("alex", "Block", card=question, inputs={"typed": "2"})

    until(lambda: not enabled(stage, forgotten["silent"]), what="the other is blocked")
    until(lambda: "since they were chosen" in stage.words("alex", question), what="the card names who was left out")
    assert enabled(stage, forgotten["never"])


def test_let_in_again_in_the_portal_is_left_alone_from_when_it_is_seen(stage: Stage) -> None:
    address = guest(stage, "portal")
    stage.control("clock", {"advance": "P100D"})
    block(stage, address)
    stage.graph("PATCH", f"/users/{stage.user(address)['id']}", {"accountEnabled": True})
    stage.control("clock", {"advance": "P40D"})

    seen = look(stage, "stale 90d", "Let in again lately")
    assert address not in stage.words("alex", seen)
    stage.control("clock", {"advance": "P31D"})

    look(stage, "stale 90d", address)


def test_deleted_only_after_thirty_days_and_a_second_word_and_restored_by_undo(stage: Stage) -> None:
    address = guest(stage, "late")
    stage.control("clock", {"advance": "P100D"})
    block(stage, address)
    early = look(stage, "stale delete")
    assert address not in stage.words("alex", early)
    stage.control("clock", {"advance": "P31D"})
    card = look(stage, "stale delete", address)
    before = set(stage.cards("alex"))

    stage.press("alex", "Delete these…", card=card, inputs=ticked(stage, address))
    question = stage.news("alex", before, "Type delete 1 to confirm")
    stage.press("alex", "Delete", card=question, inputs={"typed": "1"})
    until(lambda: "That was something else" in stage.words("alex", question), what="the word has to be typed")
    assert there(stage, address)
    stage.press("alex", "Delete", card=question, inputs={"typed": "delete 1"})
    until(lambda: not there(stage, address), what="deleted")
    until(lambda: "Undo" in stage.titles("alex", question), what="it can be taken back")
    stage.press("alex", "Undo", card=question)

    until(lambda: there(stage, address), what="restored")
    assert not enabled(stage, address)
