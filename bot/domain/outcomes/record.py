"""What asking for the record and for numbers comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.outcomes.parts import Press, Tone
from bot.domain.report import Report


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One entry as people read it. `message`: the id of the message it came from, "" when nobody asked."""

    at: datetime
    who: str
    act: str
    about: str
    result: str
    tone: Tone
    detail: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some entries of the record, newest first."""

    title: str
    rows: tuple[RecordRow, ...]
    note: str = ""
    time_zone: str = "UTC"
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportShown:
    """The tenant's numbers as of `read_at`, access as it was counted at `counted_at` where that was earlier.

    `limited`: packages of other catalogs are left out.
    """

    numbers: Report
    looked_back: int
    read_at: datetime
    time_zone: str = "UTC"
    limited: bool = False
    counted_at: datetime | None = None
