"""A sponsor leaves while Teams does not answer for somebody, or while Usher looks twice at once."""

from __future__ import annotations

import contextlib
import sqlite3
import uuid
from collections.abc import Iterator

import pytest

from bot.domain.roles import Role
from sandbox import Server
from sandbox.seed.people import BEGINNING, give_role, new_member
from tests.journeys.rough import RoughTeams
from tests.journeys.rough import held as used_up
from tests.journeys.stage import PEOPLE, Stage, Teams, until
from tests.journeys.test_leaving import LEFT, bot, enable, known, looks, told
from tests.journeys.test_one_silent_chat import silent
from tests.journeys.test_sponsors import answering, guest

__all__ = ["bot"]  # the same bot, in front of a Teams service that fails

ALEX, MEGAN, ADELE = (PEOPLE[name][0] for name in ("alex", "megan", "adele"))


@pytest.fixture(scope="module")
def teams() -> Iterator[Teams]:
    """Teams fails on request."""
    with RoughTeams() as service:
        yield service


@pytest.fixture
def rough(stage: Stage) -> Stage:
    """Usher has a chat with whoever is asked, and Teams answers."""
    assert isinstance(stage.teams, RoughTeams)
    stage.teams.faults.clear()
    for who in ("alex", "megan", "adele"):
        if not stage.cards(who):
            stage.ask(who, "help", "help sponsors")
    return stage


def sponsor(tenant: Server, name: str, manager: str = "") -> str:
    """The object id of a fresh member."""
    made = str(uuid.uuid4())
    new_member(tenant.world, made, name, f"{name.casefold()}@contoso.com", BEGINNING)
    if manager:
        tenant.world.tables["users"][made]["_manager"] = manager
    return made


def leaves(stage: Stage, who: str) -> str:
    """The address of the one guest for whom nobody but them answered."""
    address = guest(stage, who, name="left")
    known(stage, who, address)
    enable(stage, who, False)
    return address


def standing(stage: Stage, who: str) -> str:
    return str(
        stage.ledger("SELECT json_extract(document, '$.left.state') FROM sponsor_books WHERE sponsor_id = ?", who)[0][0]
    )


def looked(stage: Stage) -> None:
    """Whoever is wrong about a leaving has had two looks to see it."""
    before = looks(stage)
    until(lambda: looks(stage) >= before + 4, what="Usher has looked again")


def test_every_administrator_is_asked_also_when_the_first_cannot_be_reached(rough: Stage, tenant: Server) -> None:
    mia = sponsor(tenant, "Mia")
    for one in (mia, MEGAN):
        give_role(tenant.world, one, Role.USER_ADMINISTRATOR.template_id)
    rough.teams.refusals[f"a:new-{mia}"] = (403, {"error": {"code": "ForbiddenOperationException"}})
    address = leaves(rough, sponsor(tenant, "Una"))

    until(lambda: told(rough, "alex", address), what="one administrator is asked")
    until(lambda: told(rough, "megan", address), what="and another one")

    looked(rough)
    assert [len(told(rough, who, address)) for who in ("alex", "megan")] == [1, 1]


def test_a_manager_teams_does_not_answer_for_keeps_no_other_waiting(rough: Stage, tenant: Server) -> None:
    theirs = {"adele": sponsor(tenant, "Ida", ADELE), "megan": sponsor(tenant, "Oda", MEGAN)}
    addresses = {who: guest(rough, one, name="left") for who, one in theirs.items()}
    for who, one in theirs.items():
        known(rough, one, addresses[who])
    faults = {who: silent(rough, who, "POST") for who in theirs}
    for one in theirs.values():
        enable(rough, one, False)
    until(lambda: any(one.times < 1000 for one in faults.values()), what="the first of them was tried")
    first, other = ("adele", "megan") if faults["adele"].times < 1000 else ("megan", "adele")

    faults[other].times = 0

    rough.shown(other, LEFT, addresses[other], seconds=20)
    faults[first].times = 0
    rough.shown(first, LEFT, addresses[first], seconds=60)


