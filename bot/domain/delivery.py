"""How a message reaches a person: the ladder's rungs, and a receipt for every try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.turns import Conversation


class Rung(StrEnum):
    """The delivery ladder. The mail is the base; the others are tried as well as circumstances allow."""

    CARD = "card"
    MENTION = "mention"
    MAIL = "mail"
    INVITER = "inviter"


class Delivery(StrEnum):
    """What became of one try."""

    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One try to reach a guest. `key` is unique for what is sent: the same message is never begun twice.

    `occasion` says what was to be told: "invitation", later notices. `code` is the other side's code.
    """

    key: str
    invite_id: str
    address: str
    rung: Rung
    occasion: str
    state: Delivery
    at: datetime
    code: str = ""
    detail: str = ""


class Reach(StrEnum):
    """What is known about writing to a person in Teams."""

    OK = "ok"
    BLOCKED = "blocked"
    NOT_INSTALLED = "not_installed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Contact:
    """How to write to a person in Teams, as they last wrote or were met. `person_id` is the object id."""

    person_id: str
    teams_id: str
    conversation: Conversation | None
    reach: Reach = Reach.UNKNOWN
    code: str = ""
    name: str = ""
    locale: str = "en-US"
    time_zone: str = "UTC"
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card in a chat that shows an invite, a build or an applied file and is edited as things happen.

    `invite_id` is the id of any of these. `audience` is "admin" or "guest"; for a build "build", or "note" for a card that says
    in a few words how it stands; for a file "file". `digest` is of what it last showed, so that nothing is edited in vain.
    """

    invite_id: str
    conversation: Conversation
    activity_id: str
    audience: str
    digest: str = ""
