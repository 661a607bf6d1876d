"""Signing in, so that something can be done in a person's own name: what is kept meanwhile, and what is typed or told."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.turns import Conversation, Turn

KEPT_FOR = timedelta(hours=1)
"""So long after it was asked for, an act still goes on by itself; later a sign-in must not bring about what was forgotten."""

MOST_ROUNDS = 2
"""So often somebody is asked to sign in for one act; an Entra that still wants more is not to be satisfied this way."""

_CODE = re.compile(r"\s*(\d{3})[ -]?(\d{3})\s*")


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """What somebody wanted when it turned out that they have to sign in first.

    `rounds`: how often they have signed in for it already. `card` is the activity id of the sign-in card in `chat`, ""
    before it stands.
    """

    id: str
    person_id: str
    turn: Turn
    kept_at: datetime
    rounds: int = 0
    chat: Conversation | None = None
    card: str = ""

    def is_late(self, now: datetime) -> bool:
        """Too long ago to go on by itself."""
        return now >= self.kept_at + KEPT_FOR


def kept_id(turn: Turn) -> str:
    """The same for each time the same person wants the same."""
    wanted = json.dumps([turn.caller.id, turn.words, turn.value], sort_keys=True)
    return hashlib.sha256(wanted.encode()).hexdigest()[:32]


def slot_of(trigger: str) -> str:
    """Where it is kept that what waited for this sign-in has gone on."""
    return f"signed-in:{trigger}"


def code_in(words: str) -> str:
    """The six digits that a sign-in page told somebody to type, "" when these words are nothing but that."""
    found = _CODE.fullmatch(words)
    return found[1] + found[2] if found and words.isascii() else ""


def whose(token: str) -> str:
    """The object id that a token names, in lower case, "" when it names none. Whoever takes the token verifies it."""
    try:
        middle = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        return str(claims["oid"]).casefold()
    except (IndexError, KeyError, TypeError, ValueError, binascii.Error):
        return ""


def failure_in_words(code: str) -> tuple[str, str]:
    """Why Teams could not sign somebody in, and what to do.

    https://learn.microsoft.com/microsoftteams/platform/teams-sdk/teams/user-authentication/troubleshooting-sso
    """
    return _FAILURES.get(code, _FAILED)


_OPERATOR = "Whoever runs Usher finds how to set up sign-in in its guide to deployment."
_FAILED = ("Teams could not sign you in", "Use the Sign in button on the card, or try again in a while.")
_FAILURES = {
    "installappfailed": (
        "Usher could not be added for you",
        "Teams wanted to add the app Usher for you and could not. Add it yourself (Apps, Usher, Add), then try again.",
    ),
    "authrequestfailed": (
        "You were not signed in",
        "The sign-in was closed or refused before it was done. Nothing was changed. Try again when you like.",
    ),
    "installedappnotfound": (
        "Usher is not installed for you",
        "Add the app Usher in Teams (Apps, Usher, Add), then try again.",
    ),
    "invokeerror": ("Teams could not sign you in", "Something failed on the way. Try again in a while."),
    "resourcematchfailed": (
        "Sign-in is set up wrongly",
        "The app's manifest names another resource (Application ID URI) than the registration in Entra. " + _OPERATOR,
    ),
    "oauthcardnotvalid": ("Sign-in is set up wrongly", "Teams could not read the sign-in card. " + _OPERATOR),
    "tokenmissing": ("Teams brought no proof of who you are", "Sign in to Teams anew, then try again. " + _OPERATOR),
    "userconsentrequired": (
        "You have to agree first",
        "Use the Sign in button on the card: it asks whether Usher may act for you.",
    ),
    "interactionrequired": (
        "You have to sign in yourself",
        "Your organisation wants more than Teams can show silently. Use the Sign in button on the card.",
    ),
}
