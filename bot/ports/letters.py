"""Mail texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.outcomes import GuestAccess, PackageShared


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, ready to send, in HTML and in text."""

    subject: str
    text: str
    html: str


class Letters(Protocol):
    """Mail texts in the reader's language."""

    def invitation(self, access: GuestAccess) -> Letter:
        """The invitation, or a resent one: message, steps to redeem, request link, what to expect."""

    def sharing(self, shared: PackageShared) -> Letter:
        """The request link of a package, from somebody who shares it."""
