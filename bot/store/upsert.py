"""Insert or update in one statement, on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert(connection: AsyncConnection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that can say what happens where a key is taken."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def upsert(
    connection: AsyncConnection, table: sa.Table, row: Mapping[str, Any], change: Mapping[str, Any] | None = None
) -> sa.Executable:
    """`row` is there; where its primary key was taken, `change` was applied instead (default: the whole row)."""
    keys = [column.name for column in table.primary_key]
    values = change if change is not None else {name: value for name, value in row.items() if name not in keys}
    return insert(connection, table).values(**row).on_conflict_do_update(index_elements=keys, set_=dict(values))


async def inserted(connection: AsyncConnection, table: sa.Table, row: Mapping[str, Any]) -> bool:
    """Whether `row` is there because of this call; False: its primary or another unique key was taken."""
    new = insert(connection, table).values(**row).on_conflict_do_nothing().returning(*table.primary_key)
    return (await connection.execute(new)).first() is not None
