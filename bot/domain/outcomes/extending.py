"""What commands about the end of access come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.access import Assignment
from bot.domain.end_changes import EndChange
from bot.domain.expiring import EndingWeek
from bot.domain.outcomes.parts import Press


@dataclass(frozen=True, slots=True)
class Extending:
    """The card of one change of an end, kept up to date until it is over. Times are shown in `time_zone` (IANA name)."""

    change: EndChange
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Expiring:
    """Access that ends within `days`, the next to end first. `package` names the one package it is about, if one.

    `now` is UTC; times are shown in `time_zone` (IANA name). `presses` lead to other lists.
    """

    ending: tuple[Assignment, ...]
    weeks: tuple[EndingWeek, ...]
    days: int
    now: datetime
    mine: bool = False
    package: str = ""
    time_zone: str = "UTC"
    presses: tuple[Press, ...] = ()
