"""Times as people read them: in their zone, dates spelled out, near ones relative."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Say = Callable[[str], str]
"""Gives an English phrase in the reader's language; `{fields}` stay as they are."""


def english(phrase: str) -> str:
    """The phrase itself: the translator of everything that admins read."""
    return phrase


def zone(name: str) -> ZoneInfo:
    """The IANA zone of this name; UTC for a name nobody knows, since Teams clients send what they like."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def day(at: datetime, time_zone: str = "UTC", say: Say = english) -> str:
    """The calendar day, "7 December 2026". `at` is aware."""
    local = at.astimezone(zone(time_zone))
    phrase = say("{day} {month} {year}")
    return phrase.format(day=local.day, month=_months(say)[local.month - 1], year=local.year)


def moment(at: datetime, time_zone: str = "UTC", say: Say = english) -> str:
    """Day and time, "7 December 2026 at 09:05"; says "UTC" where the reader's own zone is not known."""
    local = at.astimezone(zone(time_zone))
    suffix = " UTC" if local.tzname() == "UTC" else ""
    phrase = say("{date} at {time}")
    return phrase.format(date=day(at, time_zone, say), time=f"{local:%H:%M}") + suffix


def stamped(at: datetime, time_zone: str = "UTC") -> str:
    """Day, time to the second and offset, "7 December 2026 at 09:05:30 (UTC+01:00)", so that nobody has to guess."""
    offset = f"{at.astimezone(zone(time_zone)):%z}"
    local = "UTC" if offset == "+0000" else f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{day(at, time_zone)} at {at.astimezone(zone(time_zone)):%H:%M:%S} ({local})"


def relative(at: datetime, now: datetime, time_zone: str = "UTC", say: Say = english) -> str:
    """Whole calendar days from `now`: "in 14 days", "tomorrow", "today", "yesterday", "3 days ago"."""
    there = zone(time_zone)
    days = (at.astimezone(there).date() - now.astimezone(there).date()).days
    near = {-1: say("yesterday"), 0: say("today"), 1: say("tomorrow")}
    if days in near:
        return near[days]
    return say("in {days} days" if days > 0 else "{days} days ago").format(days=abs(days))


def ago(at: datetime, now: datetime) -> str:
    """How long before `now`: "12 minutes ago", "3 hours ago", "just now" within a minute and a half."""
    minutes = round((now - at).total_seconds() / 60)
    if minutes <= 1:
        return "just now"
    return f"{minutes} minutes ago" if minutes < 100 else f"{round(minutes / 60)} hours ago"


def end(at: datetime, now: datetime, time_zone: str = "UTC") -> str:
    """An end of access: "7 December 2026 (in 14 days)"."""
    return f"{day(at, time_zone)} ({relative(at, now, time_zone)})"


def newest(times: list[datetime]) -> datetime | None:
    """The latest of some times, None of none."""
    return max((at.astimezone(UTC) for at in times), default=None)


def _months(say: Say) -> tuple[str, ...]:
    return (
        say("January"),
        say("February"),
        say("March"),
        say("April"),
        say("May"),
        say("June"),
        say("July"),
        say("August"),
        say("September"),
        say("October"),
        say("November"),
        say("December"),
    )
