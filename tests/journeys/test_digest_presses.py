"""What is pressed on a digest counts for whoever answers for the guest now, not for whoever did when it was sent."""

from __future__ import annotations

from tests.journeys.noticing import DIGEST, advance, delivered, digested
from tests.journeys.stage import PEOPLE, Stage

PHOENIX = "77777777-7777-4777-8777-777777777772"
"""A group whose only member is Megan."""


def choice(stage: Stage, who: str, card: str, address: str) -> str:
    """The value of the guest's entry in the list of somebody's digest."""
    lists = (one for one in stage.card(who, card)["body"] if one["type"] == "Input.ChoiceSet")
    return str(next(one["value"] for each in lists for one in each["choices"] if address in one["title"]))


def hand_on(stage: Stage, address: str, giver: str, taker: str) -> None:
    """Somebody changes in the portal who answers for the guest."""
    guest = stage.user(address)["id"]
    taking = {"@odata.id": f"https://graph.microsoft.com/v1.0/users/{PEOPLE[taker][0]}"}
    stage.graph("POST", f"/users/{guest}/sponsors/$ref", taking)
    stage.graph("DELETE", f"/users/{guest}/sponsors/{PEOPLE[giver][0]}/$ref")


def test_a_former_sponsor_may_neither_keep_nor_let_go_from_an_old_digest(stage: Stage) -> None:
    for who in ("lee", "adele"):
        stage.ask(who, "help", "help sponsors")
    address = delivered(stage, 8, sponsor="lee@contoso.com")
    advance(stage, "P1D")
    digested(stage, "lee", address, 1)
    card = stage.shown("lee", DIGEST, f"({address})")
    pick = {"pick": choice(stage, "lee", card, address)}
    hand_on(stage, address, "lee", "adele")
    before = set(stage.cards("lee"))

    stage.press("lee", "Keep as it is", card=card, inputs=pick)
    stage.news("lee", before, "You may not do that")
    before = set(stage.cards("lee"))
    stage.press("lee", "Let go…", card=card, inputs=pick)
    stage.news("lee", before, "You may not do that")

    advance(stage, "P6D")
    digested(stage, "adele", address, 1)


def test_a_sponsor_without_a_role_lets_access_end_and_is_offered_nothing_that_wants_one(stage: Stage) -> None:
    stage.ask("lee", "help", "help sponsors")
    address = delivered(stage, 8, sponsor="lee@contoso.com")
    advance(stage, "P1D")
    digested(stage, "lee", address, 1)
    card = stage.shown("lee", DIGEST, f"({address})")
    before = set(stage.cards("lee"))

    stage.press("lee", "Let go…", card=card, inputs={"pick": choice(stage, "lee", card, address)})

    answer = stage.news("lee", before, f"The access of {address} ends by itself")
    assert stage.titles("lee", answer) == ["Undo", "Extend…"]
    stage.press("lee", "All that end soon", card=card)
    stage.shown("lee", "guests I sponsor", address)


def test_what_a_sponsor_keeps_is_left_out_of_the_digest_of_everything(stage: Stage) -> None:
    stage.ask("lee", "help", "help sponsors")
    kept, other = (delivered(stage, 8, sponsor="lee@contoso.com") for _ in range(2))
    advance(stage, "P1D")
    digested(stage, "lee", kept, 1)
    card = stage.shown("lee", DIGEST, f"({kept})", f"({other})")
    before = set(stage.cards("lee"))
    stage.press("lee", "Keep as it is", card=card, inputs={"pick": choice(stage, "lee", card, kept)})
    stage.news("lee", before, f"Noted: nothing changes for {kept}")

    stage.ask("alex", "digest everything daily", "the whole tenant")
    advance(stage, "P1D")

    all_of_it = stage.shown("alex", "Access that ends soon at Contoso", f"({other})", seconds=60)
    assert f"({kept})" not in stage.words("alex", all_of_it)
    stage.ask("alex", "digest mine", "guests you answer for")


def test_who_has_the_digest_of_everything_is_still_told_that_access_of_their_own_guests_has_ended(stage: Stage) -> None:
    stage.ask("alex", "digest everything daily", "the whole tenant")
    address = delivered(stage, 8)
    advance(stage, "P1D")
    stage.shown("alex", "Access that ends soon at", f"({address})", seconds=60)

    advance(stage, "P7D")

    ended = f"({address})\n● new · Invited users package: ended on"
    stage.shown("alex", "Access that ends soon at", ended, seconds=60)

    stage.ask("alex", "digest mine", "guests you answer for")


def test_a_member_of_a_group_that_sponsors_the_guest_is_told_and_decides(stage: Stage) -> None:
    stage.ask("megan", "help", "help sponsors")
    address = delivered(stage, 8)
    guest = stage.user(address)["id"]
    taking = {"@odata.id": f"https://graph.microsoft.com/v1.0/groups/{PHOENIX}"}
    stage.graph("POST", f"/users/{guest}/sponsors/$ref", taking)
    stage.graph("DELETE", f"/users/{guest}/sponsors/{PEOPLE['alex'][0]}/$ref")

    advance(stage, "P1D")

    digested(stage, "megan", address, 1)
    card = stage.shown("megan", DIGEST, f"({address})")
    before = set(stage.cards("megan"))
    stage.press("megan", "Keep as it is", card=card, inputs={"pick": choice(stage, "megan", card, address)})
    stage.news("megan", before, f"Noted: nothing changes for {address}")
