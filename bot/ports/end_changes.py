"""What Usher remembers of changes to the end of access."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot.domain.end_changes import EndChange


class EndChanges(Protocol):
    """Changes of the end of assignments, each claimed once. One transaction per method."""

    async def claim(self, change: EndChange) -> tuple[EndChange, bool]:
        """The one stored change with this id, and whether this call began it (or began it anew, as one that is over)."""

    async def begun_by(self, key: str) -> EndChange | None:
        """The change that the turn with this key began: a turn that runs twice asks for nothing more."""

    async def change(self, change_id: str) -> EndChange | None:
        """By id."""

    async def amend(self, change_id: str, how: Callable[[EndChange], EndChange]) -> EndChange:
        """`how` applied to the stored change under a row lock; what it returned is stored. Raises NotFound."""
