"""What commands about who answers for guests come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.guest_runs import GuestRun
from bot.domain.outcomes.parts import Press
from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class RunShown:
    """The card of one act on many guests, kept up to date until it is over."""

    run: GuestRun
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class GuestsGiven:
    """Told to whoever answers for these guests from now on, with a way to give them back."""

    run: GuestRun


@dataclass(frozen=True, slots=True)
class SponsoredGuest:
    """One guest somebody answers for; `ends_at` the next end of their access, `package` of which package."""

    guest: Person
    ends_at: datetime | None = None
    package: str = ""


@dataclass(frozen=True, slots=True)
class SponsoredGuests:
    """The guests somebody answers for. `counts`: state -> how many of all, also of those that are not shown.

    `whose` is "" for the reader's own; `now` is UTC; times are shown in `time_zone` (IANA name).
    """

    guests: tuple[SponsoredGuest, ...]
    counts: dict[str, int]
    total: int
    now: datetime
    whose: str = ""
    time_zone: str = "UTC"
    presses: tuple[Press, ...] = ()
