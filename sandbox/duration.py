"""ISO 8601 durations, as Graph's policies and the sandbox's clock use them."""

import re
from datetime import timedelta

PATTERN = re.compile(
    r"^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$"
)


def parse(text: str) -> timedelta:
    """`P14D`, `PT8H`, `P1DT2H30M` …; a month counts 30 days and a year 365. ValueError for anything else."""
    match = PATTERN.match(text)
    if match is None:
        raise ValueError(f"not an ISO 8601 duration: {text!r}")
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in match.groups()[:6])
    return timedelta(
        days=years * 365 + months * 30 + weeks * 7 + days,
        hours=hours,
        minutes=minutes,
        seconds=float(match[7] or 0),
    )
