"""What a guest's account still holds, and what becomes of it by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.access import Assignment
from bot.domain.people import AccountEnding


@dataclass(frozen=True, slots=True)
class Belongings:
    """Names of what an account is a member of or assigned to. None: Usher may not look.

    `governed`: Entra ends the account with the last access package. `seen_known`: Usher may see sign-ins, so that
    `last_seen` None means never.
    """

    groups: tuple[str, ...] | None = ()
    applications: tuple[str, ...] | None = ()
    roles: tuple[str, ...] | None = ()
    governed: bool | None = None
    last_seen: datetime | None = None
    seen_known: bool = False


class FateKind(StrEnum):
    """What becomes of an account when its last access has ended."""

    DELETED = "deleted"
    BLOCKED = "blocked"
    LEFT = "left"
    UNGOVERNED = "ungoverned"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fate:
    """`ends_at` is the end of the last access, `over` whether it is past, `since` when it began; `deleted_at`: when Entra
    deletes the account after that.
    """

    kind: FateKind
    ends_at: datetime
    over: bool
    since: datetime | None = None
    deleted_at: datetime | None = None


def fate(
    held: Sequence[Assignment], *, governed: bool | None, ending: AccountEnding, after: timedelta, now: datetime
) -> Fate | None:
    """What Entra does with the account and when; None while access is held that does not end, or none ever was.

    `governed` None: it cannot be seen.

    https://learn.microsoft.com/entra/id-governance/entitlement-management-external-users
    """
    live = [one for one in held if one.is_live and not (one.ends_at and one.ends_at <= now)]
    if any(one.ends_at is None for one in live):
        return None
    ends = {one.ends_at: one.starts_at for one in live if one.ends_at}
    if not ends:
        ends = {at: one.starts_at for one in held if (at := one.expired_at or one.ends_at) and at <= now}
    if not ends:
        return None
    last = max(ends)
    kind = FateKind.UNKNOWN if governed is None else _KINDS[ending] if governed else FateKind.UNGOVERNED
    return Fate(kind, last, not live, ends[last], last + after if kind is FateKind.DELETED else None)


_KINDS = {
    AccountEnding.DELETE: FateKind.DELETED,
    AccountEnding.BLOCK: FateKind.BLOCKED,
    AccountEnding.NOTHING: FateKind.LEFT,
}


def digest(held: Sequence[Assignment], belongings: Belongings, *, enabled: bool) -> str:
    """The same for as long as the account holds the same, so that a card can tell that it is out of date."""
    live = sorted((one.id, str(one.ends_at)) for one in held if one.is_live)
    shown = (live, belongings.groups, belongings.applications, belongings.roles, enabled)
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]
