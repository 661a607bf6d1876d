"""The few errors the bot can explain: a class's docstring is what the person is told."""

from __future__ import annotations

import inspect
from enum import StrEnum


class UsherError(Exception):
    """Something went wrong that Usher has no better words for. Try again; if it stays, tell whoever runs Usher."""

    def __init__(self, detail: str = "", *, code: str = "") -> None:
        """`detail` is for the log and the operator; `code` is the other side's own error code, if it gave one."""
        super().__init__(detail)
        self.detail = detail
        self.code = code

    @property
    def explanation(self) -> str:
        """The sentence shown to a person."""
        return inspect.cleandoc(type(self).__doc__ or "")


class Transient(UsherError):
    """Microsoft 365 did not answer just now. Usher tries again by itself."""

    def __init__(self, detail: str = "", *, code: str = "", retry_after: float | None = None) -> None:
        """`retry_after`: seconds the other side asked us to wait, None when it did not say."""
        super().__init__(detail, code=code)
        self.retry_after = retry_after


class Throttled(Transient):
    """Microsoft 365 asks Usher to slow down. Usher waits and goes on by itself."""


class Ambiguous(Transient):
    """The connection broke while Usher was writing. Usher looks at what happened before it goes on."""


class NotFound(UsherError):
    """What you asked about is not there (any more)."""


class Forbidden(UsherError):
    """Usher's own application lacks a permission for this. `python app.py check` names it and how to grant it."""


class Conflict(UsherError):
    """Someone else changed this at the same moment. Look again, then repeat what you meant."""


class Rejected(UsherError):
    """Microsoft Entra refused this."""

    @property
    def explanation(self) -> str:
        """Entra's own words are the reason, so they are passed on."""
        return f"Microsoft Entra refused this: {self.detail}" if self.detail else "Microsoft Entra refused this."


class AlreadyThere(UsherError):
    """This exists already."""


class NotLicensed(UsherError):
    """This tenant has no licence for entitlement management (Microsoft Entra ID P2 or Entra ID Governance)."""


class NoMailbox(UsherError):
    """The mailbox Usher sends from does not exist or has no licence. Check USHER_MAIL_FROM."""


class SignInFailed(UsherError):
    """Usher could not sign in to Microsoft Entra with its own credentials. Whoever runs Usher must look at them."""


class Why(StrEnum):
    """What is missing before somebody can act in their own name."""

    SIGN_IN = "sign in"
    CONSENT = "consent"
    OTHER_ACCOUNT = "other account"
    OFF = "off"


class SignInNeeded(UsherError):
    """This is done in your own name, and for that you have to sign in first."""

    def __init__(self, why: Why = Why.SIGN_IN, detail: str = "", *, code: str = "") -> None:
        """`code`: Entra's own (AADSTS…) or OAuth's, if either said one."""
        super().__init__(detail, code=code)
        self.why = why

    @property
    def explanation(self) -> str:
        """What is missing, in plain words."""
        return _MISSING[self.why]


_MISSING = {
    Why.SIGN_IN: "This is done in your own name, and for that you have to sign in first.",
    Why.CONSENT: "This is done in your own name, and your organisation has not yet allowed Usher to act for you.",
    Why.OTHER_ACCOUNT: "You signed in with another account than the one you use in this chat.",
    Why.OFF: "This is done in your own name, and signing in to Usher is not set up in this organisation.",
}


class NotAsked(UsherError):
    """This does not wait for you: somebody else is asked, or it was withdrawn. Nothing was changed."""


class AlreadyDecided(UsherError):
    """Somebody was faster: this is decided already."""

    def __init__(self, detail: str = "", *, by: str = "", by_id: str = "", approved: bool | None = None) -> None:
        """`by`: the name of who decided, `by_id` their object id, both "" when nobody did in time.

        `approved` None: nobody knows how.
        """
        super().__init__(detail)
        self.by = by
        self.by_id = by_id
        self.approved = approved

    @property
    def explanation(self) -> str:
        """Who decided, and how."""
        how = {True: "approved", False: "denied", None: "decided"}[self.approved]
        return f"This was already {how} by {self.by}." if self.by else f"This was already {how}."


class Unreachable(UsherError):
    """This person cannot be written to in Teams."""

    def __init__(self, detail: str = "", *, code: str = "", status: int = 0) -> None:
        """`code` and `status` as the Bot Connector gave them, for example BotNotInConversationRoster and 403."""
        super().__init__(detail, code=code)
        self.status = status


class FileTrouble(UsherError):
    """This file could not be read or saved."""

    @property
    def explanation(self) -> str:
        """What is wrong with it, in plain words."""
        return self.detail or "This file could not be read or saved."


class Misconfigured(UsherError):
    """Usher is set up wrongly and does not start."""
