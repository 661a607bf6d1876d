"""What asking for the record comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.outcomes.parts import Press, Tone


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
