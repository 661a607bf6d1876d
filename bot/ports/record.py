"""The audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.audit import AuditEntry, Source
from bot.domain.record import Search


class Record(Protocol):
    """Who did what. Append-only, and each entry is chained to the one before."""

    async def record(
        self,
        *,
        actor: str,
        act: str,
        target: str,
        result: str,
        key: str,
        at: datetime,
        detail: str = "",
        package: str = "",
        source: Source | None = None,
    ) -> None:
        """One more entry. `actor` an object id, `key` what all that one wish leads to has in common.

        Without `source` it is that of the newest entry with the same `key`. What stands there already, word for word
        and from the same message, is not written twice: jobs may run twice.
        """

    async def entries(self, search: Search, *, before: int, limit: int) -> tuple[AuditEntry, ...]:
        """The newest entries that fit, newest first; `before` 0, or the number of the entry they come before."""

    async def deleted_packages(self, name: str) -> tuple[str, ...]:
        """Ids of access packages of this name that were deleted through Usher."""

    async def trail(self, target: str, *, limit: int) -> tuple[AuditEntry, ...]:
        """The newest entries about this target, newest first."""
