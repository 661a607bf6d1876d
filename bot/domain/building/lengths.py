"""Lengths of time as drafts carry them ("14", "12h") and as people read them ("14 days", "12 hours")."""

from __future__ import annotations

import re
from datetime import timedelta

_LENGTH = re.compile(r"(\d{1,9})\s*(d|days?|h|hours?|m|min|minutes?|s|seconds?)?", re.IGNORECASE | re.ASCII)
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def written(length: timedelta) -> str:
    """`length` in the largest unit that holds it exactly: "14" (days), "12h", "90m" or "30s". `read` takes it back."""
    seconds = int(length.total_seconds())
    for size, unit in ((86400, ""), (3600, "h"), (60, "m")):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def read(text: str) -> timedelta | None:
    """The length a draft gives, days unless it names a unit; None for anything else."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None:
        return None
    unit = _UNITS[(found[2] or "d")[0].lower()]
    try:
        return timedelta(**{unit: int(found[1])})
    except OverflowError:
        return None


def words(length: timedelta) -> str:
    """`14 days`, `1 hour`, `1 day and 12 hours`."""
    seconds = int(length.total_seconds())
    parts: list[str] = []
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        amount, seconds = divmod(seconds, size)
        if amount:
            parts.append(count(amount, unit))
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else "no time"


def count(amount: int, thing: str) -> str:
    """`1 day`, `14 days`."""
    return f"{amount} {thing}" if amount == 1 else f"{amount} {thing}s"
