"""Whose access ends soon: listed by week, extended or let go from the list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.journeys.stage import PEOPLE, Stage, actions, until
from tests.journeys.test_extend import delivered, end
from tests.journeys.test_keep_access import guest
from tests.journeys.test_round_trips import asked


def choice(stage: Stage, card: str, address: str, who: str = "alex") -> str:
    """The value of the guest's entry in the card's list."""
    found = [
        one["value"]
        for part in stage.card(who, card)["body"]
        if part["type"] == "Input.ChoiceSet"
        for one in part["choices"]
        if address in one["title"]
    ]
    return str(found[0])


def test_it_lists_who_ends_with_a_chart_in_three_round_trips(stage: Stage) -> None:
    address = delivered(stage)
    begun = len(asked(stage))

    card = stage.ask("alex", "expiring", "Access that ends within 14 days", address)

    # The sweep looks at open invites meanwhile, in batches of its own.
    trips = [one for one in asked(stage)[begun:] if "$batch" not in one]
    assert sorted(one.rpartition("/")[2] for one in trips) == ["accessPackages", "assignments"]
    assert "(in 3 days)" in stage.words("alex", card)
    assert {"Extend…", "Revoke…", "30 days", "Those I sponsor"} <= set(stage.titles("alex", card))
    assert len(actions(stage.card("alex", card))) <= 6


def test_one_of_the_list_is_extended(stage: Stage) -> None:
    address = delivered(stage)
    before = end(stage, address)
    card = stage.ask("alex", "expiring 30d", address)
    shown = set(stage.cards("alex"))

    stage.press("alex", "Extend…", card=card, inputs={"pick": choice(stage, card, address)})
    form = stage.news("alex", shown, address, "Days more")
    stage.press("alex", "Extend", card=form, inputs={"days": "2"})

    until(lambda: "Extended:" in stage.words("alex", form), seconds=30, what="it is extended")
    assert end(stage, address) == before + timedelta(days=2)


def test_revoking_asks_first(stage: Stage) -> None:
    address = delivered(stage)
    card = stage.ask("alex", "expiring 30d", address)
    shown = set(stage.cards("alex"))

    stage.press("alex", "Revoke…", card=card, inputs={"pick": choice(stage, card, address)})

    stage.news("alex", shown, address, "Yes, revoke")
    assert stage.held(address) == ["delivered"]


def test_mine_are_those_whose_sponsor_i_am_in_entra(stage: Stage) -> None:
    address = delivered(stage)
    other = stage.fresh("elsewhere")
    megan = PEOPLE["megan"][1]
    stage.say("alex", f'assign {other} to "Invited users package" for 3 days sponsor megan@contoso.com')
    stage.shown("alex", other, "✔ Delivered", megan, seconds=30)

    card = stage.ask("alex", 'expiring mine "Invited users package"', "guests I sponsor", address)

    assert other not in stage.words("alex", card)


def test_a_sponsor_without_a_role_sees_what_ends_of_their_guests_and_extends_it(stage: Stage) -> None:
    other = delivered(stage)
    address = guest(stage, "lee")
    before = end(stage, address)

    card = stage.ask("lee", "expiring mine", "guests I sponsor", address)
    shown = set(stage.cards("lee"))
    stage.press("lee", "Extend…", card=card, inputs={"pick": choice(stage, card, address, "lee")})
    form = stage.news("lee", shown, address, "Days more")
    stage.press("lee", "Extend", card=form, inputs={"days": "2"})

    until(lambda: "Extended:" in stage.words("lee", form), seconds=30, what="it is extended")
    assert end(stage, address) == before + timedelta(days=2)
    assert other not in stage.words("lee", card)
    assert not {"Revoke…", "Everybody's"} & set(stage.titles("lee", card))
    stage.ask("lee", "expiring 30d", "You may not do that")


def test_whoever_invited_a_guest_whom_nobody_sponsors_finds_them_among_their_own(stage: Stage) -> None:
    address = delivered(stage)
    person = stage.user(address)["id"]
    for one in stage.graph("GET", f"/users/{person}/sponsors")["value"]:
        stage.graph("DELETE", f"/users/{person}/sponsors/{one['id']}/$ref")

    stage.ask("alex", "expiring mine", "guests I sponsor", address)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("expiring 5000 days", "How many days ahead?"),
        ("expiring 0d", "How many days ahead?"),
        ('expiring "Nothing of that name"', "There is no access package"),
        ('expiring 1d "Hidden package"', "No access ends in that time"),
    ],
)
def test_what_cannot_be_listed_is_told_with_a_next_step(stage: Stage, sentence: str, words: str) -> None:
    card = stage.ask("alex", sentence, words)

    assert stage.titles("alex", card)


@pytest.mark.parametrize("pick", ["", "nonsense", "a b c", "ana@fabrikam.com x"])
def test_a_press_without_a_guest_says_so(stage: Stage, pick: str) -> None:
    card = stage.ask("alex", "expiring 90d", "Access that ends within")
    shown = set(stage.cards("alex"))

    stage.execute("alex", {"verb": "expiring.revoke", "pick": pick}, card=card)

    stage.news("alex", shown, "Whose access?")


def test_a_manager_of_one_catalog_sees_that_catalog_only(stage: Stage) -> None:
    address = delivered(stage)

    card = stage.ask("adele", "expiring 90d", "Access that ends within")

    assert address not in stage.words("adele", card)
