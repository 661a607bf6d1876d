"""Somebody for whom Teams does not answer keeps nobody else waiting: neither for a question nor for its answer."""

from __future__ import annotations

from tests.journeys.approving import ask_for, case_card, met, named, package, sign_in, stage_of
from tests.journeys.rough import PACKAGE, Rough, RoughTeams
from tests.journeys.stage import PEOPLE, TENANT, Stage, until
from tests.journeys.test_keep_access import ask, guest


def silent(stage: Stage, who: str, method: str) -> Rough:
    """From now on Teams answers nothing that is sent to this person's chat."""
    assert isinstance(stage.teams, RoughTeams)
    fault = Rough(status=503, times=1000, method=method, chat=f"a:1{who}")
    stage.teams.faults.append(fault)
    return fault


def test_the_other_approver_and_the_guest_hear_of_a_decision(rough: Stage) -> None:
    met(rough, "adele", "megan")
    ids, _ = package(rough, stage_of(named("adele"), named("megan")))
    address = ask_for(rough, package=ids)
    mine, other = (case_card(rough, one, address) for one in ("adele", "megan"))
    fault = silent(rough, "adele", "PUT")

    rough.act(address, "deny", ids, by=PEOPLE["megan"][0])

    until(lambda: fault.times < 1000, seconds=90, what="Adele's card was tried")
    until(lambda: "Waiting for" not in rough.words("megan", other), seconds=20, what="the other copy says so")
    until(lambda: rough.mails(address), seconds=20, what="the guest is told")
    assert "Waiting for" in rough.words("adele", mine)
    fault.times = 0
    rough.control("clock", {"advance": "PT2M"})
    until(lambda: "Waiting for" not in rough.words("adele", mine), seconds=90, what="her own copy says so later")


def test_a_sponsor_whose_card_cannot_be_edited_is_no_reason_to_ask_another_twice(rough: Stage) -> None:
    address = guest(rough, "lee", "megan")
    before = {one: set(rough.cards(one)) for one in ("lee", "megan")}
    silent(rough, "lee", "PUT")
    silent(rough, "megan", "PUT")

    ask(rough, address)

    for one in ("lee", "megan"):
        rough.news(one, before[one], "asks to keep", address)
    tries = (
        "SELECT state FROM receipts WHERE invite_id LIKE (SELECT id FROM extension_asks WHERE document LIKE ?) || '%'"
    )
    person = rough.user(address)["id"]
    until(
        lambda: [state for (state,) in rough.ledger(tries, f"%{person}%")] == ["sent", "sent"],
        what="each was asked once",
    )


def test_the_other_sponsor_is_asked_whether_a_guest_keeps_an_access(rough: Stage) -> None:
    address = guest(rough, "lee", "megan")
    lee, megan = (silent(rough, one, "POST") for one in ("lee", "megan"))
    ask(rough, address)
    until(lambda: lee.times < 1000 or megan.times < 1000, what="the first of them was tried")
    first, other = ("lee", "megan") if lee.times < 1000 else ("megan", "lee")

    (megan if first == "lee" else lee).times = 0

    rough.shown(other, address, "asks to keep", seconds=20)
    (lee if first == "lee" else megan).times = 0
    rough.control("clock", {"advance": "PT2M"})
    rough.shown(first, address, "asks to keep", seconds=90)


def test_a_guest_whose_earlier_card_cannot_be_edited_gets_the_answer_once(rough: Stage) -> None:
    address = guest(rough, "lee")
    ask(rough, address)
    question = rough.shown("lee", address, "asks to keep")
    before = set(rough.cards(address))
    silent(rough, address, "PUT")

    rough.press("lee", "Let it end", card=question)

    rough.news(address, before, "Your access is not extended")
    tries = "SELECT state FROM receipts WHERE address = ? AND rung = 'card' AND occasion LIKE 'ending-%'"
    until(lambda: rough.ledger(tries, address) not in ([], [("sending",)]), seconds=90, what="the try is over")
    assert rough.ledger(tries, address) == [("sent",)]


def test_an_invite_whose_card_cannot_be_edited_keeps_no_other_from_being_followed(rough: Stage) -> None:
    elsewhere = {"conversationType": "personal", "tenantId": TENANT, "id": "a:1quiet"}
    quiet, *others = [rough.fresh("followed") for _ in range(4)]
    rough.say("alex", f"invite {quiet} to {PACKAGE}", conversation=elsewhere)
    rough.shown("quiet", quiet, "Copy link")
    for one in others:
        rough.ask("alex", f"invite {one} to {PACKAGE}", one, "Copy link")
    for one in (quiet, *others):
        until(lambda one=one: rough.mails(one), what="the guest was told")
    silent(rough, "quiet", "PUT")
    rough.bot.freeze()
    for one in (quiet, *others):
        rough.act(one, "redeem")
        rough.act(one, "request")
    rough.control("clock", {"advance": "PT1H"})

    rough.bot.thaw()

    for one in others:
        rough.shown("alex", one, "✔ Delivered", seconds=30)


def test_an_approver_who_cannot_be_asked_leaves_no_other_copy_behind(rough: Stage) -> None:
    met(rough, "adele", "lee", "megan")
    sign_in(rough, "adele")
    ids, _ = package(rough, stage_of(named("adele"), named("lee")), stage_of(named("megan")))
    address = ask_for(rough, package=ids)
    copy = case_card(rough, "lee", address)
    fault = silent(rough, "megan", "POST")
    rough.act(address, "approve", ids, by=PEOPLE["adele"][0])

    rough.control("clock", {"advance": "PT6M"})

    until(lambda: fault.times < 1000, seconds=90, what="Megan was tried")
    until(lambda: "the next approvers are asked" in rough.words("lee", copy), seconds=20, what="the other copy says so")
