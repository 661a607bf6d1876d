"""Who answers for guests: seen, named, handed over once however often it is pressed, declined, taken back."""

from __future__ import annotations

import pytest

from sandbox.seed.groups import DESIGN, READERS
from tests.journeys.rough import RoughTeams
from tests.journeys.stage import PEOPLE, Stage, until

ALEX, MEGAN, ADELE, LEE = (PEOPLE[name][0] for name in ("alex", "megan", "adele", "lee"))


def guest(stage: Stage, *sponsors: str, name: str = "sponsored") -> str:
    """The address of a fresh guest for whom exactly these answer."""
    address = stage.fresh(name)
    body = {"invitedUserEmailAddress": address, "inviteRedirectUrl": "https://myapps.microsoft.com"}
    made = stage.graph("POST", "/invitations", body)["invitedUser"]["id"]
    stage.control("clock", {"advance": "PT10S"})
    for one in sponsors:
        stage.graph(
            "POST", f"/users/{made}/sponsors/$ref", {"@odata.id": f"https://graph.microsoft.com/v1.0/users/{one}"}
        )
    return address


def answering(stage: Stage, address: str) -> set[str]:
    person = stage.user(address)["id"]
    return {one["id"] for one in stage.graph("GET", f"/users/{person}/sponsors")["value"]}


def writes(stage: Stage, address: str) -> list[str]:
    """What was written about the guest's sponsors by Usher, in order."""
    person = stage.user(address)["id"]
    asked = [one for one in stage.requests() if f"/users/{person}/sponsors" in one["url"]]
    return [one["method"] for one in asked if one["method"] != "GET" and one["status"] < 300]


def test_a_guest_gets_another_sponsor_and_loses_them_again(stage: Stage) -> None:
    address = guest(stage, ALEX)

    card = stage.ask("alex", f"sponsor {address} adele@contoso.com", "Adele Vance answers", "2 answer for")
    assert answering(stage, address) == {ALEX, ADELE}
    stage.press("alex", "Undo", card=card)

    until(lambda: answering(stage, address) == {ALEX}, what="the way back")
    assert "Adele Vance no longer answers" in until(lambda: stage.words("alex", card))


@pytest.mark.parametrize("who", ["megan", "lee"])
def test_who_may_not_name_sponsors_is_refused_in_words(stage: Stage, who: str) -> None:
    address = guest(stage, PEOPLE[who][0])

    stage.ask(who, f"sponsor {address} adele@contoso.com", "You may not do that", "User Administrator")

    assert answering(stage, address) == {PEOPLE[who][0]}


def test_more_than_five_sponsors_and_guests_as_sponsors_are_refused(stage: Stage) -> None:
    address = guest(stage, ALEX, MEGAN, ADELE, LEE)

    stage.ask("alex", f"sponsor {address} ben@fabrikam.com", "is a guest", "Nothing was changed")
    stage.ask("alex", f"sponsor {address} usher@contoso.onmicrosoft.com", "cannot sign in", "Nothing was changed")

    assert answering(stage, address) == {ALEX, MEGAN, ADELE, LEE}


def test_the_last_sponsor_leaves_only_after_a_yes(stage: Stage) -> None:
    address = guest(stage, LEE)

    card = stage.ask("alex", f"unsponsor {address} lee@contoso.com", "with nobody?")
    assert answering(stage, address) == {LEE}
    stage.press("alex", "Yes, remove", card=card)

    until(lambda: answering(stage, address) == set(), what="Lee answers no longer")
    until(lambda: "Nobody answers for" in stage.words("alex", card), what="the card says so")


def test_a_sponsor_sees_the_guests_they_answer_for(stage: Stage) -> None:
    address = guest(stage, LEE, name="mine")

    card = stage.ask("lee", "sponsors", "Guests you answer for", address)

    assert "Never accepted the invitation" in stage.words("lee", card)
    stage.ask("lee", "sponsors megan@contoso.com", "You may not do that")


