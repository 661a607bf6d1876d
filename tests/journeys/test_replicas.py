"""Two bots share one PostgreSQL: what reaches both is done once, and what one began the other finishes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from sandbox import Server
from tests.journeys.approving import ask_for, case_card, copies, met, named, package, stage_of
from tests.journeys.building import article, fresh_catalog, fresh_name, is_whole, planned, resume
from tests.journeys.rough import PACKAGE, asked, counts, guest_id, held, hold
from tests.journeys.stage import Bot, Stage, Teams, readable, until
from tests.store.postgres import fresh_database


@dataclass
class Pair:
    """The same tenant and Teams, seen through one bot and through the other."""

    one: Stage
    other: Stage


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with fresh_database() as url, Server() as tenant, Teams() as teams:
        bots = [
            Bot(tenant.url, tmp_path_factory.mktemp(name), {"DATABASE_URL": url}).start() for name in ("one", "other")
        ]
        yield Pair(*(Stage(tenant.url, teams, bot) for bot in bots))
        for bot in bots:
            bot.stop()


@pytest.fixture(autouse=True)
def _both_run(pair: Pair) -> Iterator[None]:
    yield
    pair.one.control("faults", {"rules": []})


def live_cards(stage: Stage, address: str) -> list[str]:
    return [one for one in map(readable, stage.cards("alex").values()) if address in one and "Asked by" in one]


def test_one_activity_delivered_to_both_is_one_invite_on_one_card(pair: Pair) -> None:
    address = pair.one.fresh("both")
    activity = pair.one.activity("alex", text=f"assign {address} to {PACKAGE}")

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda stage: stage.post(activity), [pair.one, pair.other] * 2))

    assert all(status < 300 for status, _ in answers)
    pair.one.shown("alex", address, "✔ Delivered", seconds=40)
    assert counts(pair.one, address) == (1, 1, 1)
    assert len(live_cards(pair.one, address)) == 1


def test_two_people_asking_two_bots_for_one_guest_make_one_invite(pair: Pair) -> None:
    address = pair.one.fresh("race")
    asks = [(pair.one, "alex"), (pair.other, "megan")]

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda ask: ask[0].say(ask[1], f"invite {address} to {PACKAGE}"), asks))

    for _, who in asks:
        pair.one.shown(who, address, "Copy link", "✔ E-mail sent", seconds=40)
    assert counts(pair.one, address) == (1, 0, 1)


def test_one_press_delivered_to_both_takes_access_back_once(pair: Pair) -> None:
    address = pair.one.fresh("press")
    pair.one.say("alex", f"assign {address} to {PACKAGE}")
    pair.one.shown("alex", address, "✔ Delivered", seconds=40)
    pair.other.say("alex", f"revoke {address}")
    question = pair.other.shown("alex", address, "Yes, revoke")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda stage: stage.press("alex", "Yes, revoke", card=question), [pair.one, pair.other]))

    pair.one.shown("alex", address, "■ Revoked", "Asked by", seconds=40)
    assert len(asked(pair.one, guest_id(pair.one, address), "adminRemove")) == 1


@pytest.mark.parametrize("path", ["/invitations$", "/assignmentRequests$", "/sendMail$"])
def test_what_a_killed_bot_began_the_other_finishes(pair: Pair, path: str) -> None:
    address = pair.one.fresh("heir")
    hold(pair.one, "POST", path)

    pair.one.say("alex", f"assign {address} to {PACKAGE}")
    until(lambda: held(pair.one), what="the write is under way")
    until(lambda: live_cards(pair.one, address), what="the live card stands")
    pair.one.bot.kill()

    try:
        pair.other.shown("alex", address, "✔ Delivered", seconds=50)
        assert counts(pair.other, address) == (1, 1, 1)
    finally:
        pair.one.bot.start()


@pytest.mark.parametrize("path", ["/accessPackages$", "/assignmentPolicies$"])
def test_a_package_one_bot_began_the_other_finishes(pair: Pair, path: str) -> None:
    wanted = article(fresh_name(), fresh_catalog(pair.one))
    build = planned(pair.one, wanted)
    hold(pair.one, "POST", path)

    resume(pair.one, build)
    until(lambda: held(pair.one), what="the write is under way")
    pair.one.shown("alex", wanted.name, "In progress")
    pair.one.bot.kill()

    try:
        pair.other.shown("alex", wanted.name, "✔ Created", seconds=90)
        is_whole(pair.other, wanted)
    finally:
        pair.one.bot.start()


def test_a_bot_that_hangs_and_comes_back_finds_the_package_made(pair: Pair) -> None:
    """Both run one build at the same time, from the middle of a write on."""
    wanted = article(fresh_name(), fresh_catalog(pair.one))
    build = planned(pair.one, wanted)
    hold(pair.one, "POST", "/accessPackages$", seconds=3.0)

    resume(pair.one, build)
    until(lambda: held(pair.one), what="the write is under way")
    pair.one.bot.freeze()
    try:
        pair.other.shown("alex", wanted.name, "✔ Created", seconds=120)
    finally:
        pair.one.bot.thaw()

    until(lambda: pair.one.ask("alex", "help", "help"), what="it is back")
    is_whole(pair.other, wanted)


def test_two_bots_ask_each_approver_once_and_tell_the_outcome_once(pair: Pair) -> None:
    met(pair.one, "adele", "lee")
    ids, _ = package(pair.one, stage_of(named("adele"), named("lee")))

    address = ask_for(pair.one, package=ids)
    cards = {who: case_card(pair.one, who, address, seconds=40) for who in ("adele", "lee")}
    pair.one.act(address, "deny", ids)

    for who, card in cards.items():
        until(lambda who=who, card=card: "Denied" in pair.one.words(who, card), seconds=40, what="the card follows")
        assert copies(pair.one, who, address) == [card]
    until(lambda: pair.one.mails(address), seconds=40, what="the requestor is told")
    assert len(pair.one.mails(address)) == 1
