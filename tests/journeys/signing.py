"""Signing in as Teams clients and people in a browser do, on the stage of a journey."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from tests.journeys.stage import PEOPLE, Stage, http, until

OAUTH = "application/vnd.microsoft.card.oauth"
CONNECTION = "usher-sign-in"
GIVEN = {"withoutConsent": False, "withoutSignInConsent": False, "interactionRequired": False}


@dataclass
class Question:
    """A sign-in card that stands in somebody's chat."""

    card: str
    content: dict[str, Any]

    @property
    def exchange_id(self) -> str:
        return self.content["tokenExchangeResource"]["id"]

    @property
    def link(self) -> str:
        (button,) = self.content["buttons"]
        return button["value"]


class Client:
    """A person's Teams client."""

    def __init__(self, stage: Stage, who: str) -> None:
        self.stage, self.who = stage, who
        self._earlier = set(stage.cards(who))

    def questions(self) -> list[Question]:
        """Every sign-in card that stands in the 1:1 chat and came since this client looks, the newest last."""
        chat = self.stage.teams.chats.get(f"a:1{self.who}", {})
        found = [(card, one["attachments"][0]) for card, one in list(chat.items()) if one.get("attachments")]
        return [
            Question(card, one["content"])
            for card, one in found
            if one["contentType"] == OAUTH and card not in self._earlier
        ]

    def asked(self) -> Question:
        """The newest sign-in card, waited for."""
        until(self.questions, what=f"{self.who} is asked to sign in")
        return self.questions()[-1]

    def invoke(self, name: str, value: Any, **changes: Any) -> tuple[int, Any]:
        return self.stage.post(self.stage.activity(self.who, type="invoke", name=name, value=value, **changes))

    def exchange(self, question: Question, *, as_who: str = "", **changes: Any) -> tuple[int, Any]:
        """What a client does by itself when it sees the card."""
        value = {"id": question.exchange_id, "connectionName": CONNECTION, "token": self.token(as_who or self.who)}
        return self.invoke("signin/tokenExchange", {**value, **changes})

    def token(self, who: str) -> str:
        """What Entra gives this person's Teams client for Usher."""
        return str(self.stage.control("token", {"user": PEOPLE[who][0]})["assertion"])

    def code(self, question: Question, *, as_who: str = "") -> str:
        """The code that the sign-in page shows after somebody picked their account; "" when it shows none."""
        page = self.page(question, as_who=as_who)
        found = re.search(r'id="code">(\d{6})<', page)
        return found[1] if found else ""

    def page(self, question: Question, *, as_who: str = "") -> str:
        form = urllib.parse.urlencode({"user": PEOPLE[as_who or self.who][0]}).encode()
        try:
            with urllib.request.urlopen(question.link, form, timeout=30) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def sign_out(self) -> None:
        """Also where nobody is signed in."""
        before = set(self.stage.cards(self.who))
        self.stage.say(self.who, "sign out")

        def said() -> bool:
            fresh = [str(one) for name, one in self.stage.cards(self.who).items() if name not in before]
            return any("You are signed out" in one or "You were not signed in" in one for one in fresh)

        until(said, what=f"{self.who} is signed out")


def exchanges(stage: Stage) -> int:
    """How often the token service was asked to exchange a token."""
    return [one["call"] for one in http("GET", f"{stage.tenant_url}/_control/signins")[1]["calls"]].count("exchange")


def signed_in(stage: Stage) -> dict[str, str]:
    """Teams id -> object id of everybody who is signed in."""
    held = http("GET", f"{stage.tenant_url}/_control/signins")[1]["signedIn"]
    return {one["user"]: one["oid"] for one in held}


def begins(stage: Stage, who: str = "adele", words: str = "sign in") -> set[str]:
    """Somebody wants what needs their own name; the cards that stood before."""
    before = set(stage.cards(who))
    stage.say(who, words)
    return before
