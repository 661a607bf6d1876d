"""A guest asks to keep an access; a sponsor without any role answers in one press, and the guest is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.graph.policies import direct_policy
from tests.journeys.rough import asked
from tests.journeys.signing import Client
from tests.journeys.stage import PEOPLE, Stage, actions, until

HIDDEN = "99999999-9999-4999-8999-999999999995"
EM = "/identityGovernance/entitlementManagement"
DAYS = {"type": "afterDuration", "duration": "P30D"}


def guest(stage: Stage, *sponsors: str, days: int = 3, expiration: dict[str, str] | None = None) -> str:
    """The name in Teams of a guest with access through a policy that lets nobody extend it themselves."""
    stage.control("options", {"replicationSeconds": 0})
    address = stage.fresh("keeps")
    body = {"invitedUserEmailAddress": address, "inviteRedirectUrl": "https://myapps.microsoft.com"}
    person = stage.graph("POST", "/invitations", body)["invitedUser"]["id"]
    for one in sponsors:
        reference = {"@odata.id": f"{stage.tenant_url}/v1.0/users/{PEOPLE[one][0]}"}
        stage.graph("POST", f"/users/{person}/sponsors/$ref", reference)
        stage.ask(one, "help", "Usher")
    policy = stage.graph(
        "POST", f"{EM}/assignmentPolicies", direct_policy(HIDDEN, f"Policy of {address}", expiration or DAYS)
    )
    ends = (stage.now() + timedelta(days=days, hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    wish = {
        "requestType": "adminAdd",
        "assignment": {"targetId": person, "assignmentPolicyId": policy["id"], "accessPackageId": HIDDEN},
        "schedule": {"expiration": {"type": "afterDateTime", "endDateTime": ends}},
    }
    stage.graph("POST", f"{EM}/assignmentRequests", wish)
    until(lambda: stage.held(address) == ["delivered"], what="the access is there")
    PEOPLE[address] = (person, f"Guest {address.partition('@')[0]}")
    return address


def end(stage: Stage, address: str) -> datetime:
    person = stage.user(address)["id"]
    held = next(one for one in stage.state()["assignments"] if one["target"]["objectId"] == person)
    return datetime.fromisoformat(held["schedule"]["expiration"]["endDateTime"])


def updates(stage: Stage, address: str) -> list[dict[str, Any]]:
    return asked(stage, stage.user(address)["id"], "adminUpdate")


def said(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"


def ask(stage: Stage, address: str, reason: str = "the audit goes on") -> str:
    """The guest has asked; the activity id of their card."""
    card = stage.ask(address, "extend", "Access ends on", "This is decided by")
    stage.press(address, "Ask to keep it", card=card, inputs={"reason": reason})
    until(lambda: "You asked to keep this access" in stage.words(address, card), what="the guest's card says so")
    return card


def test_a_sponsor_without_a_role_extends_in_one_press_and_the_guest_is_told(stage: Stage) -> None:
    address = guest(stage, "lee")
    before = end(stage, address)
    ask(stage, address, "the *audit* goes on")
    card = stage.shown("lee", address, "asks to keep", "the *audit* goes on", said(before))

    stage.press("lee", "Extend by 26 days", card=card)

    until(lambda: "Extended: access ends on" in stage.words("lee", card), seconds=30, what="the pressed card follows")
    told = stage.shown(address, f"Your access goes on until {said(before + timedelta(days=26))}", "Lee Gu")
    assert end(stage, address) == before + timedelta(days=26)
    assert "Undo" in stage.titles("lee", card)
    assert stage.titles(address, told) == []
    until(lambda: [one for one in stage.mails(address) if "goes on until" in one["subject"]], what="a mail, too")
    assert len(stage.mails(address)) == 1
    record = stage.words("alex", stage.ask("alex", f"audit {address}", "ask to keep access"))
    assert "Lee Gu: extend" in record


def test_where_less_than_a_day_is_left_one_press_extends_as_far_as_the_policy_allows(stage: Stage) -> None:
    address = guest(stage, "lee", days=29)
    before = end(stage, address)
    ask(stage, address)
    card = stage.shown("lee", address, "asks to keep")

    stage.press("lee", "Extend by 1 day", card=card)

    until(lambda: "Extended: access ends on" in stage.words("lee", card), seconds=30, what="the pressed card follows")
    assert before < end(stage, address) <= stage.now() + timedelta(days=30)


def test_asking_again_says_who_was_asked_and_asks_nobody_twice(stage: Stage) -> None:
    address = guest(stage, "lee")
    ask(stage, address)
    stage.shown("lee", address, "asks to keep")

    again = stage.ask(address, "extend because I really need it", "You asked to keep this access", "Lee Gu")

    assert "Asked on" in stage.words(address, again)
    assert len([one for one in stage.cards("lee").values() if address in str(one)]) == 1


def test_of_two_sponsors_the_first_decides_and_the_others_card_says_by_whom(stage: Stage) -> None:
    address = guest(stage, "lee", "megan")
    before = end(stage, address)
    ask(stage, address)
    first, second = (stage.shown(one, address, "asks to keep") for one in ("lee", "megan"))

    stage.press("lee", "Extend by 26 days", card=first)
    stage.press("megan", "Extend by 26 days", card=second)

    until(lambda: "Extended by" in stage.words("megan", second), seconds=30, what="the other card says so")
    assert "Lee Gu" in stage.words("megan", second)
    assert end(stage, address) == before + timedelta(days=26)
    assert len(updates(stage, address)) == 1


def test_letting_it_end_is_told_and_can_be_thought_over(stage: Stage) -> None:
    address = guest(stage, "lee", "megan")
    before = end(stage, address)
    ask(stage, address)
    card, other = (stage.shown(one, address, "asks to keep") for one in ("lee", "megan"))

    stage.press("lee", "Let it end", card=card)

    told = stage.shown(address, f"Your access is not extended: it ends on {said(before)}", seconds=30)
    until(lambda: "Lee Gu lets it end" in stage.words("megan", other), what="the other card says so")
    assert updates(stage, address) == []
    stage.press("megan", "Extend by 26 days", card=other)
    stage.shown(address, "Your access goes on until", "Megan Bowen", seconds=30)
    until(lambda: "This card moved" in stage.words(address, told), what="one card tells where they stand")
    assert end(stage, address) > before


def test_an_extension_taken_back_is_told_too(stage: Stage) -> None:
    address = guest(stage, "lee")
    before = end(stage, address)
    ask(stage, address)
    card = stage.shown("lee", address, "asks to keep")
    stage.press("lee", "Extend by 26 days", card=card)
    stage.shown(address, "Your access goes on until", seconds=30)
    until(lambda: "Undo" in stage.titles("lee", card), what="there is a way back")

    stage.press("lee", "Undo", card=card)

    stage.shown(address, f"Your access is not extended: it ends on {said(before)}", seconds=30)
    assert end(stage, address) == before


def test_another_date_is_given_in_the_form_and_answers_the_question(stage: Stage) -> None:
    address = guest(stage, "lee")
    before = end(stage, address)
    ask(stage, address)
    card = stage.shown("lee", address, "asks to keep")
    shown = set(stage.cards("lee"))

    stage.press("lee", "Another date…", card=card)
    form = stage.news("lee", shown, address, "Days more")
    stage.press("lee", "Extend", card=form, inputs={"days": "5", "until": ""})

    stage.shown(address, f"Your access goes on until {said(before + timedelta(days=5))}", seconds=30)
    until(lambda: "Extended by Lee Gu" in stage.words("lee", card), what="the first card says so")


def test_a_sponsor_may_extend_in_words_and_never_beyond_the_policy(stage: Stage) -> None:
    address = guest(stage, "lee")
    before = end(stage, address)

    refused = stage.ask("lee", f"extend {address} by 300 days", "longer than the package allows")
    stage.ask("lee", f"extend {address} by 2 days", "Extended:", seconds=30)

    assert refused
    assert end(stage, address) == before + timedelta(days=2)


def test_whoever_is_neither_sponsor_nor_in_a_role_is_refused(stage: Stage) -> None:
    address = guest(stage, "lee")
    ask(stage, address)
    card = stage.shown("lee", address, "asks to keep")
    data = next(one for one in actions(stage.card("lee", card)) if one["verb"] == "ask.extend")["data"]
    shown = set(stage.cards("megan"))

    stage.execute("megan", data, card="elsewhere")

    stage.news("megan", shown, "You may not do that")
    assert updates(stage, address) == []


def test_without_a_sponsor_administrators_are_asked(stage: Stage) -> None:
    stage.ask("alex", "help", "Usher")
    address = guest(stage)

    ask(stage, address)

    stage.shown("alex", address, "asks to keep", "Let it end")


def self_service(stage: Stage) -> tuple[str, Client]:
    """A guest with access that its policy lets them extend themselves, and their Teams client."""
    address = stage.fresh("own")
    stage.say("alex", f'assign {address} to "Invited users package" for 3 days')
    stage.shown("alex", address, "✔ Delivered", seconds=30)
    PEOPLE[address] = (stage.user(address)["id"], address.partition("@")[0])
    return address, Client(stage, address)


def test_where_the_policy_lets_them_guests_extend_it_in_their_own_name(stage: Stage) -> None:
    address, client = self_service(stage)
    before = end(stage, address)
    card = stage.ask(address, "extend", "You can extend it yourself until", "Invited users package")
    assert stage.titles(address, card) == ["Extend", "Open My Access"]

    stage.press(address, "Extend", card=card)
    client.exchange(client.asked())

    stage.shown(address, "Your access goes on until", seconds=30)
    assert end(stage, address) > before + timedelta(days=9)
    person = stage.user(address)["id"]
    (request,) = asked(stage, person, "userUpdate")
    assert request["requestor"]["objectId"] == person
    assert updates(stage, address) == []
    until(lambda: [one for one in stage.mails(address) if "goes on until" in one["subject"]], what="a mail, too")


def test_a_request_of_their_own_whose_answer_is_lost_is_made_once(stage: Stage) -> None:
    address, client = self_service(stage)
    card = stage.ask(address, "extend", "You can extend it yourself until")
    rule = {"method": "POST", "path": "/assignmentRequests$", "dropAfterWrite": True, "times": 1}
    stage.control("faults", {"rules": [rule]})

    stage.press(address, "Extend", card=card)
    client.exchange(client.asked())

    stage.shown(address, "Your access goes on until", seconds=40)
    assert len(asked(stage, stage.user(address)["id"], "userUpdate")) == 1


def test_a_request_of_their_own_that_entra_refused_can_be_made_again(stage: Stage) -> None:
    address, client = self_service(stage)
    card = stage.ask(address, "extend", "You can extend it yourself until")
    rule = {"method": "POST", "path": "/assignmentRequests$", "status": 403, "times": 1}
    stage.control("faults", {"rules": [rule]})
    stage.press(address, "Extend", card=card)
    client.exchange(client.asked())
    stage.shown(address, "Microsoft Entra refused this")

    again = stage.ask(address, "extend", "You can extend it yourself until")
    stage.press(address, "Extend", card=again)

    stage.shown(address, "Your access goes on until", seconds=30)
    assert len(asked(stage, stage.user(address)["id"], "userUpdate")) == 1


def test_the_guests_own_card_has_the_button(stage: Stage) -> None:
    address = guest(stage, "lee")
    card = stage.ask(address, "status", "Hidden package")
    shown = set(stage.cards(address))

    stage.press(address, "Extend", card=card)

    stage.news(address, shown, "Access ends on", "This is decided by: Lee Gu")


def test_at_the_policys_maximum_nobody_is_asked(stage: Stage) -> None:
    ends = (stage.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    address = guest(stage, "lee", expiration={"type": "afterDateTime", "endDateTime": ends})

    stage.ask(address, "extend because I need it", "It cannot go on any longer")

    assert not [one for one in stage.cards("lee").values() if address in str(one)]


def test_guests_are_answered_in_their_language(stage: Stage) -> None:
    address = guest(stage, "lee")

    stage.ask(address, "extend because der Bericht fehlt", "Sie haben gebeten", "Lee Gu", locale="de-DE")
    stage.press("lee", "Let it end", card=stage.shown("lee", address, "asks to keep"))

    stage.shown(address, "Ihr Zugriff wird nicht verlängert", seconds=30)
    until(lambda: [one for one in stage.mails(address) if "endet am" in one["subject"]], what="a mail in German")


@pytest.mark.parametrize("sentence", ["extend nobody@fabrikam.com by 5 days", 'extend "No such package"', "extend 99"])
def test_what_a_guest_types_concerns_their_own_access_only(stage: Stage, sentence: str) -> None:
    address = guest(stage, "lee")

    stage.ask(address, sentence, "Hidden package")

    assert updates(stage, address) == []


def test_a_question_survives_a_kill_and_is_asked_once(rough: Stage) -> None:
    address = guest(rough, "lee")
    card = rough.ask(address, "extend", "This is decided by")

    rough.press(address, "Ask to keep it", card=card, inputs={"reason": "the audit"})
    rough.bot.kill()
    rough.bot.start()

    rough.shown("lee", address, "asks to keep", seconds=30)
    rough.press("lee", "Let it end", card=rough.shown("lee", address, "asks to keep"))
    rough.shown(address, "Your access is not extended", seconds=30)
    assert len([one for one in rough.cards("lee").values() if address in str(one)]) == 1


def test_a_card_pressed_a_month_later_says_that_it_is_over(stage: Stage) -> None:
    address = guest(stage, "lee")
    ask(stage, address)
    card = stage.shown("lee", address, "asks to keep")
    shown = set(stage.cards("lee"))
    stage.control("clock", {"advance": "P31D"})
    until(lambda: stage.held(address) == ["expired"], what="the access is over")

    stage.press("lee", "Extend by 26 days", card=card)

    stage.news("lee", shown, "This access is over")
    assert updates(stage, address) == []
