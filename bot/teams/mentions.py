"""Take the mention of the bot, and nothing else, out of what a person wrote."""

from collections.abc import Iterable, Mapping
from typing import Any


def without_mention(text: str | None, entities: Iterable[Mapping[str, Any]] | None, bot_id: str) -> str:
    """Return the words meant for the bot.

    Only the exact text of a mention entity whose `mentioned.id` is the bot's goes, so that the bot's name
    inside an address stays. Teams puts a no-break space after a mention; it becomes a plain one.
    """
    words = text or ""
    for entity in entities or ():
        mentioned, marked = entity.get("mentioned"), entity.get("text")
        if entity.get("type") != "mention" or not isinstance(mentioned, Mapping):
            continue
        if mentioned.get("id") == bot_id and isinstance(marked, str) and marked:
            words = words.replace(marked, " ") if _is_tag(marked) else words.replace(marked, " ", 1)
    return words.replace("\xa0", " ").strip()


def _is_tag(marked: str) -> bool:
    """An `<at>…</at>` can stand for nothing but a mention; a bare name may turn up again in an address."""
    return marked.startswith("<at") and marked.endswith("</at>")
