"""Write the mails, HTML and text, in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

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
from bot.ports import Letter
from letters import account as accounts
from letters import deciding, ending, keeping, sharing
from letters.invitation import Content, content
from letters.words import FALLBACK, Words, words

_TEMPLATES = Path(__file__).parent / "templates"


class Post:
    """`bot.ports.Letters`: templates and catalogs are read once."""

    def __init__(self) -> None:
        self._html = _environment().get_template("invitation.html")
        self._text = _environment().get_template("invitation.txt")

    def invitation(self, access: GuestAccess) -> Letter:
        """The invitation, or a resent one. Languages without a catalog are answered in English.

        The subject is one line of at most 150 characters, whatever the names in it hold.
        """
        spoken = words(access.language)
        return self._letter(content(access, spoken), spoken)

    def sharing(self, shared: PackageShared) -> Letter:
        """The request link of a package, from somebody who shares it. Subject as in `invitation`."""
        spoken = words(shared.language)
        return self._letter(sharing.content(shared, spoken), spoken)

    def extension_asked(self, question: ExtensionAsk, reader: str) -> Letter:
        """A guest asks to keep an access: to somebody who decides. Subject as in `invitation`."""
        spoken = words(FALLBACK)
        return self._letter(keeping.asked(question, reader, spoken), spoken)

    def keep_access(self, access: KeepAccess) -> Letter:
        """What was decided, to the guest who asked. Subject as in `invitation`."""
        spoken = words(access.language)
        return self._letter(keeping.decided(access, spoken), spoken)

    def access_ends(self, ends: AccessEnds) -> Letter:
        """Access ends soon, or has ended. Subject as in `invitation`."""
        spoken = words(ends.language)
        return self._letter(ending.access_ends(ends, spoken), spoken)

    def digest(self, digest: Digest) -> Letter:
        """The digest, for whom no card reaches."""
        spoken = words(digest.language)
        return self._letter(ending.digest(digest, spoken), spoken)

    def approval(self, shown: ApprovalShown, organisation: str, *, language: str) -> Letter:
        """To an approver who cannot be reached in Teams, or a reminder. Subject as in `invitation`."""
        spoken = words(language)
        return self._letter(deciding.asking(shown, organisation, spoken), spoken)

    def decision(self, told: RequestDecided) -> Letter:
        """To the requestor: what became of the request. Subject as in `invitation`."""
        spoken = words(told.language)
        return self._letter(deciding.telling(told, spoken), spoken)

    def account_goes(self, account: AccountGoes) -> Letter:
        """The account goes with the last access, or was blocked: to the guest. Subject as in `invitation`."""
        spoken = words(account.language)
        return self._letter(accounts.goes(account, spoken), spoken)

    def told(self, said: Said, reader: str) -> Letter:
        """What a card says, to a member whom Teams does not reach. Subject as in `invitation`."""
        return self._letter(accounts.told(said.title, said.text, said.points, reader), words(FALLBACK))

    def _letter(self, letter: Content, spoken: Words) -> Letter:
        html = self._html.render(letter=letter, tag=spoken.tag, say=lambda phrase: Markup.escape(spoken.say(phrase)))
        text = self._text.render(letter=letter, say=spoken.say)
        return Letter(letter.subject, re.sub(r"\n{3,}", "\n\n", text), html)


def _environment() -> Environment:
    """Whatever goes into a name that ends in .html is escaped; a name nobody gave is an error, not a gap."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
