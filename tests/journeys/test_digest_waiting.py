"""A sponsor whose guests never accept the invitation is told of them, though no access ends: not every day the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox import Server
from tests.journeys.noticing import advance, delivered, digested, digests
from tests.journeys.stage import PEOPLE, Bot, Stage, readable, until
from tests.journeys.test_sponsors import guest

WAITING = "Your guests who have not accepted the invitation"


@pytest.fixture(scope="module")
def bot(tenant: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """It looks at once who waits."""
    process = Bot(tenant.url, tmp_path_factory.mktemp("bot"), {"USHER_LEAVERS_SECONDS": "1"}).start()
    yield process
    process.stop()
    assert '"level": "ERROR"' not in process.log.read_text()


def told(stage: Stage, who: str, address: str) -> int:
    """How many digests without any access that ends named this guest."""
    name = address.partition("@")[0]
    shown = [readable(one) for one in stage.cards(who).values()]
    return sum(WAITING in one and name in one for one in shown)


def test_guests_who_never_accept_make_a_digest_and_the_same_ones_again_only_after_a_week(stage: Stage) -> None:
    stage.ask("lee", "help", "help sponsors")
    first = guest(stage, PEOPLE["lee"][0], name="waits")
    advance(stage, "P4D")
    until(lambda: told(stage, "lee", first) == 1, seconds=60, what="Lee is told of the one who waits")

    advance(stage, "P1D")
    second = guest(stage, PEOPLE["lee"][0], name="joins")
    advance(stage, "P4D")
    until(lambda: told(stage, "lee", second) == 1, seconds=60, what="a new one is told of")
    assert told(stage, "lee", first) == 2
    advance(stage, "P7D")

    until(lambda: told(stage, "lee", second) == 2, seconds=60, what="after a week they are told of again")
    assert told(stage, "lee", first) == 3


def test_who_wants_no_digest_is_not_told_of_guests_who_wait_either(stage: Stage) -> None:
    stage.ask("megan", "digest off", "You get no digest")
    stage.ask("adele", "help", "help sponsors")
    silent, told_of = guest(stage, PEOPLE["megan"][0], name="silent"), guest(stage, PEOPLE["adele"][0], name="told")

    advance(stage, "P4D")

    until(lambda: told(stage, "adele", told_of) == 1, seconds=60, what="others are told")
    assert told(stage, "megan", silent) == 0


def test_who_invited_a_guest_is_told_of_them_where_nobody_sponsors_the_guest(stage: Stage) -> None:
    stage.ask("alex", "help", "help sponsors")
    address = delivered(stage, 14, sponsor="lee@contoso.com")
    person = stage.user(address)["id"]
    stage.graph("DELETE", f"/users/{person}/sponsors/{PEOPLE['lee'][0]}/$ref")

    advance(stage, "P4D")

    until(lambda: told(stage, "alex", address) == 1, seconds=60, what="who invited the guest is told")
    assert told(stage, "lee", address) == 0


def test_an_end_that_is_due_when_somebody_waits_too_long_stands_in_the_same_digest(stage: Stage) -> None:
    stage.ask("adele", "help", "help sponsors")
    address = delivered(stage, 14, sponsor="adele@contoso.com")

    advance(stage, "P7D")

    digested(stage, "adele", address, 1)
    (card,) = digests(stage, "adele", address)
    assert any("Never accepted" in one and address.partition("@")[0] in one for one in card.splitlines())


def test_the_digest_of_everything_tells_of_guests_who_never_accept_once_a_week(stage: Stage) -> None:
    stage.ask("alex", "digest everything daily", "the whole tenant")
    advance(stage, "P1D")
    first = guest(stage, PEOPLE["lee"][0], name="somewhere")
    advance(stage, "P4D")
    until(lambda: everywhere(stage, first) == 1, seconds=60, what="the administrator is told")
    card = next(one for one, shown in stage.cards("alex").items() if _tells_everything(shown, first))

    advance(stage, "P1D")
    second = guest(stage, PEOPLE["lee"][0], name="elsewhere")
    advance(stage, "P4D")
    until(lambda: everywhere(stage, second) == 1, seconds=60, what="a new one is told of")
    assert everywhere(stage, first) == 2

    stage.press("alex", "All who have not accepted", card=card)

    until(lambda: first in stage.words("alex", card), what="the list of those who have not accepted")
    stage.ask("alex", "digest mine", "guests you answer for")


def everywhere(stage: Stage, address: str) -> int:
    """How many digests of the whole tenant named this guest among those who never accepted."""
    return sum(_tells_everything(one, address) for one in stage.cards("alex").values())


def _tells_everything(card: dict[str, Any], address: str) -> bool:
    lines = readable(card).splitlines()
    of_tenant = any("at Contoso" in one or "of Contoso" in one for one in lines)
    return of_tenant and any("Never accepted" in one and address.partition("@")[0] in one for one in lines)
