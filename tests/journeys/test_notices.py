"""People are told before access ends: at each mark once, whoever restarts and wherever the clock jumps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.journeys.noticing import (
    DIGEST,
    NAMED,
    advance,
    delivered,
    digested,
    digests,
    give_back,
    notices,
    told,
)
from tests.journeys.stage import Stage, until
from tests.journeys.test_expiring import choice
from tests.journeys.test_extend import end

BEN = "ben@fabrikam.com"


def test_a_guest_with_a_chat_has_the_card_in_their_time_zone_and_asks_to_keep_the_access(stage: Stage) -> None:
    stage.ask("ben", "help", "status", localTimezone="Asia/Kolkata")
    left = end(stage, BEN) - stage.now()
    advance(stage, f"P{left.days - 6}D")

    card = stage.shown("ben", "Your access to “Invited users package” ends in 7 days", seconds=40)

    local = end(stage, BEN) + timedelta(hours=5, minutes=30)
    assert f"{local:%A}, {local.day} {local:%B %Y} at {local:%H:%M} (your time)" in stage.words("ben", card)
    assert "In it: App4Guest" in stage.words("ben", card)
    before = set(stage.cards("ben"))
    stage.press("ben", "Extend", card=card)
    stage.news("ben", before, "Invited users package")


def test_a_guest_and_the_sponsor_are_told_at_every_mark_once_over_a_restart(stage: Stage) -> None:
    address = delivered(stage, 14)
    taken = delivered(stage, 14)

    advance(stage, "P7D")
    told(stage, address, "ends in 7 days")
    told(stage, taken, "ends in 7 days")
    digested(stage, "alex", address, 1)
    give_back(stage, taken)
    stage.bot.kill()
    stage.bot.start()
    advance(stage, "P6D")
    told(stage, address, "ends in 7 days", "ends tomorrow")
    digested(stage, "alex", address, 2)
    advance(stage, "P1D")
    told(stage, address, "ends in 7 days", "ends tomorrow", "has ended")
    digested(stage, "alex", address, 3)
    advance(stage, "P1D")

    assert notices(stage, address) == ["ends in 7 days", "ends tomorrow", "has ended"]
    assert notices(stage, taken) == ["ends in 7 days"]
    assert len(digests(stage, "alex", address)) == 3


def test_an_extension_begins_the_marks_anew_and_an_outage_leaves_the_nearest(stage: Stage) -> None:
    extended = delivered(stage, 8)
    advance(stage, "P1D")
    told(stage, extended, "ends in 7 days")

    stage.ask("alex", f"extend {extended} {NAMED} by 6 days", extended, "Extended", seconds=30)
    missed = delivered(stage, 14)
    advance(stage, "P6D")
    told(stage, extended, "ends in 7 days", "ends in 7 days")
    stage.bot.stop()
    advance(stage, "P3D")
    stage.bot.start()

    told(stage, missed, "ends in 5 days")
    told(stage, extended, "ends in 7 days", "ends in 7 days")


def test_an_account_that_is_restored_is_told_of_the_marks_that_come(stage: Stage) -> None:
    address = delivered(stage, 8)
    person = stage.user(address)["id"]
    stage.graph("DELETE", f"/users/{person}")
    advance(stage, "P1D")
    other = delivered(stage, 8)
    advance(stage, "P1D")
    told(stage, other, "ends in 7 days")

    stage.graph("POST", f"/directory/deletedItems/{person}/restore")
    advance(stage, "P5D")

    told(stage, address, "ends tomorrow")


def test_a_package_has_marks_of_its_own_that_only_its_editors_set(stage: Stage) -> None:
    address = delivered(stage, 9)
    stage.ask("adele", f"notices {NAMED} 6", "You may not do that")

    card = stage.ask("alex", f"notices {NAMED} 8, 3 and 0 days", "8 and 3 days before the end and on the day it ends")
    advance(stage, "P1D")

    told(stage, address, "ends in 8 days")
    advance(stage, "P1D")
    stage.press("alex", "Undo", card=card)
    until(lambda: "As in the whole tenant" in stage.words("alex", card), what="the tenant's marks hold again")
    told(stage, address, "ends in 8 days", "ends in 7 days")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (f"notices {NAMED} soon", ("“soon” is no whole number of days", "Save")),
        (f"notices {NAMED} 99999", ("more than access can last", "99999")),
        ("notices 21,3", ("Of which access package?", "USHER_NOTICE_DAYS")),
        ("notices", ("30, 14, 7 and 1 days before the end and on the day it ends",)),
        (f"notices {NAMED}", ("Now: As in the whole tenant", "Save")),
        ("digest hourly", ("“hourly”", "How often", "Save")),
        ("digest quiet at night", ("no span of hours", "Quiet hours")),
    ],
)
def test_what_is_no_schedule_is_told_beside_the_field_and_nothing_is_lost(
    stage: Stage, sentence: str, words: tuple[str, ...]
) -> None:
    stage.ask("alex", sentence, *words)


def test_letting_go_is_remembered_and_offers_to_end_it_now(stage: Stage) -> None:
    address = delivered(stage, 8)
    advance(stage, "P1D")
    card = stage.shown("alex", DIGEST, f"({address})", seconds=40)
    before = set(stage.cards("alex"))

    stage.press("alex", "Let go…", card=card, inputs={"pick": choice(stage, card, address)})

    answer = stage.news("alex", before, f"The access of {address} ends by itself")
    assert {"Undo", "End it now…", "Extend…"} <= set(stage.titles("alex", answer))
    stage.press("alex", "End it now…", card=answer)
    stage.shown("alex", address, "Yes, revoke")
    assert stage.held(address) == ["delivered"]


@pytest.mark.parametrize("verb", ["digest.keep", "digest.extend", "digest.letgo", "digest.handover", "digest.again"])
@pytest.mark.parametrize("pick", ["", "a b c d e", "ana@fabrikam.com p x y 99999999999999", "ana@fabrikam.com p x y 1"])
def test_a_press_that_means_nobody_says_so(stage: Stage, verb: str, pick: str) -> None:
    card = stage.ask("alex", "digest", "Your digest of access that ends soon")
    shown, before = set(stage.cards("alex")), stage.words("alex", card)

    stage.execute("alex", {"verb": verb, "pick": pick}, card=card)

    until(lambda: set(stage.cards("alex")) - shown or stage.words("alex", card) != before, what="an answer")
