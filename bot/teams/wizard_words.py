"""What typed words mean while the wizard for access packages is open, as its buttons would say it."""

from __future__ import annotations

from typing import Any

from bot.domain.building import phrases
from bot.domain.building.pages import Page, page_named
from bot.teams.answers import means_back, means_cancel

_NEXT = frozenset("next continue ok okay go weiter".split())
_CREATE = frozenset(["create", "yes", "ok", "create it", "yes create", "yes, create"])


def value_of(words: str, build_id: str, page: Page) -> dict[str, Any] | None:
    """What a card would send for these words on this page; None when they are not for the wizard."""
    bare = " ".join(words.casefold().strip(" .!\"'").split())
    named = page_named(words)
    if means_cancel(words):
        return {"verb": "package.drop", "build": build_id}
    if means_back(words):
        return {"verb": "package.back", "build": build_id}
    if page is Page.REVIEW and bare in _CREATE:
        return {"verb": "package.create", "build": build_id}
    if bare in _NEXT:
        return {"verb": "package.next", "build": build_id}
    if named:
        return {"verb": "package.goto", "build": build_id, "goto": named.value}
    return {"verb": "package.typed", "build": build_id, "words": words} if says_settings(words) else None


def says_settings(words: str) -> bool:
    """Whether some part of the words is a setting: `key:value`, a name in quotes, or a word such as hidden or never."""
    found = phrases.tokens(words)
    keys = any(one.key and phrases.key_of(one.key)[0] for one in found)
    return keys or any(one.quoted for one in found) or (len(found) == 1 and bool(found[0].flag))
