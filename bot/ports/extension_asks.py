"""What Usher remembers of guests who asked to keep an access."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot.domain.extension_asks import ExtensionAsk


class ExtensionAsks(Protocol):
    """Questions of guests, each claimed once. One transaction per method."""

    async def claim(self, ask: ExtensionAsk) -> tuple[ExtensionAsk, bool]:
        """The one stored question with this id, and whether this call stored it."""

    async def ask(self, ask_id: str) -> ExtensionAsk | None:
        """By id."""

    async def amend(self, ask_id: str, how: Callable[[ExtensionAsk], ExtensionAsk]) -> ExtensionAsk:
        """`how` applied to the stored question under a row lock; what it returned is stored. Raises NotFound."""
