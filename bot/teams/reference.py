"""Keep what is needed to write to a conversation later, as text that only this room reads."""

from dataclasses import asdict, dataclass, replace
from typing import Any

import orjson

from bot.domain.turns import Conversation, Place
from bot.errors import Unreachable


@dataclass(frozen=True, slots=True)
class Reference:
    """A conversation's address. `user_*` name the person of a 1:1 chat, or whoever spoke in a shared one.

    `bot_id` is a Teams id (28:…), `user_id` one too (29:…) or "", `person_id` an object id or "".
    """

    service_url: str
    conversation_id: str
    place: Place
    bot_id: str
    bot_name: str = ""
    user_id: str = ""
    user_name: str = ""
    person_id: str = ""
    locale: str = ""

    def to_conversation(self) -> Conversation:
        """The form the rest of Usher passes around."""
        text = orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS).decode()
        return Conversation(self.conversation_id, self.place, text)

    def moved(self, conversation_id: str) -> "Reference":
        """The same person under a new 1:1 chat."""
        return replace(self, conversation_id=conversation_id, place=Place.PERSONAL)


def read_reference(conversation: Conversation) -> Reference:
    """Return the address inside. Raises Unreachable for text this room did not write."""
    try:
        stored: dict[str, Any] = orjson.loads(conversation.reference)
        return Reference(**{**stored, "place": Place(stored["place"])})
    except (orjson.JSONDecodeError, TypeError, KeyError, ValueError) as error:
        raise Unreachable("the stored conversation cannot be read", code="BadReference") from error
