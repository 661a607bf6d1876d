"""Mail texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.extension_asks import ExtensionAsk
from bot.domain.outcomes import (
    AccessEnds,
    AccountGoes,
    ApprovalShown,
    Digest,
    GuestAccess,
    KeepAccess,
    PackageShared,
    RequestDecided,
    Said,
)


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

    def extension_asked(self, question: ExtensionAsk, reader: str) -> Letter:
        """A guest asks to keep an access: to somebody who decides, with how to answer. In English, as members' cards."""

    def keep_access(self, access: KeepAccess) -> Letter:
        """What was decided, to the guest who asked."""

    def access_ends(self, ends: AccessEnds) -> Letter:
        """That access ends soon, or has ended: when, what that means, and how to go on."""

    def digest(self, digest: Digest) -> Letter:
        """The digest of somebody who answers for guests and whom no card reaches."""

    def approval(self, shown: ApprovalShown, organisation: str, *, language: str) -> Letter:
        """To an approver: who asks for what and why, until when, and the way to My Access."""

    def decision(self, told: RequestDecided) -> Letter:
        """To the requestor, in their language: what became of the request, by whom and why."""

    def account_goes(self, account: AccountGoes) -> Letter:
        """The account goes with the last access, or was blocked: to the guest."""

    def told(self, said: Said, reader: str) -> Letter:
        """What a card says, to a member whom Teams does not reach. In English, as members' cards."""
