"""What commands about the end of access come to."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.end_changes import EndChange


@dataclass(frozen=True, slots=True)
class Extending:
    """The card of one change of an end, kept up to date until it is over. Times are shown in `time_zone` (IANA name)."""

    change: EndChange
    time_zone: str = "UTC"
