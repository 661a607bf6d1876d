"""What a command came to, as data: the Teams room turns each into one card and its text twin.

Every text in here is plain: cards escape it. Names and messages may hold anything a stranger typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.access import ApplicationUser
from bot.domain.delivery import Receipt
from bot.domain.drafts import InviteDraft
from bot.domain.invites import Invite
from bot.domain.packages import AccessPackage
from bot.domain.people import Person


class Tone(StrEnum):
    """How a message is meant; shown as icon and word, never by colour alone."""

    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    WORKING = "working"


class Style(StrEnum):
    """How a button looks."""

    PLAIN = "default"
    PRIMARY = "positive"
    DANGER = "destructive"


@dataclass(frozen=True, slots=True)
class Press:
    """A button. `verb` and `data` come back as the turn's value when pressed; with `url` it opens that instead.

    `data` must hold only JSON text, numbers and booleans, and never anything the server must trust.
    """

    title: str
    verb: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Said:
    """A few plain words, with the next steps as buttons: answers, refusals, findings, confirmations."""

    title: str
    text: str = ""
    tone: Tone = Tone.INFO
    facts: tuple[tuple[str, str], ...] = ()
    points: tuple[str, ...] = ()
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a choice set."""

    title: str
    value: str


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
class Entry:
    """One thing that happened, or is expected (`at` None)."""

    at: datetime | None
    text: str
    tone: Tone = Tone.INFO


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that happened to one guest over all packages, oldest first, with the state of each package on top."""

    person: Person | None
    address: str
    states: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    time_zone: str = "UTC"
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact that stands between a guest and the application, or that is in order, and the way on."""

    text: str
    tone: Tone
    presses: tuple[Press, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What stands in a guest's way. `summary` is one sentence; problems come first in `findings`."""

    address: str
    summary: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PackageList:
    """The tenant's access packages with the request link of each (by package id)."""

    packages: tuple[AccessPackage, ...]
    links: dict[str, str]
    may_invite: bool = True


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
class Help:
    """What this person may do: (sentence to type, what it does) pairs, and what they may not and why."""

    name: str
    lines: tuple[tuple[str, str], ...]
    closed: tuple[tuple[str, str], ...] = ()
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class GuestPackage:
    """One package as its guest sees it. `stage` is the name of a Milestone, or "open" when nothing was asked yet."""

    name: str
    link: str
    stage: str
    ends_at: datetime | None = None
    needs_approval: bool = False
    failure: str = ""


@dataclass(frozen=True, slots=True)
class GuestAccess:
    """The guest's own card, in their language: where they stand, what to do next, and the links."""

    name: str
    organisation: str
    language: str
    redeemed: bool
    redeem_url: str
    apps_url: str
    packages: tuple[GuestPackage, ...]
    message: str = ""
    inviter: str = ""
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention in a team the guest shares with Usher: says only that a message waits, nothing personal."""

    teams_id: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class PasteText:
    """For the inviter, when nothing else reached the guest: link and words ready to paste."""

    address: str
    link: str
    text: str
    reasons: tuple[str, ...] = ()
    invite_id: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """More than one answer: each becomes a card of its own."""

    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Working:
    """Shown while a slower answer is on its way, then replaced by it."""

    text: str


Outcome = (
    Said
    | InviteForm
    | Live
    | Timeline
    | Diagnosis
    | PackageList
    | GuestList
    | ApplicationUsers
    | DeliveryLog
    | Help
    | GuestAccess
    | Mentioned
    | PasteText
    | Several
    | Working
)
