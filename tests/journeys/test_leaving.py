"""A sponsor is blocked or deleted: the manager is asked once, reminded once, then administrators; the guests are adopted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox import Server
from sandbox.seed.groups import DESIGN, PHOENIX
from tests.journeys.stage import PEOPLE, Bot, Stage, until
from tests.journeys.test_sponsors import answering, guest

ALEX, MEGAN, ADELE, LEE = (PEOPLE[name][0] for name in ("alex", "megan", "adele", "lee"))
LEFT = "Somebody has to answer for these guests"


@pytest.fixture(scope="module")
def bot(tenant: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """Its clock is the tenant's, and it looks for sponsors who left every second."""
    env = {"USHER_CLOCK_URL": f"{tenant.url}/_control/clock", "USHER_LEAVERS_SECONDS": "1"}
    process = Bot(tenant.url, tmp_path_factory.mktemp("bot"), env).start()
    yield process
    process.stop()
    assert '"level": "ERROR"' not in process.log.read_text()


@pytest.fixture(autouse=True)
def met(stage: Stage) -> None:
    """Usher has a chat with everybody, and Lee is there and can sign in, whatever a journey that failed left behind."""
    if any(one["id"] == LEE for one in stage.graph("GET", "/directory/deletedItems/microsoft.graph.user")["value"]):
        stage.graph("POST", f"/directory/deletedItems/{LEE}/restore")
    enable(stage, LEE, True)
    for who in ("alex", "adele"):
        if not stage.cards(who):
            stage.ask(who, "help", "help sponsors")


def enable(stage: Stage, person: str, enabled: bool) -> None:
    stage.graph("PATCH", f"/users/{person}", {"accountEnabled": enabled})


def sponsored_by_group(stage: Stage, address: str, group: str) -> None:
    ref = {"@odata.id": f"https://graph.microsoft.com/v1.0/groups/{group}"}
    stage.graph("POST", f"/users/{stage.user(address)['id']}/sponsors/$ref", ref)


def known(stage: Stage, sponsor: str, address: str) -> None:
    """A look has seen that this sponsor answers for the guest."""
    until(lambda: remembered(stage, sponsor, stage.user(address)["id"]), what="it is remembered who answers")


def remembered(stage: Stage, sponsor: str, person: str) -> bool:
    rows = stage.ledger("SELECT document FROM sponsor_books WHERE sponsor_id = ?", sponsor)
    return any(person in document for (document,) in rows)


def leavings(stage: Stage, who: str) -> set[str]:
    """The cards about Lee's leaving, however they stand."""
    return {card for card in stage.cards(who) if "Lee Gu left" in stage.words(who, card)}


def looks(stage: Stage) -> int:
    """How often all guests were read with their sponsors."""
    return sum("/users?" in one["url"] and "sponsors" in one["url"] for one in stage.requests())


def told(stage: Stage, who: str, address: str) -> list[str]:
    """The cards about a leaving that name this guest."""
    return [card for card in stage.cards(who) if address in stage.words(who, card) and LEFT in stage.words(who, card)]


def test_the_manager_of_a_blocked_sponsor_adopts_all_with_one_press(stage: Stage) -> None:
    first, second = guest(stage, LEE, name="lone"), guest(stage, LEE, name="lone")
    shared, grouped = guest(stage, LEE, MEGAN, name="shared"), guest(stage, LEE, name="grouped")
    sponsored_by_group(stage, first, DESIGN)
    sponsored_by_group(stage, grouped, PHOENIX)
    known(stage, LEE, grouped)
    enable(stage, LEE, False)

    # Nobody but Lee is in the Design Team.
    card = stage.shown("adele", LEFT, "Lee Gu can no longer sign in", first, second)
    assert not any(one in stage.words("adele", card) for one in (shared, grouped))
    stage.press("adele", "I answer for all", card=card)

    until(lambda: answering(stage, second) == {ADELE}, what="Adele answers")
    until(lambda: answering(stage, first) == {ADELE, DESIGN}, what="Adele answers, too")
    until(lambda: "Done: somebody answers" in stage.words("adele", card), what="the card says so")
    assert answering(stage, shared) == {LEE, MEGAN}
    assert stage.titles("adele", card) == []


def test_who_was_named_gives_back_to_whoever_handed_them_on(stage: Stage) -> None:
    address = guest(stage, LEE, name="passed")
    known(stage, LEE, address)
    stage.ask("megan", "help", "help sponsors")
    enable(stage, LEE, False)
    card = stage.shown("adele", LEFT, address)
    stage.press("adele", "Somebody else…", card=card)
    form = stage.shown("adele", "Who answers for the guests of Lee Gu?")
    stage.press("adele", "Hand over", card=form, inputs={"taker": "megan@contoso.com"})
    given = stage.shown("megan", "You now answer for 1 guest", address)

    stage.press("megan", "Not mine", card=given)
    until(lambda: answering(stage, address) == {ADELE}, what="whoever handed them on answers, not who left")
    stage.shown("adele", "Megan Bowen gave 1 guest back", address)
    until(lambda: "Done: somebody answers" in stage.words("adele", card), what="nobody is alone")


