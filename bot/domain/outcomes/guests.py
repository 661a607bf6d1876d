"""What commands about guests come to, for those who look after them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.access import ApplicationUser
from bot.domain.delivery import Receipt
from bot.domain.drafts import InviteDraft
from bot.domain.invites import Invite
from bot.domain.outcomes.parts import Choice, Entry, Finding, Press
from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class InviteForm:
    """The one prefilled form of `invite` and `assign`. `problems`: field name of the draft -> plain words.

    Submitting comes back with `verb` and the draft's fields by name. `notes` are shown above the fields.
    """

    draft: InviteDraft
    packages: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    problems: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    verb: str = "invite.submit"
    title: str = "Invite a guest"
    submit: str = "Invite"


@dataclass(frozen=True, slots=True)
class Live:
    """The live card of an invite, for admins. `now` is UTC; times are shown in `time_zone` (IANA name)."""

    invite: Invite
    link: str
    now: datetime
    time_zone: str = "UTC"
    receipts: tuple[Receipt, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that happened to one guest over all packages, oldest first, with the state of each package on top.

    `ahead`: what is so for now, and what comes next.
    """

    person: Person | None
    address: str
    states: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    time_zone: str = "UTC"
    presses: tuple[Press, ...] = ()
    ahead: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What stands in a guest's way. `summary` is one sentence; problems come first in `findings`."""

    address: str
    summary: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class GuestList:
    """Guests of the tenant in one state ("all", "pending", "accepted", "blocked", "deleted")."""

    guests: tuple[Person, ...]
    state: str
    counts: dict[str, int]
    total: int
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class ApplicationUsers:
    """Who is assigned to an application, how, and until when."""

    application: str
    users: tuple[ApplicationUser, ...]
    time_zone: str = "UTC"
    total: int = 0
    open_to_all: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryLog:
    """Every try to reach a guest, newest first."""

    address: str
    receipts: tuple[Receipt, ...]
    time_zone: str = "UTC"
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class PasteText:
    """For the inviter, when nothing else reached the guest: link and words ready to paste."""

    address: str
    link: str
    text: str
    reasons: tuple[str, ...] = ()
    invite_id: str = ""
