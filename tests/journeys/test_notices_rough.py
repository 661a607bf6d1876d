"""Notices when things break: killed at any moment, two replicas, Graph and Teams failing; still each exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from sandbox import Server
from tests.journeys.noticing import DIGEST, advance, delivered, digested, digests, notices, told
from tests.journeys.rough import Rough, RoughTeams, held, hold
from tests.journeys.stage import PEOPLE, Bot, Stage, Teams, until
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


ALL = ["ends in 7 days", "ends tomorrow", "has ended"]


def test_two_replicas_tell_each_mark_once_to_each_person(pair: Pair) -> None:
    guests = [delivered(pair.one, 14, swept=False) for _ in range(3)]

    for index, length in enumerate(("P7D", "P6D", "P1D"), 1):
        advance(pair.one, length)
        for address in guests:
            told(pair.one, address, *ALL[:index], seconds=90)
            digested(pair.one, "alex", address, index)

    advance(pair.one, "P1D")
    late = delivered(pair.other, 8, swept=False)
    advance(pair.one, "P1D")
    told(pair.one, late, "ends in 7 days", seconds=90)
    assert [notices(pair.one, one) for one in guests] == [ALL] * 3
    assert [len(digests(pair.one, "alex", one)) for one in guests] == [3] * 3


def test_what_a_killed_replica_was_about_to_tell_the_other_tells(pair: Pair) -> None:
    address = delivered(pair.one, 8, swept=False)
    pair.one.bot.kill()
    advance(pair.other, "P1D")

    try:
        told(pair.other, address, "ends in 7 days", seconds=120)
    finally:
        pair.one.bot.start()
    advance(pair.other, "P6D")
    told(pair.other, address, "ends in 7 days", "ends tomorrow", seconds=90)


@pytest.mark.parametrize("path", [r"/\$batch$", "/sendMail$", "/assignments"])
def test_killed_while_graph_is_busy_each_mark_is_told_once(rough: Stage, path: str) -> None:
    address = delivered(rough, 8)
    hold(rough, "GET" if path == "/assignments" else "POST", path, seconds=2.0)

    advance(rough, "P1D")
    until(lambda: held(rough), seconds=40, what="the bot is in the middle of it")
    rough.bot.kill()
    rough.bot.start()

    told(rough, address, "ends in 7 days", seconds=90)
    advance(rough, "P6D")
    told(rough, address, "ends in 7 days", "ends tomorrow", seconds=90)


def test_killed_again_and_again_between_the_marks_each_is_told_once(rough: Stage) -> None:
    address = delivered(rough, 8)

    for length, so_far in (("P1D", 1), ("P3D", 1), ("P3D", 2), ("P1D", 3)):
        rough.bot.kill()
        advance(rough, length)
        rough.bot.start()
        told(rough, address, *ALL[:so_far], seconds=90)
    advance(rough, "P2D")
    late = delivered(rough, 8)
    advance(rough, "P1D")

    told(rough, late, "ends in 7 days", seconds=90)
    assert notices(rough, address) == ALL


def test_killed_when_teams_has_the_digest_and_has_not_said_so_it_is_not_sent_again(
    rough: Stage, weather: RoughTeams
) -> None:
    address = delivered(rough, 8)
    fault = Rough(method="POST", chat="a:1alex", delay=1.5, after=True)
    weather.faults.append(fault)

    advance(rough, "P1D")
    until(lambda: not fault.times, seconds=60, what="Teams has the digest")
    rough.bot.kill()
    rough.bot.start()
    late = delivered(rough, 8)
    advance(rough, "P1D")
    until(lambda: digests(rough, "alex", late), seconds=90, what="the next digest")

    told(rough, address, "ends in 7 days")
    assert len(digests(rough, "alex", address)) == 1
    assert not [one for one in rough.mails("alex@contoso.com") if DIGEST in one["subject"]]


def test_throttled_and_failing_graph_delays_a_notice_and_loses_none(rough: Stage) -> None:
    address = delivered(rough, 8)
    rules = [
        {"method": "POST", "path": r"/\$batch$", "status": 429, "retryAfter": 1, "times": 3},
        {"method": "POST", "path": "/sendMail$", "status": 429, "retryAfter": 1, "times": 2},
    ]
    rough.control("faults", {"rules": rules})

    advance(rough, "P1D")

    told(rough, address, "ends in 7 days", seconds=120)


def test_a_sponsor_whom_no_chat_reaches_gets_the_digest_by_mail(rough: Stage, weather: RoughTeams) -> None:
    for chat in ("a:1alex", f"a:new-{PEOPLE['alex'][0]}"):
        weather.refusals[chat] = (403, {"error": {"code": "BotNotInConversationRoster"}})
    address = rough.fresh("noticed")
    rough.say("megan", f'invite {address} to "Invited users package" for 8 days sponsor alex@contoso.com')
    until(lambda: rough.mails(address), seconds=40, what="the guest was told")
    rough.act(address, "redeem")
    rough.act(address, "request")
    until(lambda: rough.held(address) == ["delivered"], seconds=40, what="they have access")

    def digests() -> list[str]:
        return [one["body"]["content"] for one in rough.mails("alex@contoso.com") if DIGEST in one["subject"]]

    def mailed() -> bool:
        return any(address in one for one in digests())

    advance(rough, "P3D")
    until(digests, seconds=40, what="a digest by mail")
    # What was seen too late for the digest of this day stands in that of the next.
    advance(rough, "P1D")

    until(mailed, seconds=90, what="the digest by mail")
