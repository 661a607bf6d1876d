"""Notice replicas that fell silent, so that the others take over what they were doing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Heartbeats(Protocol):
    """Where replicas leave their sign of life; the rows are shared by all of them."""

    async def beat(self, replica: str) -> Mapping[str, int]:
        """Count one more beat for `replica`; answer every replica's count, in the same transaction."""

    async def leave(self, replica: str) -> None:
        """Mark `replica` as gone: its count becomes -1 and nobody has to wait for its silence."""

    async def forget(self, replica: str, count: int) -> None:
        """Remove `replica` unless it has beaten again since it showed `count`."""


@dataclass(slots=True)
class Watch:
    """Tells who has been silent for `silence_seconds`, by this process's own monotonic clock.

    Counting beats instead of comparing timestamps makes clocks that differ between machines harmless.
    """

    silence_seconds: float
    monotonic: Callable[[], float]
    _seen: dict[str, tuple[int, float]] = field(default_factory=dict)

    def silent(self, counts: Mapping[str, int]) -> list[str]:
        """Replicas whose count has not moved for `silence_seconds`, or that said goodbye."""
        now = self.monotonic()
        self._seen = {
            replica: seen if (seen := self._seen.get(replica)) and seen[0] == count else (count, now)
            for replica, count in counts.items()
        }
        return [
            replica
            for replica, (count, since) in self._seen.items()
            if count < 0 or now - since >= self.silence_seconds
        ]
