"""What an operator is told before Usher works in a tenant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `how` says what to do about it when it is not `good`."""

    good: bool
    what: str
    how: str = ""
