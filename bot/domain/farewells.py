"""When people are told that an account goes: before its last access ends, and once Entra has blocked it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.belongings import Fate, FateKind

FOREWARNING = timedelta(days=7)
"""So long before the end of the last access people are told; so long after it, that the account was blocked for good."""

ACTING = timedelta(days=1)
"""So long Usher watches whether Entra blocks an account whose last access has ended."""

_SOON = timedelta(minutes=1)
_LATER = timedelta(minutes=10)


class Stage(StrEnum):
    """What is told. Values are stored: never rename one."""

    SOON = "soon"
    BLOCKED = "blocked"


def due(fate: Fate | None, now: datetime, *, enabled: bool) -> tuple[Stage | None, datetime | None]:
    """What people are to be told now, and when to look at the account again (None: when something new is seen of it)."""
    if fate is None:
        return None, None
    if not fate.over:
        first = fate.ends_at - _lead(fate)
        return (None, first) if now < first else (Stage.SOON, fate.ends_at + _SOON)
    if fate.kind not in (FateKind.DELETED, FateKind.BLOCKED):
        return None, None
    if enabled:
        return None, now + _LATER if now - fate.ends_at < ACTING else None
    is_news = now < fate.deleted_at if fate.deleted_at else now - fate.ends_at < FOREWARNING
    return (Stage.BLOCKED if is_news else None), None


def _lead(fate: Fate) -> timedelta:
    """A quarter of a short access: nobody is warned of the end right after it was given."""
    return min(FOREWARNING, (fate.ends_at - fate.since) / 4) if fate.since else FOREWARNING


def tells_guest(fate: Fate) -> bool:
    """Whether anything happens to the account that its owner has to know."""
    return fate.kind in (FateKind.DELETED, FateKind.BLOCKED)