@pytest.mark.parametrize(
    ("how", "state", "said"), [("adopted", "done", "Done: somebody answers"), ("back", "back", "They are back")]
)
def test_a_card_that_could_not_be_edited_says_later_that_it_is_over(
    rough: Stage, tenant: Server, how: str, state: str, said: str
) -> None:
    left = sponsor(tenant, f"Eva{how}", ADELE)
    address = leaves(rough, left)
    card = rough.shown("adele", LEFT, address)
    fault = silent(rough, "adele", "PUT")

    if how == "back":
        enable(rough, left, True)
    else:
        rough.execute("alex", {"verb": "adopt.all", "sponsor": left}, card="m-none")
        until(lambda: answering(rough, address) == {ALEX}, what="Alex answers")
    until(lambda: fault.times < 1000, what="the card was tried")
    until(lambda: standing(rough, left) == state, what="it is over")
    looked(rough)
    assert LEFT in rough.words("adele", card)
    fault.times = 0

    until(lambda: said in rough.words("adele", card), seconds=60, what="the card says so")


def test_two_looks_at_once_ask_a_manager_once(rough: Stage, tenant: Server) -> None:
    open_, late = sponsor(tenant, "Amy", ADELE), sponsor(tenant, "Kim", ADELE)
    rough.shown("adele", LEFT, leaves(rough, open_))
    address = guest(rough, late, name="late")
    other = guest(rough, ALEX, name="other")
    known(rough, late, address)
    path = r"/users\?.*manager"
    rough.control("faults", {"rules": [{"method": "GET", "path": path, "delaySeconds": 8, "times": 1}]})
    until(lambda: used_up(rough), what="a look has read its books and waits")

    # A look of its own follows each handover while somebody is left.
    enable(rough, late, False)
    tenant.world.tables["users"][late]["displayName"] = "Kim Doe"
    card = rough.ask("alex", f"handover {other} to megan@contoso.com", "Yes, hand over 1")
    rough.press("alex", "Yes, hand over 1", card=card)
    until(lambda: answering(rough, other) == {MEGAN}, what="a second look is begun")
    until(lambda: told(rough, "adele", address), what="the manager is asked")
    looked(rough)

    assert len(told(rough, "adele", address)) == 1


def test_an_adoption_the_book_does_not_know_of_is_not_begun_again(rough: Stage, tenant: Server) -> None:
    left = sponsor(tenant, "Bea", ADELE)
    addresses = [guest(rough, left, name="slow") for _ in range(2)]
    for one in addresses:
        known(rough, left, one)
    enable(rough, left, False)
    card = rough.shown("adele", LEFT, *addresses)
    slow = {"method": "POST", "path": "/sponsors/", "delaySeconds": 8, "times": 2}
    rough.control("faults", {"rules": [slow]})

    rough.press("adele", "I answer for all", card=card)
    until(lambda: _forgotten(rough, left), what="as if the process had died before the book was written")
    until(lambda: any(ADELE in answering(rough, one) for one in addresses), what="the first is through")
    looked(rough)
    rough.execute("alex", {"verb": "adopt.submit", "sponsor": left, "taker": "megan@contoso.com"}, card="m-none")

    rough.shown("alex", "from Bea to Adele Vance")
    until(lambda: all(answering(rough, one) == {ADELE} for one in addresses), what="Adele answers for both")
    until(lambda: "Done: somebody answers" in rough.words("adele", card), what="the card says so")


def _forgotten(stage: Stage, sponsor: str) -> bool:
    """Whether the book knew of an adoption, and does not any more."""
    path = stage.bot.database_url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path, timeout=10)) as ledger, ledger:
        changed = ledger.execute(
            "UPDATE sponsor_books SET document = json_set(document, '$.left.adoption', '', '$.left.adopted_by', '')"
            " WHERE sponsor_id = ? AND json_extract(document, '$.left.adoption') != ''",
            (sponsor,),
        )
    return changed.rowcount == 1
