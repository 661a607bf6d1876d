"""Remember answers for a short while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")
MOST = 1000


class Memory(Generic[Kept]):
    """Values that hold for `seconds` after they were kept; `ticks` is a monotonic clock."""

    def __init__(self, seconds: float, ticks: Callable[[], float]) -> None:
        self._seconds = seconds
        self._ticks = ticks
        self._kept: OrderedDict[str, tuple[float, Kept]] = OrderedDict()

    def get(self, key: str) -> Kept | None:
        """The value, None when there is none or it is too old."""
        found = self._kept.get(key)
        if found is None or found[0] + self._seconds <= self._ticks():
            return None
        return found[1]

    def keep(self, key: str, value: Kept) -> None:
        """`value` holds from now on; the oldest make room."""
        self._kept[key] = (self._ticks(), value)
        self._kept.move_to_end(key)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)

    def clear(self) -> None:
        """Nothing is remembered."""
        self._kept.clear()
