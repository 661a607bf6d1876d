"""Keep what is remembered of sponsors, changed under a lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.domain.leaving import SponsorBook
from bot.store.database import Database
from bot.store.lifecycle import sponsor_books
from bot.store.upsert import inserted

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from bot.ports.sponsor_books import SponsorBooks


class SqlSponsorBooks:
    """`bot.ports.SponsorBooks`: the table `sponsor_books`, as far as it belongs to one tenant."""

    def __init__(self, database: Database, *, tenant_id: str) -> None:
        """Books of another tenant in the same database stay out of sight."""
        self._database = database
        self._tenant_id = tenant_id

    async def books(self) -> tuple[SponsorBook, ...]:
        """Every sponsor who is remembered."""
        mine = sa.select(sponsor_books.c.document).where(sponsor_books.c.tenant_id == self._tenant_id)
        async with self._database.read() as connection:
            return tuple(_read(document) for document in await connection.scalars(mine))

    async def book(self, sponsor_id: str) -> SponsorBook | None:
        """By object id."""
        async with self._database.read() as connection:
            document = await connection.scalar(self._document(sponsor_id))
        return None if document is None else _read(document)

    async def amend(self, book: SponsorBook, how: Callable[[SponsorBook], SponsorBook]) -> SponsorBook:
        """`how` applied to the stored book under a row lock, or to `book` where none was stored; the result is stored."""
        row = {"sponsor_id": book.sponsor_id, "tenant_id": self._tenant_id, "document": _written(book)}
        async with self._database.write() as connection:
            await inserted(connection, sponsor_books, row)
            stored = _read(await connection.scalar(self._document(book.sponsor_id).with_for_update()))
            changed = replace(how(stored), sponsor_id=book.sponsor_id)
            await connection.execute(
                sa.update(sponsor_books).where(*self._mine(book.sponsor_id)).values(document=_written(changed))
            )
        return changed

    def _document(self, sponsor_id: str) -> sa.Select[tuple[Any]]:
        return sa.select(sponsor_books.c.document).where(*self._mine(sponsor_id))

    def _mine(self, sponsor_id: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
        return sponsor_books.c.sponsor_id == sponsor_id, sponsor_books.c.tenant_id == self._tenant_id


@cache
def _adapter() -> TypeAdapter[SponsorBook]:
    from pydantic import TypeAdapter

    return TypeAdapter(SponsorBook)


def _written(book: SponsorBook) -> dict[str, Any]:
    """JSON for `_read`; fields that a later Usher adds are left out by an earlier one."""
    document: dict[str, Any] = _adapter().dump_python(book, mode="json")
    return document


def _read(document: Any) -> SponsorBook:
    return _adapter().validate_python(document)


if TYPE_CHECKING:
    _keeps_the_port: type[SponsorBooks] = SqlSponsorBooks
