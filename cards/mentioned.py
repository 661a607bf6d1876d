"""The line in a team that tells a guest a message waits; it says nothing personal, since others read it."""

from __future__ import annotations

from html import escape
from typing import Any

from bot.domain.outcomes import Mentioned
from cards.elements import finished, words
from cards.literal import plain
from cards.when import Say, english

_LONGEST_NAME = 80


def card(outcome: Mentioned, say: Say = english) -> dict[str, Any]:
    """The line as a card, without the mention, for places that cannot mention."""
    return finished([words(_waits(say).format(name=_name(outcome)))], _twin(outcome, say))


def text(outcome: Mentioned, say: Say = english) -> str:
    """The message text: XML-escaped, with the `<at>` element that `entities` refers to."""
    return escape(_waits(say), quote=False).format(name=_at(outcome))


def entities(outcome: Mentioned) -> list[dict[str, Any]]:
    """The mention for the activity's `entities`; Teams asks that its text stands in the message word for word.

    https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations
    """
    mentioned = {"id": outcome.teams_id, "name": _name(outcome)}
    return [{"type": "mention", "text": _at(outcome), "mentioned": mentioned}]


def _waits(say: Say) -> str:
    return say("{name}, a message from Usher waits for you. Open a chat with Usher and type “status”.")


def _twin(outcome: Mentioned, say: Say) -> str:
    return _waits(say).format(name=_name(outcome))


def _name(outcome: Mentioned) -> str:
    return plain(outcome.name, _LONGEST_NAME) or "Guest"


def _at(outcome: Mentioned) -> str:
    return f"<at>{escape(_name(outcome), quote=False)}</at>"
