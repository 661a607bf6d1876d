import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.leaving import Alone, Left, LeftState, SponsorBook
from bot.store.database import Database
from bot.store.sponsor_books import SqlSponsorBooks
from tests.store.conftest import TENANT

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
BOOK = SponsorBook("lee", "Lee *Gu*", "adele", ("ana",), 1, Left(NOW, (Alone("ana", "Ana", "ana@x.com"),), True))


@pytest.fixture
def books(database: Database) -> SqlSponsorBooks:
    return SqlSponsorBooks(database, tenant_id=TENANT)


async def test_a_book_comes_back_as_it_was_stored(books: SqlSponsorBooks) -> None:
    assert BOOK.left
    whole = replace(BOOK, left=replace(BOOK.left, state=LeftState.BACK, asked_at=NOW, adopted_by="Adele"))

    await books.amend(BOOK, lambda stored: stored)
    await books.amend(replace(BOOK, name="older"), lambda _: whole)

    assert await books.book("lee") == whole
    assert await books.books() == (whole,)
    assert await books.book("megan") is None


async def test_two_who_change_it_at_once_both_count(books: SqlSponsorBooks) -> None:
    await books.amend(replace(BOOK, misses=0), lambda one: one)

    await asyncio.gather(*(books.amend(BOOK, lambda one: replace(one, misses=one.misses + 1)) for _ in range(5)))

    stored = await books.book("lee")
    assert stored is not None
    assert stored.misses == 5


async def test_another_tenants_book_stays_out_of_sight(books: SqlSponsorBooks, database: Database) -> None:
    await books.amend(BOOK, lambda one: one)
    elsewhere = SqlSponsorBooks(database, tenant_id="other")

    assert await elsewhere.book("lee") is None
    await elsewhere.amend(replace(BOOK, name="Theirs"), lambda one: one)
    stored = await books.book("lee")
    assert stored is not None
    assert stored.name == BOOK.name
