"""Time zones by the names that Teams clients send, which may be anything."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of this name; UTC for a name nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_known(name: str) -> bool:
    """Whether somebody is known to be in this zone; UTC stands for a zone that nobody told."""
    return zone_of(name).key != "UTC"
