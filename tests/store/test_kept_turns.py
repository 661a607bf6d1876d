"""What waits for a sign-in is kept by person and act, and an exchange is made once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.sign_in import KeptTurn, kept_id
from bot.domain.turns import Caller, Conversation, Place, SentFile, Turn
from bot.store.database import Database
from bot.store.kept_turns import SqlKeptTurns
from tests.store.conftest import TENANT

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
LEASE = timedelta(seconds=5)
CHAT = Conversation("a:1", Place.PERSONAL, '{"x": 1}')
TURN = Turn("key", Caller("adele", "Adele *Vance*"), CHAT, value={"verb": "approve", "reason": "\x01é"}, card="m1")
KEPT = KeptTurn(kept_id(TURN), "adele", TURN, NOW)


@pytest.fixture
def turns(database: Database) -> SqlKeptTurns:
    return SqlKeptTurns(database, tenant_id=TENANT)


async def test_what_is_kept_comes_back_as_it_was(turns: SqlKeptTurns) -> None:
    whole = replace(KEPT, rounds=1, turn=replace(TURN, files=(SentFile("a.yaml", "https://x.example"),)))

    await turns.keep(whole)

    assert await turns.of("adele") == (whole,)
    assert await turns.of("lee") == ()


async def test_wanting_the_same_again_keeps_it_once(turns: SqlKeptTurns) -> None:
    again = replace(KEPT, kept_at=NOW + timedelta(minutes=1), turn=replace(TURN, key="another", card="m2"))

    await turns.keep(KEPT)
    await turns.keep(replace(again, id=kept_id(again.turn)))

    assert await turns.of("adele") == (again,)


async def test_several_acts_wait_side_by_side_oldest_first(turns: SqlKeptTurns) -> None:
    other = replace(TURN, value={"verb": "approve", "request": "2"})
    later = replace(KEPT, id=kept_id(other), turn=other, kept_at=NOW + timedelta(seconds=1))

    await turns.keep(later)
    await turns.keep(KEPT)

    assert await turns.of("adele") == (KEPT, later)


async def test_where_the_question_stands_is_noted_only_while_it_waits(turns: SqlKeptTurns) -> None:
    await turns.keep(KEPT)

    assert await turns.show(KEPT.id, CHAT, "m9")
    assert await turns.of("adele") == (replace(KEPT, chat=CHAT, card="m9"),)

    await turns.drop(KEPT)
    assert not await turns.show(KEPT.id, CHAT, "m9")
    assert await turns.of("adele") == ()


async def test_who_drops_it_learns_of_a_card_that_was_shown_since_it_was_read(turns: SqlKeptTurns) -> None:
    await turns.keep(KEPT)
    (read,) = await turns.of("adele")
    await turns.show(KEPT.id, CHAT, "m9")

    assert await turns.drop(read) == replace(KEPT, chat=CHAT, card="m9")
    assert await turns.drop(read) is None


async def test_what_was_kept_anew_outlives_the_end_of_the_earlier(turns: SqlKeptTurns) -> None:
    anew = replace(KEPT, kept_at=NOW + timedelta(microseconds=1), rounds=1)
    await turns.keep(KEPT)
    await turns.keep(anew)

    await turns.drop(KEPT)

    assert await turns.of("adele") == (anew,)


async def test_of_clients_that_bring_one_exchange_one_makes_it(turns: SqlKeptTurns) -> None:
    claimed = await asyncio.gather(*(turns.claim_exchange("adele", "x1", NOW, lease=LEASE) for _ in range(5)))

    assert sorted(claimed) == [False] * 4 + [True]
    assert await turns.claim_exchange("lee", "x1", NOW, lease=LEASE)
    await turns.release_exchange("adele", "x1")
    assert await turns.claim_exchange("adele", "x1", NOW, lease=LEASE)


async def test_a_claim_whose_holder_died_goes_to_one_other_once_its_lease_is_over(turns: SqlKeptTurns) -> None:
    await turns.claim_exchange("adele", "x1", NOW, lease=LEASE)

    assert not await turns.claim_exchange("adele", "x1", NOW + LEASE - timedelta(seconds=1), lease=LEASE)
    later = NOW + LEASE
    claimed = await asyncio.gather(*(turns.claim_exchange("adele", "x1", later, lease=LEASE) for _ in range(5)))
    assert sorted(claimed) == [False] * 4 + [True]


async def test_what_is_old_is_forgotten(turns: SqlKeptTurns) -> None:
    await turns.keep(KEPT)
    await turns.claim_exchange("adele", "x1", NOW, lease=LEASE)

    await turns.tidy(NOW)
    assert await turns.of("adele") == (KEPT,)

    await turns.tidy(NOW + timedelta(seconds=1))
    assert await turns.of("adele") == ()
    assert await turns.claim_exchange("adele", "x1", NOW, lease=LEASE)


async def test_another_tenant_s_turns_stay_out_of_sight(database: Database, turns: SqlKeptTurns) -> None:
    await turns.keep(KEPT)

    assert await SqlKeptTurns(database, tenant_id="other").of("adele") == ()
