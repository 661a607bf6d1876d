"""A file that Teams was offered in a 1:1 chat: what it answered, and where the text then goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.commands.command import Ask, Value, text_of
from bot.domain.outcomes import FileSaved, Outcome, Said, Tone

_LONGEST_URL = 4000


@dataclass(frozen=True, slots=True)
class Answer:
    """`accepted`: whether the person wants the file. The rest says where Teams has it, "" where it did not say."""

    accepted: bool
    upload_url: str = ""
    content_url: str = ""
    unique_id: str = ""


def read(value: Value) -> Answer:
    """Teams' answer, which is as untrusted as any other card value.

    https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
    """
    sent = value.get("upload")
    upload: dict[str, Any] = sent if isinstance(sent, dict) else {}
    return Answer(
        value.get("accepted") is True,
        text_of(upload, "uploadUrl", most=_LONGEST_URL),
        text_of(upload, "contentUrl", most=_LONGEST_URL),
        text_of(upload, "uniqueId"),
    )


def nowhere(answer: Answer) -> Said | None:
    """What to say when the file was taken without a place for it."""
    if answer.upload_url:
        return None
    return Said("No file was saved", "Teams did not say where to put it. Ask for it once more.", Tone.WARNING)


async def save(answer: Answer, name: str, text: str, ask: Ask, *, act: str, target: str, kind: str) -> Outcome:
    """The text is in the file, which is on record as `act`. Raises FileTrouble and Transient."""
    async with ask.doing(act, target):
        await ask.deps.files.save(answer.upload_url, text)
    url = answer.content_url if answer.content_url.startswith("https://") else ""
    return FileSaved(name, url, answer.unique_id, kind=kind)
