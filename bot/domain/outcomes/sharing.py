"""What sharing an access package comes to: the form, what was sent to whom, and the card people get."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.delivery import Delivery
from bot.domain.outcomes.parts import Choice


@dataclass(frozen=True, slots=True)
class ShareForm:
    """Whom to share with. `to` and `note` as typed; `problems`: "to" or "note" -> plain words.

    `unclear`: a name among `to` that may mean any of `choices` (values are addresses).
    """

    package_id: str
    package_name: str
    to: str = ""
    note: str = ""
    problems: dict[str, str] = field(default_factory=dict)
    unclear: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody the link goes to, and what became of it. `person_id` "" for people outside the directory."""

    address: str
    name: str = ""
    person_id: str = ""
    mail: Delivery = Delivery.SENDING
    mail_detail: str = ""
    chat: Delivery = Delivery.SENDING
    chat_detail: str = ""


@dataclass(frozen=True, slots=True)
class Sharing:
    """The link of a package is being sent, or was. `key` names this occasion, once for one press."""

    key: str
    package_id: str
    package_name: str
    link: str
    recipients: tuple[Recipient, ...]
    note: str = ""
    sender_id: str = ""
    sender_name: str = ""


@dataclass(frozen=True, slots=True)
class PackageShared:
    """What the recipient is shown, in their language (BCP 47 tag)."""

    package_name: str
    link: str
    organisation: str
    sender: str
    name: str = ""
    message: str = ""
    language: str = "en"
