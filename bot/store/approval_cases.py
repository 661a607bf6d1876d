"""Keep cases of approval, each once, changed under a lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot import errors
from bot.domain.approvals import ApprovalCase
from bot.ports import ApprovalCases
from bot.store.database import Database
from bot.store.lifecycle import approval_cases
from bot.store.upsert import inserted

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from sqlalchemy.ext.asyncio import AsyncConnection


class SqlApprovalCases:
    """`bot.ports.ApprovalCases`: the table `approval_cases`, as far as it belongs to one tenant."""

    def __init__(self, database: Database, *, tenant_id: str) -> None:
        """Cases of another tenant in the same database stay out of sight."""
        self._database = database
        self._mine = approval_cases.c.tenant_id == tenant_id
        self._tenant_id = tenant_id

    async def open(self, case: ApprovalCase) -> tuple[ApprovalCase, bool]:
        """The one stored case with this id, and whether this call made it."""
        row = {"id": case.id, "tenant_id": self._tenant_id, "person_id": case.person_id, **_kept(case)}
        async with self._database.write() as connection:
            if await inserted(connection, approval_cases, row):
                return case, True
            return await self._locked(connection, case.id), False

    async def case(self, case_id: str) -> ApprovalCase | None:
        """By id."""
        async with self._database.read() as connection:
            document = await connection.scalar(self._document(approval_cases.c.id == case_id))
        return None if document is None else _read(document)

    async def waiting(self) -> tuple[ApprovalCase, ...]:
        """Every case that somebody has still to decide or to be told of, by deadline."""
        return await self._listed(self._document(sa.text("open")).order_by(approval_cases.c.deadline))

    async def about(self, person_id: str) -> tuple[ApprovalCase, ...]:
        """Every case of this person, decided ones included, oldest first."""
        found = await self._listed(self._document(approval_cases.c.person_id == person_id))
        return tuple(sorted(found, key=lambda one: (one.begun_at, one.id)))

    async def amend(self, case_id: str, how: Callable[[ApprovalCase], ApprovalCase]) -> ApprovalCase:
        """`how` applied to the stored case under a row lock; what it returned is stored. Raises NotFound."""
        async with self._database.write() as connection:
            stored = await self._locked(connection, case_id)
            changed = replace(how(stored), id=case_id)
            if changed != stored:
                row = approval_cases.c.id == case_id
                await connection.execute(sa.update(approval_cases).where(row).values(**_kept(changed)))
        return changed

    async def _listed(self, question: sa.Select[tuple[Any]]) -> tuple[ApprovalCase, ...]:
        async with self._database.read() as connection:
            return tuple(_read(document) for document in await connection.scalars(question))

    async def _locked(self, connection: AsyncConnection, case_id: str) -> ApprovalCase:
        document = await connection.scalar(self._document(approval_cases.c.id == case_id).with_for_update())
        if document is None:
            raise errors.NotFound(f"no approval case {case_id}")
        return _read(document)

    def _document(self, which: sa.ColumnElement[bool] | sa.TextClause) -> sa.Select[tuple[Any]]:
        return sa.select(approval_cases.c.document).where(self._mine, which)


def _kept(case: ApprovalCase) -> dict[str, Any]:
    return {"open": not case.is_done, "deadline": case.deadline, "document": _adapter().dump_python(case, mode="json")}


@cache
def _adapter() -> TypeAdapter[ApprovalCase]:
    from pydantic import TypeAdapter

    return TypeAdapter(ApprovalCase)


def _read(document: dict[str, Any]) -> ApprovalCase:
    """What an earlier Usher did not keep has its default; what a later one adds is left out."""
    return _adapter().validate_python(document)


if TYPE_CHECKING:
    _keeps_the_port: type[ApprovalCases] = SqlApprovalCases
