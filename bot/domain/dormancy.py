"""Which guests were forgotten: never redeemed, never signed in, silent for long. What is not known is never held against them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.people import Person, Redemption

USUAL_DAYS = 90
FEWEST_DAYS = 7
MOST_DAYS = 3650
KEPT_BLOCKED = timedelta(days=30)
"""How long an account that was blocked here stays before it may be deleted."""


class Seen(StrEnum):
    """What Entra tells of somebody's sign-ins. NEVER only where it says so in as many words."""

    AT = "at"
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SignIn:
    """`at`: the latest of any kind, attempts and refreshed tokens included, with AT only."""

    seen: Seen = Seen.UNKNOWN
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sleeper:
    """A guest, their sign-ins, and when the invitation's state last changed."""

    guest: Person
    sign_in: SignIn = SignIn()
    changed_at: datetime | None = None


class Dormancy(StrEnum):
    """The one group a guest counts under."""

    NEVER_REDEEMED = "never redeemed"
    NEVER_SIGNED_IN = "never signed in"
    SILENT = "silent"
    UNKNOWN = "unknown"
    RESTING = "resting"
    BLOCKED = "blocked"
    ACTIVE = "active"


STALE = (Dormancy.NEVER_REDEEMED, Dormancy.NEVER_SIGNED_IN, Dormancy.SILENT)
"""The groups that may be acted on."""


def judge(sleeper: Sleeper, *, days: int, now: datetime, resting: Collection[str] = ()) -> Dormancy:
    """`resting`: ids of those who were let in again a short while ago.

    Nobody is stale whose account, invitation or sign-in is younger than `days`, or whose age or sign-in is not known.
    Whoever never redeemed cannot have signed in, so that for them the invitation's age alone decides; a guest whom nobody
    invited has no state (https://learn.microsoft.com/graph/api/resources/user: externalUserState) and may sign in.
    """
    guest, before = sleeper.guest, now - timedelta(days=days)
    if not guest.enabled:
        return Dormancy.BLOCKED
    if sleeper.sign_in.at is not None and sleeper.sign_in.at > before:
        return Dormancy.ACTIVE
    if guest.id in resting:
        return Dormancy.RESTING
    ages = [at for at in (guest.created_at, guest.redeemed_at, sleeper.changed_at) if at]
    if guest.created_at is None:
        return Dormancy.UNKNOWN
    if max(ages) > before:
        return Dormancy.ACTIVE
    if guest.redemption is Redemption.PENDING and sleeper.sign_in.seen is not Seen.AT:
        return Dormancy.NEVER_REDEEMED
    match sleeper.sign_in.seen:
        case Seen.AT if sleeper.sign_in.at is not None:
            return Dormancy.SILENT
        case Seen.NEVER:
            return Dormancy.NEVER_SIGNED_IN
        case _:
            return Dormancy.UNKNOWN


def since(sleeper: Sleeper) -> datetime | None:
    """The last that is known of them: the sign-in, or how old account and invitation are."""
    guest = sleeper.guest
    return max((at for at in (sleeper.sign_in.at, guest.redeemed_at, guest.created_at) if at), default=None)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A stale guest. `marks`: why to think twice, in words; whoever has one is left out unless chosen by name."""

    sleeper: Sleeper
    dormancy: Dormancy
    marks: tuple[str, ...] = ()

    @property
    def guest(self) -> Person:
        """Who."""
        return self.sleeper.guest


@dataclass(frozen=True, slots=True)
class Rules:
    """`cap`: how many guests one run may block or delete. `grace_days`: how long whoever was let in again is left alone."""

    cap: int = 20
    grace_days: int = 30


USUAL_RULES = Rules()