def test_a_member_of_a_group_sees_the_guests_the_group_answers_for(stage: Stage) -> None:
    address = guest(stage, name="ofgroup")
    group = {"@odata.id": f"https://graph.microsoft.com/v1.0/groups/{DESIGN}"}
    stage.graph("POST", f"/users/{stage.user(address)['id']}/sponsors/$ref", group)

    stage.ask("lee", "sponsors", "Guests you answer for", address)
    stage.ask("lee", f"sponsor {address}", "Design Team answers for")


def test_a_group_without_members_answers_for_nobody(stage: Stage) -> None:
    lone, held = guest(stage, name="empty"), guest(stage, name="filled")
    for address, group in ((lone, READERS), (held, DESIGN)):
        ref = {"@odata.id": f"https://graph.microsoft.com/v1.0/groups/{group}"}
        stage.graph("POST", f"/users/{stage.user(address)['id']}/sponsors/$ref", ref)

    card = stage.ask("alex", "sponsors none", "Guests for whom nobody answers", lone)

    assert held not in stage.words("alex", card)


def test_of_two_guests_with_one_address_one_is_chosen(stage: Stage) -> None:
    first, second = guest(stage, LEE, name="twin"), guest(stage, LEE, name="twin")
    stage.graph("PATCH", f"/users/{stage.user(second)['id']}", {"otherMails": [first]})

    stage.ask("alex", f"handover {first} to adele@contoso.com", "Which account?", "2 accounts")
    card = stage.ask("alex", f"sponsor {first} adele@contoso.com", "Which account?", "nothing was changed")

    assert len(stage.titles("alex", card)) == 2
    assert answering(stage, first) == answering(stage, second) == {LEE}


def test_all_guests_of_one_go_to_another_who_is_told_and_may_give_back(stage: Stage) -> None:
    for who in ("megan", "lee"):
        stage.ask(who, "help", "help sponsors")
    first, second = (guest(stage, MEGAN, name=name) for name in ("one", "two"))

    card = stage.ask("alex", "handover from megan@contoso.com to lee@contoso.com", "from Megan Bowen to Lee Gu?", first)
    yes = next(title for title in stage.titles("alex", card) if title.startswith("Yes"))
    assert MEGAN in answering(stage, first)
    stage.press("alex", yes, card=card)

    until(lambda: answering(stage, first) == answering(stage, second) == {LEE}, what="Lee answers for both")
    until(lambda: "Handed over" in stage.words("alex", card), what="the same card says so")
    told = stage.shown("lee", "You now answer for", first, second)
    stage.press("lee", "Give back the ticked", card=told, inputs={"picked": stage.user(first)["id"]})
    until(lambda: answering(stage, first) == {MEGAN}, what="the first is Megan's again")
    stage.shown("megan", "Lee Gu gave 1 guest back", first)
    until(lambda: "Taken back by Lee Gu" in stage.words("alex", card), what="the card of the handover says so")
    assert answering(stage, second) == {LEE}
    stage.press("alex", "Undo", card=card)
    until(lambda: answering(stage, second) == {MEGAN}, what="the rest is taken back")
    until(lambda: "Undo" not in stage.titles("alex", card), what="nothing is left to take back")


def test_a_sponsor_hands_over_their_own_guest_but_nobody_elses(stage: Stage) -> None:
    mine, other = guest(stage, LEE, name="mine"), guest(stage, MEGAN, name="other")

    card = stage.ask("lee", f"handover {mine} to adele@contoso.com", "from you to Adele Vance?")
    stage.press("lee", "Yes, hand over 1", card=card)
    until(lambda: answering(stage, mine) == {ADELE}, what="Adele answers")
    stage.ask("lee", f"handover {other} to adele@contoso.com", "You may not do that")

    assert answering(stage, other) == {MEGAN}


def test_a_yes_pressed_twice_and_by_two_hands_over_once(stage: Stage) -> None:
    address = guest(stage, LEE)
    card = stage.ask("alex", f"handover {address} from lee@contoso.com to megan@contoso.com", "to Megan Bowen?")
    data = next(one["data"] for one in stage.card("alex", card)["body"][-1]["actions"] if one["verb"] == "handover.yes")
    stage.execute("megan", data, card=card)
    stage.shown("megan", "You may not do that")
    assert answering(stage, address) == {LEE}
    stage.execute("alex", data, card=card)
    stage.execute("alex", data, card=card)

    until(lambda: answering(stage, address) == {MEGAN}, what="Megan answers")
    until(lambda: "Handed over" in stage.words("alex", card), what="the card says so")

    assert writes(stage, address) == ["POST", "POST", "DELETE"]


