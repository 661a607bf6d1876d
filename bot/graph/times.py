"""Read and write time as Graph spells it: UTC timestamps and ISO 8601 durations."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?", re.ASCII)
DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?",
    re.ASCII,
)
DAYS = (365, 30, 7, 1)
NEVER = "0001-01-01"


def moment(text: object) -> datetime | None:
    """The aware UTC instant of a Graph timestamp (0 to 7 fraction digits), None for null, "never" or nonsense."""
    found = TIMESTAMP.fullmatch(text) if isinstance(text, str) else None
    if found is None or found[1].startswith(NEVER):
        return None
    zone = "+00:00" if found[3] in (None, "Z") else found[3]
    try:
        whole = datetime.fromisoformat(found[1] + zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return whole.replace(microsecond=int((found[2] or "0")[:6].ljust(6, "0")))


def timestamp(at: datetime) -> str:
    """`at` (aware) as Graph writes it, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def exact_timestamp(at: datetime) -> str:
    """`at` (aware) as Graph writes it, with the fraction of a second it has."""
    whole = timestamp(at)
    return f"{whole[:-1]}.{at.microsecond:06}Z" if at.microsecond else whole


def duration(text: object) -> timedelta | None:
    """The length of an ISO 8601 duration, a month as 30 and a year as 365 days; None for null or nonsense."""
    found = DURATION.fullmatch(text) if isinstance(text, str) and text not in ("P", "PT") else None
    if found is None or text == "" or str(text).endswith("T"):
        return None
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total = sum(count * size for count, size in zip((years, months, weeks, days), DAYS, strict=True))
    try:
        return timedelta(days=total, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None


def iso_duration(length: timedelta) -> str:
    """`length` as Graph takes it: whole days `P30D`, whole hours `PT8H`; never what `str(timedelta)` says."""
    seconds = int(length.total_seconds())
    for size, form in ((86400, "P{}D"), (3600, "PT{}H"), (60, "PT{}M")):
        if seconds and seconds % size == 0:
            return form.format(seconds // size)
    return f"PT{seconds}S"
