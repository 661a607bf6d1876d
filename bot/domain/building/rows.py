"""One setting as people read it beside the data it stands for, so that wording and comparison never part ways."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A setting: `text` in plain words, `value` the data behind them. Rows with the same `place` are one setting."""

    section: str
    label: str
    text: str
    value: Hashable = None

    @property
    def place(self) -> tuple[str, str]:
        """Which setting this is."""
        return self.section, self.label


BASICS = "Basics"
ROLES = "Resource roles"
REQUESTS = "Requests"
INFORMATION = "Requestor information"
LIFECYCLE = "Lifecycle"
SEPARATION = "Separation of duties"


def listed(texts: list[str], *, last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {last} ".join(filter(None, [", ".join(texts[:-1]), texts[-1]])) if texts else ""
