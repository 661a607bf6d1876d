"""What people are told of access that ends: the guest of their own, who answers for guests of all theirs in one digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.digests import NOBODY_WAITS, NeverAccepted, Noticed
from bot.domain.expiring import EndingWeek
from bot.domain.outcomes.accounts import AccountGoes


@dataclass(frozen=True, slots=True)
class AccessEnds:
    """A guest's access that ends soon or has ended, in their language (BCP 47 tag). Times are UTC.

    `opens`: names of what the package opens, where they could be read. `time_zone` is shown as the guest's own when `zone_known`. `contacts`: names of who answers for the guest. `seen`
    goes back with Extend, so that an old card does not move an end that was moved since. `account`: what becomes of the
    account, where this is the last access.
    """

    package_name: str
    package_id: str
    person_id: str
    address: str
    ends_at: datetime
    now: datetime
    organisation: str
    link: str
    name: str = ""
    contacts: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    language: str = "en"
    time_zone: str = "UTC"
    zone_known: bool = False
    account: AccountGoes | None = None

    @property
    def is_over(self) -> bool:
        """It has ended."""
        return self.now >= self.ends_at


@dataclass(frozen=True, slots=True)
class Digest:
    """One card about all access that ends soon among the guests somebody answers for, or in the whole tenant.

    `sponsored`: how many guests they answer for, `waiting`: who of them, or in the whole tenant (`everything`), never
    accepted the invitation.
    """

    lines: tuple[Noticed, ...]
    now: datetime
    organisation: str
    sponsored: int = 0
    waiting: NeverAccepted = NOBODY_WAITS
    weeks: tuple[EndingWeek, ...] = ()
    everything: bool = False
    name: str = ""
    language: str = "en"
    time_zone: str = "UTC"
