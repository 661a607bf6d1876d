"""Durable work, and the present moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol


class Jobs(Protocol):
    """Durable work: survives the process, runs at least once."""

    async def start(self, name: str, key: str, payload: Mapping[str, Any]) -> None:
        """The job is stored and starts; the same name and key twice is one job."""

    async def run_again(self, name: str, key: str, payload: Mapping[str, Any]) -> None:
        """Like `start`, and runs once more after an earlier run under this key, as soon as that has ended."""


class Clock(Protocol):
    """The only source of the present moment."""

    def now(self) -> datetime:
        """Aware UTC."""
