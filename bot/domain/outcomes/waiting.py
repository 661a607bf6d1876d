"""What keeps something that is under way waiting, for cards that would otherwise only say that it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Holdup(StrEnum):
    """What keeps something that is under way waiting for long."""

    SILENT = "silent"
    SLOWED = "slowed"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something under way waits: since when, and until when Usher goes on by itself. `time_zone`: the reader's."""

    holdup: Holdup
    since: datetime
    until: datetime
    time_zone: str = "UTC"
