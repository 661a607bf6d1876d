"""What becomes of a guest's account, in plain words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.belongings import Fate, FateKind
from bot.domain.wording import day


def in_words(fate: Fate | None, zone: ZoneInfo) -> str:
    """What Entra does with the account and when; for access without an end, that nothing happens by itself."""
    if fate is None:
        return "Access without an end is held, or none at all: nothing happens to the account by itself."
    ends = day(fate.ends_at, zone)
    last = f"The last access ended on {ends}." if fate.over else f"The last access ends on {ends}."
    match fate.kind:
        case FateKind.DELETED:
            blocks = "Entra blocked the account then" if fate.over else "Entra blocks the account on that day"
            gone = f" and deletes it on {day(fate.deleted_at, zone)}" if fate.deleted_at else ""
            return f"{last} {blocks}{gone}."
        case FateKind.BLOCKED:
            blocks = "Entra blocked the account then" if fate.over else "Entra blocks the account on that day"
            return f"{last} {blocks}; it is not deleted."
        case FateKind.LEFT:
            return f"{last} Entra governs the account, and this tenant's settings leave it as it is."
        case FateKind.UNKNOWN:
            return f"{last} Usher cannot see whether Entra then blocks or deletes the account."
        case FateKind.UNGOVERNED:
            return f"{last} Entra does not govern this account: it stays, and nothing happens to it by itself."
