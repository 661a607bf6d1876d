"""What guests are shown: their own access, and that a message waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class GuestPackage:
    """One package as its guest sees it. `stage` is the name of a Milestone, or "open" when nothing was asked yet."""

    name: str
    link: str
    stage: str
    ends_at: datetime | None = None
    needs_approval: bool = False
    failure: str = ""
    id: str = ""


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


class Followed(StrEnum):
    """What a card follows."""

    ACCESS = "access"
    INVITE = "invite"
    PACKAGE = "package"
    FILE = "file"
    DRAFT = "draft"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Moved:
    """In place of a card that follows something, once a newer card in the same chat does; in the reader's language."""

    followed: Followed
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention in a team the guest shares with Usher: says only that a message waits, nothing personal."""

    teams_id: str
    name: str
    language: str
