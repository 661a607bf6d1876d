"""Who administers something is neither blocked nor deleted; where nobody can look, that is said and confirmed first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox import Server
from sandbox.seed.people import GUEST_INVITER, give_role
from tests.journeys.stage import Stage, until
from tests.journeys.test_stale import enabled, guest, look, ticked


@contextmanager
def unreadable(stage: Stage) -> Iterator[None]:
    """Entra refuses to tell what anybody is a member of."""
    rule = {"method": "GET", "path": "transitiveMemberOf", "status": 403, "times": 999}
    stage.control("faults", {"rules": [rule]})
    try:
        yield
    finally:
        stage.control("faults", {"rules": []})


def choose(stage: Stage, *addresses: str) -> set[str]:
    """These are ticked by hand on a report; the cards that Alex had before."""
    report = look(stage, "stale 90d", "Block these", *addresses)
    before = set(stage.cards("alex"))
    stage.press("alex", "Block these…", card=report, inputs=ticked(stage, *addresses))
    return before


def test_who_holds_a_role_is_not_blocked_though_ticked_by_hand(stage: Stage, tenant: Server) -> None:
    stage.ask("alex", "stale 90d", "Forgotten guests")
    holder, other = guest(stage, "holder"), guest(stage, "other")
    stage.control("clock", {"advance": "P100D"})
    look(stage, "stale 90d", holder, other)
    give_role(tenant.world, stage.user(holder)["id"], GUEST_INVITER)

    before = choose(stage, holder, other)

    question = stage.news("alex", before, "Block sign-in of 1 guest?", "stays as they are: holds a directory role")
    stage.press("alex", "Block", card=question, inputs={"typed": "1"})
    until(lambda: not enabled(stage, other), what="the other is blocked")
    assert enabled(stage, holder)


def test_who_gets_a_role_between_the_choice_and_the_number_is_left_out(stage: Stage, tenant: Server) -> None:
    address = guest(stage, "promoted")
    stage.control("clock", {"advance": "P100D"})
    question = stage.news("alex", choose(stage, address), "Type 1 to confirm")
    give_role(tenant.world, stage.user(address)["id"], GUEST_INVITER)

    stage.press("alex", "Block", card=question, inputs={"typed": "1"})

    until(lambda: "holds a directory role" in stage.words("alex", question), what="the card says why")
    assert enabled(stage, address)


def test_whose_roles_cannot_be_read_is_not_blocked_with_the_forgotten(stage: Stage) -> None:
    address = guest(stage, "unread")
    stage.control("clock", {"advance": "P100D"})

    with unreadable(stage):
        before = choose(stage, address)
        stage.news("alex", before, "None of them can be chosen", "roles could not be checked", "Nothing was done")

    assert enabled(stage, address)


def test_remove_says_that_roles_could_not_be_checked_and_blocks_only_after_that_was_confirmed(stage: Stage) -> None:
    address = guest(stage, "unchecked")
    with unreadable(stage):
        card = stage.ask("alex", f"remove {address}", "Could not be checked: whether this account holds a role")

        stage.press("alex", "Block sign-in", card=card)
        until(lambda: "Whether it holds a role is not known" in stage.words("alex", card), what="it asks")
        assert enabled(stage, address)
        stage.press("alex", "Yes, block unchecked", card=card)

        until(lambda: f"{address} is blocked" in stage.words("alex", card), what="confirmed, it is blocked")
    assert not enabled(stage, address)


def test_remove_deletes_an_unchecked_account_only_after_the_sentence_and_the_address(stage: Stage) -> None:
    address = guest(stage, "undeleted")
    person = stage.user(address)["id"]
    with unreadable(stage):
        card = stage.ask("alex", f"remove {address}", "Could not be checked")
        stage.press("alex", "Delete…", card=card)
        until(lambda: "Whether it holds a role is not known" in stage.words("alex", card), what="it asks")
        assert "Type its address" not in stage.words("alex", card)

        stage.press("alex", "Yes, delete unchecked", card=card)
        until(lambda: "Type its address" in stage.words("alex", card), what="then the address is wanted")
        stage.press("alex", "Delete", card=card, inputs={"typed": address})
        until(lambda: f"{address} is deleted" in stage.words("alex", card), what="it is deleted")

    assert not any(one["id"] == person and not one.get("deletedDateTime") for one in stage.state()["users"])
