"""Read and write the times entitlement management speaks: UTC timestamps, ISO 8601 durations, schedules."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox import duration
from sandbox.clock import stamp

YEARS = range(1900, 3001)
LONGEST = timedelta(days=36_500)


def parse_duration(text: object) -> timedelta:
    """The length of an ISO 8601 duration such as ``P14D``; ValueError for anything else, ``str(timedelta)`` included."""
    if not isinstance(text, str):
        raise ValueError(f"{text!r} is not an ISO 8601 duration")
    try:
        length = duration.parse(text)
    except OverflowError as error:
        raise ValueError(f"{text!r} is too long") from error
    if length > LONGEST:
        raise ValueError(f"{text!r} is too long")
    return length


def parse_time(text: object) -> datetime:
    """The aware UTC time of an ISO 8601 timestamp; ValueError when it has no zone or is no timestamp."""
    if not isinstance(text, str) or "T" not in text:
        raise ValueError(f"{text!r} is not a timestamp")
    fraction = re.sub(r"\.(\d{1,6})\d*", lambda m: "." + m.group(1).ljust(6, "0"), text)
    when = datetime.fromisoformat(fraction)
    if when.tzinfo is None or when.year not in YEARS:
        raise ValueError(f"{text!r} has no time zone, or is out of all time")
    return when.astimezone(UTC)


def end_of(expiration: dict[str, Any] | None, start: datetime) -> datetime | None:
    """When an expiration pattern ends access that began at ``start``; None when it never does."""
    kind = (expiration or {}).get("type")
    if expiration and kind == "afterDateTime":
        return parse_time(expiration.get("endDateTime"))
    if expiration and kind == "afterDuration":
        return start + parse_duration(expiration.get("duration"))
    return None


def schedule_between(start: datetime, end: datetime | None) -> dict[str, Any]:
    """The schedule an assignment shows: from ``start`` (UTC) to ``end``, or without an end."""
    kind = "noExpiration" if end is None else "afterDateTime"
    expiration = {"endDateTime": end and stamp(end), "duration": None, "type": kind}
    return {"startDateTime": stamp(start), "recurrence": None, "expiration": expiration}


UNSPECIFIED: dict[str, Any] = {
    "startDateTime": None,
    "recurrence": None,
    "expiration": {"endDateTime": None, "duration": None, "type": "notSpecified"},
}
