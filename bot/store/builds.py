"""Keep builds: access packages from the first word about them to the last write, changed under a lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot import errors
from bot.domain.building.builds import Build, BuildState
from bot.store.database import Database
from bot.store.tables import builds, makers
from bot.store.upsert import inserted

if TYPE_CHECKING:
    from pydantic import TypeAdapter


_MOST_DRAFTS = 20


class Builds:
    """The tables `builds`, as far as it belongs to one tenant, and `makers`."""

    def __init__(self, database: Database, tenant_id: str) -> None:
        self._database = database
        self._tenant_id = tenant_id

    async def open_build(self, build: Build) -> Build:
        """The one stored build with this id: this one, or the one that was there already."""
        row = {
            "id": build.id,
            "tenant_id": self._tenant_id,
            "owner_id": build.owner_id,
            "created_at": build.created_at,
            "document": _written(build),
        }
        async with self._database.write() as connection:
            if await inserted(connection, builds, row):
                return build
        found = await self.build(build.id)
        if found is None:
            raise errors.NotFound(f"build {build.id} belongs to another tenant")
        return found

    async def build(self, build_id: str) -> Build | None:
        """By id."""
        async with self._database.read() as connection:
            document = await connection.scalar(self._document(build_id))
        return None if document is None else _read(document)

    async def builds(self, build_ids: Sequence[str]) -> tuple[Build, ...]:
        """Those of these that there are, in the order asked for."""
        asked = sa.select(builds.c.document).where(builds.c.tenant_id == self._tenant_id, builds.c.id.in_(build_ids))
        async with self._database.read() as connection:
            found = {one.id: one for one in map(_read, await connection.scalars(asked))}
        return tuple(found[one] for one in build_ids if one in found)

    async def open_drafts(self, owner_id: str) -> tuple[Build, ...]:
        """New packages this person began to describe and neither built nor dropped, newest first, twenty at most."""
        drafted = builds.c.document["state"].as_string() == BuildState.DRAFT.value
        is_new = builds.c.document["before"].as_string().is_(None)
        mine = sa.select(builds.c.document).where(
            builds.c.tenant_id == self._tenant_id, builds.c.owner_id == owner_id, drafted, is_new
        )
        async with self._database.read() as connection:
            found = await connection.scalars(mine.order_by(builds.c.created_at.desc(), builds.c.id).limit(_MOST_DRAFTS))
            return tuple(map(_read, found))

    async def amend_build(self, build_id: str, change: Callable[[Build], Build]) -> Build:
        """`change` applied to the stored build under a row lock; what it returned is stored. Raises NotFound."""
        async with self._database.write() as connection:
            document = await connection.scalar(self._document(build_id).with_for_update())
            if document is None:
                raise errors.NotFound(f"no build {build_id}")
            changed = replace(change(_read(document)), id=build_id)
            stored = sa.update(builds).where(builds.c.id == build_id).values(document=_written(changed))
            await connection.execute(stored)
        return changed

    async def made_by(self, package_id: str, build_id: str) -> str:
        """The build that made this package: this one, or the one that had said so before."""
        async with self._database.write() as connection:
            if await inserted(connection, makers, {"package_id": package_id, "build_id": build_id}):
                return build_id
            known = sa.select(makers.c.build_id).where(makers.c.package_id == package_id)
            return await connection.scalar(known) or build_id

    def _document(self, build_id: str) -> sa.Select[tuple[Any]]:
        return sa.select(builds.c.document).where(builds.c.id == build_id, builds.c.tenant_id == self._tenant_id)


@cache
def _adapter() -> TypeAdapter[Build]:
    from pydantic import TypeAdapter

    return TypeAdapter(Build)


def _written(build: Build) -> dict[str, Any]:
    """JSON for `_read`; fields that a later Usher adds are left out by an earlier one."""
    document: dict[str, Any] = _adapter().dump_python(build, mode="json")
    return document


def _read(document: dict[str, Any]) -> Build:
    return _adapter().validate_python(document)
