"""What commands about the end of access come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.access import Assignment
from bot.domain.end_changes import EndChange
from bot.domain.expiring import EndingWeek
from bot.domain.extension_asks import ExtensionAsk
from bot.domain.outcomes.parts import Press


@dataclass(frozen=True, slots=True)
class Extending:
    """The card of one change of an end, kept up to date until it is over. Times are shown in `time_zone` (IANA name)."""

    change: EndChange
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Expiring:
    """Access that ends within `days`, the next to end first. `package` names the one package it is about, if one.

    `now` is UTC; times are shown in `time_zone` (IANA name). `presses` lead to other lists. `counted_at`: as of then,
    where it was not read anew; `more`: more ends in that time than is listed. `revokes`: whoever sees it may take access back.
    """

    ending: tuple[Assignment, ...]
    weeks: tuple[EndingWeek, ...]
    days: int
    now: datetime
    mine: bool = False
    package: str = ""
    time_zone: str = "UTC"
    presses: tuple[Press, ...] = ()
    counted_at: datetime | None = None
    more: bool = False
    revokes: bool = True


@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    """The card with a guest's question, kept up to date until somebody decided. Times are shown in `time_zone`."""

    ask: ExtensionAsk
    time_zone: str = "UTC"


class KeepWay(StrEnum):
    """How a guest can keep an access: ask somebody, do it themselves, or not at all; then what became of it."""

    OPEN = "open"
    OWN = "own"
    AT_MOST = "at most"
    ASKED = "asked"
    EXTENDED = "extended"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class KeepAccess:
    """A guest's own card about keeping one access, in their language, kept up to date once they have asked.

    `whom` are the names of those who decide, `by` the one who did; `link` is My Access, where they do it themselves; `presses`: or here, up to `new_end`.
    """

    way: KeepWay
    package_id: str
    package_name: str
    ends_at: datetime
    organisation: str
    name: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    whom: tuple[str, ...] = ()
    asked_at: datetime | None = None
    by: str = ""
    new_end: datetime | None = None
    link: str = ""
    ask_id: str = ""
    presses: bool = False