def test_an_adoption_that_is_taken_back_opens_the_same_card_again(stage: Stage) -> None:
    address = guest(stage, LEE, name="undone")
    known(stage, LEE, address)
    enable(stage, LEE, False)
    card = stage.shown("adele", LEFT, address)
    stage.press("adele", "I answer for all", card=card)
    until(lambda: "Done: somebody answers" in stage.words("adele", card), what="Adele answers")
    run = stage.shown("adele", "Handed over", address)

    stage.press("adele", "Undo", card=run)

    until(lambda: answering(stage, address) == {LEE}, what="it is taken back")
    until(lambda: LEFT in stage.words("adele", card), what="the same card asks again")
    stage.press("adele", "I answer for all", card=card)
    until(lambda: answering(stage, address) == {ADELE}, what="adopted after all")


def test_reminded_once_then_administrators_are_asked_and_name_somebody(stage: Stage) -> None:
    address = guest(stage, LEE, name="waiting")
    known(stage, LEE, address)
    enable(stage, LEE, False)
    until(lambda: len(told(stage, "adele", address)) == 1, what="the manager is asked")
    assert told(stage, "alex", address) == []

    stage.control("clock", {"advance": "P4D"})
    until(lambda: len(told(stage, "adele", address)) == 2, what="she is reminded")
    stage.control("clock", {"advance": "P4D"})
    (card,) = until(lambda: told(stage, "alex", address), what="administrators are asked")
    stage.control("clock", {"advance": "P100D"})
    stage.press("alex", "Somebody else…", card=card)
    form = stage.shown("alex", "Who answers for the guests of Lee Gu?")
    stage.press("alex", "Hand over", card=form, inputs={"taker": "megan@contoso.com"})

    until(lambda: answering(stage, address) == {MEGAN}, what="Megan answers")
    until(lambda: "Done: somebody answers" in stage.words("alex", card), what="the card says so")
    assert told(stage, "adele", address) == []
    assert len([one for one in stage.cards("adele") if address in stage.words("adele", one)]) == 2


def test_of_two_who_adopt_at_once_the_first_has_the_guests(stage: Stage) -> None:
    address = guest(stage, LEE, name="both")
    known(stage, LEE, address)
    enable(stage, LEE, False)
    card = stage.shown("adele", LEFT, address)
    path = f"/users/{stage.user(address)['id']}/sponsors/"
    stage.control("faults", {"rules": [{"method": "POST", "path": path, "delaySeconds": 6, "times": 1}]})

    stage.press("adele", "I answer for all", card=card)
    stage.shown("adele", "from Lee Gu to Adele Vance", address)
    before = looks(stage)
    until(lambda: looks(stage) >= before + 3, what="looks find that the guest has nobody yet")
    named = {"verb": "adopt.submit", "sponsor": LEE, "taker": "megan@contoso.com"}
    stage.execute("alex", named, card="m-none")

    until(lambda: "Done: somebody answers" in stage.words("adele", card), what="the card says so")
    stage.shown("alex", "from Lee Gu to Adele Vance", address)
    assert answering(stage, address) == {ADELE}


def test_a_sponsor_who_is_back_closes_the_question(stage: Stage) -> None:
    address = guest(stage, LEE, name="back")
    known(stage, LEE, address)
    enable(stage, LEE, False)
    card = stage.shown("adele", LEFT, address)

    enable(stage, LEE, True)

    until(lambda: "They are back" in stage.words("adele", card), what="the card says so")
    assert answering(stage, address) == {LEE}


def test_who_was_not_asked_and_may_not_name_sponsors_is_refused(stage: Stage) -> None:
    address = guest(stage, LEE, name="others")
    known(stage, LEE, address)
    enable(stage, LEE, False)
    stage.shown("adele", LEFT, address)

    stage.execute("megan", {"verb": "adopt.all", "sponsor": LEE}, card="m1")

    stage.shown("megan", "You may not do that")
    assert answering(stage, address) == {LEE}


def test_the_guests_of_a_deleted_sponsor_are_remembered_and_a_restart_asks_nobody_twice(stage: Stage) -> None:
    address = guest(stage, LEE, name="deleted")
    known(stage, LEE, address)
    before = leavings(stage, "adele")
    stage.graph("DELETE", f"/users/{LEE}")
    card = stage.shown("adele", LEFT, "Lee Gu left", address)
    # Killed between showing a card and keeping where it stands, nobody could make it follow.
    until(
        lambda: stage.ledger("SELECT 1 FROM cards WHERE activity_id = ?", card), what="it is kept where the card stands"
    )

    stage.bot.kill()
    stage.bot.start()
    stage.press("adele", "I answer for all", card=card)

    until(lambda: answering(stage, address) == {ADELE}, what="Adele answers")
    until(lambda: "Done: somebody answers" in stage.words("adele", card), what="the card says so")
    assert leavings(stage, "adele") - before == {card}
    stage.graph("POST", f"/directory/deletedItems/{LEE}/restore")
