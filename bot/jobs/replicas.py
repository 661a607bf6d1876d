"""Notice replicas that fell silent, so that the others take over what they were doing."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
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
    Nobody waits for the silence of a process that said goodbye or is known to have ended on this machine.
    """

    silence_seconds: float
    monotonic: Callable[[], float]
    _seen: dict[str, tuple[int, float]] = field(default_factory=dict)

    def silent(self, counts: Mapping[str, int]) -> list[str]:
        """Replicas that run no more, as far as `counts` and this machine tell."""
        now = self.monotonic()
        self._seen = {
            replica: seen if (seen := self._seen.get(replica)) and seen[0] == count else (count, now)
            for replica, count in counts.items()
        }
        return [
            replica
            for replica, (count, since) in self._seen.items()
            if count < 0 or now - since >= self.silence_seconds or has_ended_here(replica)
        ]


def fresh_name() -> str:
    """A name no other process has or will have; it says where this one runs."""
    return f"{_place()}.{os.getpid()}.{uuid.uuid4().hex[:12]}"


def has_ended_here(name: str) -> bool:
    """Whether `name` is a process of this very machine and container that runs no more.

    A process that is restarted after a crash need not wait until its own former self counts as silent.
    """
    place, _, rest = name.partition(".")
    pid = rest.partition(".")[0]
    if not place or place != _place() or not pid.isdecimal():
        return False
    if int(pid) == os.getpid():
        return True  # Ours by now; our own name is never asked about.
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False


@cache
def _place() -> str:
    """This boot of this machine and, in a container, its space of process ids; "" where that cannot be told."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}-{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return ""
