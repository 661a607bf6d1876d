import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import errors
from bot.store.database import Database
from bot.store.extension_asks import SqlExtensionAsks
from tests.cards.keep_samples import NOW, QUESTION
from tests.store.conftest import TENANT


@pytest.fixture
def asks(database: Database) -> SqlExtensionAsks:
    return SqlExtensionAsks(database, tenant_id=TENANT)


async def test_a_question_comes_back_as_it_was_stored(asks: SqlExtensionAsks) -> None:
    await asks.claim(QUESTION)
    decided = QUESTION.extended("megan", "Megan Bowen", NOW + timedelta(days=9), NOW)

    await asks.amend(QUESTION.id, lambda _: decided)

    assert await asks.ask(QUESTION.id) == decided
    assert await asks.ask("ask-unknown") is None


async def test_of_two_who_ask_at_once_one_question_is_kept(asks: SqlExtensionAsks) -> None:
    others = [replace(QUESTION, key=f"turn-{number}") for number in range(5)]

    claimed = await asyncio.gather(*(asks.claim(one) for one in others))

    (first,) = [one for one, is_new in claimed if is_new]
    assert {one for one, _ in claimed} == {first}


async def test_of_two_who_let_it_end_the_first_stands(asks: SqlExtensionAsks) -> None:
    await asks.claim(QUESTION)

    await asyncio.gather(
        *(asks.amend(QUESTION.id, lambda one, who=who: one.let_end(who, who, NOW)) for who in ("a", "b"))
    )

    stored = await asks.ask(QUESTION.id)
    assert stored is not None
    assert await asks.amend(QUESTION.id, lambda one: one.let_end("c", "c", NOW)) == stored
    assert stored.by_id in ("a", "b")


async def test_what_was_never_asked_cannot_be_decided(asks: SqlExtensionAsks) -> None:
    with pytest.raises(errors.NotFound):
        await asks.amend("ask-unknown", lambda one: one)


async def test_another_tenants_question_stays_out_of_sight(database: Database, asks: SqlExtensionAsks) -> None:
    await asks.claim(QUESTION)

    elsewhere = SqlExtensionAsks(database, tenant_id="elsewhere")

    assert await elsewhere.ask(QUESTION.id) is None
