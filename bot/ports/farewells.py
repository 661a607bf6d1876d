"""What Usher remembers of accounts that may go with their last access."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol


class Farewells(Protocol):
    """Accounts to be looked at, by object id. One transaction per method."""

    async def watch(self, seen: Mapping[str, datetime], now: datetime) -> None:
        """These people's access ends then; who is new, or had no access ending as late, is looked at `now`."""

    async def any_due(self, now: datetime) -> bool:
        """Whether `due` would find somebody; only looks."""

    async def due(self, now: datetime, *, lease: timedelta, limit: int) -> tuple[str, ...]:
        """Whose time to be looked at has come, taken for `lease` so that no other replica looks at them."""

    async def keep(self, person_id: str, ends_at: datetime, look_at: datetime | None) -> None:
        """Their last access was seen to end at `ends_at`; they are looked at next at `look_at`, if at all."""

    async def forget(self, before: datetime) -> None:
        """Accounts whose last access ended before this are forgotten."""
