"""What reaches Usher from Teams, with nothing of Bot Framework in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from bot.domain.audit import Source


class Place(StrEnum):
    """Where something was said."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Conversation:
    """An address Usher can write to. `reference` is opaque to everyone but the messenger (JSON text)."""

    id: str
    place: Place
    reference: str


@dataclass(frozen=True, slots=True)
class Caller:
    """Who speaks: `id` is the object id in our own tenant (`from.aadObjectId`), never a name or an address."""

    id: str
    name: str = ""
    locale: str = "en-US"
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a message. `url` is where Teams keeps it for a while; whoever has it may read the file."""

    name: str
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing a person said or pressed.

    `key` is the same for every delivery of the same activity. `words` is the text without the mention of
    Usher. `value` is what a card sent (untrusted; {} when words were typed); its "verb" names the command.
    `card` is the activity id of the pressed card, "" for typed words; `message` that of the activity itself.
    """

    key: str
    caller: Caller
    conversation: Conversation
    words: str = ""
    value: dict[str, Any] = field(default_factory=dict)
    card: str = ""
    files: tuple[SentFile, ...] = ()
    message: str = ""

    @property
    def source(self) -> Source:
        """What the record names as the message an act came from."""
        return Source(self.message, self.conversation.id)

    def to_json(self) -> dict[str, Any]:
        """A JSON form that `from_json` takes back, for the durable job."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Turn:
        """The turn that `to_json` wrote."""
        talk = data["conversation"]
        return cls(
            key=data["key"],
            caller=Caller(**data["caller"]),
            conversation=Conversation(talk["id"], Place(talk["place"]), talk["reference"]),
            words=data["words"],
            value=data["value"],
            card=data["card"],
            files=tuple(SentFile(**one) for one in data.get("files", ())),
            message=data.get("message", ""),
        )
