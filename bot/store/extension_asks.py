"""Keep the questions of guests who want to keep an access, each claimed once, changed under a lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot import errors
from bot.domain.extension_asks import ExtensionAsk
from bot.ports import ExtensionAsks
from bot.store.database import Database
from bot.store.lifecycle import extension_asks
from bot.store.upsert import inserted

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class SqlExtensionAsks:
    """`bot.ports.ExtensionAsks`: the table `extension_asks`, as far as it belongs to one tenant."""

    def __init__(self, database: Database, *, tenant_id: str) -> None:
        """Questions of another tenant in the same database stay out of sight."""
        self._database = database
        self._tenant_id = tenant_id

    async def claim(self, ask: ExtensionAsk) -> tuple[ExtensionAsk, bool]:
        """The one stored question with this id, and whether this call stored it."""
        row = {"id": ask.id, "tenant_id": self._tenant_id, "asked_at": ask.asked_at, "document": _written(ask)}
        async with self._database.write() as connection:
            if await inserted(connection, extension_asks, row):
                return ask, True
            document = await connection.scalar(self._document(ask.id))
        if document is None:
            raise errors.NotFound(f"no question {ask.id}")
        return _read(document), False

    async def ask(self, ask_id: str) -> ExtensionAsk | None:
        """By id."""
        async with self._database.read() as connection:
            document = await connection.scalar(self._document(ask_id))
        return None if document is None else _read(document)

    async def amend(self, ask_id: str, how: Callable[[ExtensionAsk], ExtensionAsk]) -> ExtensionAsk:
        """`how` applied to the stored question under a row lock; what it returned is stored. Raises NotFound."""
        async with self._database.write() as connection:
            document = await connection.scalar(self._document(ask_id).with_for_update())
            if document is None:
                raise errors.NotFound(f"no question {ask_id}")
            changed = replace(how(_read(document)), id=ask_id)
            kept = sa.update(extension_asks).where(extension_asks.c.id == ask_id)
            await connection.execute(kept.values(document=_written(changed)))
        return changed

    def _document(self, ask_id: str) -> sa.Select[tuple[Any]]:
        mine = extension_asks.c.tenant_id == self._tenant_id
        return sa.select(extension_asks.c.document).where(extension_asks.c.id == ask_id, mine)


@cache
def _adapter() -> TypeAdapter[ExtensionAsk]:
    from pydantic import TypeAdapter

    return TypeAdapter(ExtensionAsk)


def _written(ask: ExtensionAsk) -> dict[str, Any]:
    document: dict[str, Any] = _adapter().dump_python(ask, mode="json")
    return document


def _read(document: dict[str, Any]) -> ExtensionAsk:
    return _adapter().validate_python(document)


if TYPE_CHECKING:
    _keeps_the_port: type[ExtensionAsks] = SqlExtensionAsks