def test_who_answered_before_still_does_after_the_way_back(stage: Stage) -> None:
    address = guest(stage, LEE, ADELE)
    card = stage.ask("alex", f"handover {address} from lee@contoso.com to adele@contoso.com", "to Adele Vance?")
    stage.press("alex", "Yes, hand over 1", card=card)
    until(lambda: answering(stage, address) == {ADELE}, what="only Adele answers")
    until(lambda: "Undo" in stage.titles("alex", card), what="it can be taken back")

    stage.press("alex", "Undo", card=card)

    until(lambda: answering(stage, address) == {LEE, ADELE}, what="both answer again")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("handover from lee@contoso.com to lee@contoso.com", "answers for them already"),
        ("handover from adele@contoso.com to nobody@contoso.com", "Nobody here has the address"),
        ("handover to ben@fabrikam.com", "is a guest"),
        ("handover", "Hand over guests"),
        ("handover <b>to to to", "Nobody here is called"),
        ("sponsor nobody@nowhere.example", "Nobody here has the address"),
        ("sponsor lee@contoso.com", "is not a guest"),
        ("sponsor", "Who?"),
        ("unsponsor ben@fabrikam.com megan@contoso.com", "does not answer"),
        ("sponsors none", "for whom nobody answers"),
    ],
)
def test_odd_sentences_are_answered_in_plain_words(stage: Stage, sentence: str, words: str) -> None:
    stage.ask("alex", sentence, words)


def test_who_is_handed_over_only_at_the_second_try_is_told_of_to_the_taker(stage: Stage) -> None:
    stage.ask("adele", "help", "help sponsors")
    first, second = (guest(stage, MEGAN, name=name) for name in ("easy", "hard"))
    refused = {"method": "POST", "path": f"/users/{stage.user(second)['id']}/sponsors/", "status": 403, "times": 99}
    card = stage.ask("alex", "handover from megan@contoso.com to adele@contoso.com", first, second)
    stage.control("faults", {"rules": [refused]})
    stage.press("alex", next(title for title in stage.titles("alex", card) if title.startswith("Yes")), card=card)
    until(lambda: "Try those again" in stage.titles("alex", card), what="one of them failed")
    given = stage.shown("adele", "You now answer for", first)
    assert second not in stage.words("adele", given)

    stage.control("faults", {"rules": []})
    stage.press("alex", "Try those again", card=card)

    until(lambda: answering(stage, second) == {ADELE}, what="Adele answers")
    stage.shown("adele", "You now answer for", second)


def test_killed_in_the_middle_every_guest_is_handed_over_once(rough: Stage, weather: RoughTeams) -> None:
    rough.ask("megan", "help", "help sponsors")
    addresses = [guest(rough, LEE, name=f"kept{number}") for number in range(6)]
    card = rough.ask("alex", "handover from lee@contoso.com to megan@contoso.com", "Hand over 6 guests")
    rough.control("faults", {"rules": [{"method": "POST", "path": "/sponsors/", "delaySeconds": 0.5, "times": 99}]})

    rough.press("alex", "Yes, hand over 6", card=card)
    until(lambda: any(answering(rough, one) == {MEGAN} for one in addresses), what="the first is through")
    rough.bot.kill()
    rough.control("faults", {"rules": []})
    rough.bot.start()

    until(lambda: all(answering(rough, one) == {MEGAN} for one in addresses), seconds=40, what="all are through")
    until(lambda: "Handed over: 6" in rough.words("alex", card), seconds=20, what="the card says so")
    until(lambda: "Megan Bowen was told" in rough.words("alex", card), seconds=20, what="the card says who was told")
    assert sum("You now answer for" in rough.words("megan", one) for one in rough.cards("megan")) == 1
