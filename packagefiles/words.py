"""The words of the format: the names of its fields, and the values that are ours and not the tenant's."""

from __future__ import annotations

from bot.domain.building.terms import Moment

VERSION = "1"
"""Of the format. A file of a later one is refused: it may say what this Usher would silently leave out."""

ROOT = ("usher", "time-zone", "packages")
PACKAGE = ("name", "id", "catalog", "description", "hidden", "resources", "policies", "incompatible")
RESOURCE = ("app", "group", "site", "role", "remove")
KINDS = ("app", "group", "site")
INCOMPATIBLE = ("packages", "groups")
POLICY = (
    "name",
    "rename-to",
    "remove",
    "description",
    "for",
    "targets",
    "requests",
    "approval",
    "justification",
    "questions",
    "ends",
    "timeline",
    "extend",
    "review",
    "extensions",
)
STAGE = (
    "approvers",
    "fallbacks",
    "alternates",
    "alternate-fallbacks",
    "alternates-after",
    "decide-within",
    "justification",
)
QUESTION = ("question", "kind", "required", "choices", "translations", "pattern", "editable")
CHOICE = ("text", "value", "translations")
REVIEW = ("every", "reviewers", "fallbacks", "lasts", "no-answer", "recommendations", "justification", "starts")
EXTENSION = ("at", "name")

MOMENTS = {
    "requested": Moment.REQUESTED.value,
    "approved": Moment.APPROVED.value,
    "granted": Moment.GRANTED.value,
    "removed": Moment.REMOVED.value,
    "14-days": Moment.FOURTEEN_DAYS.value,
    "1-day": Moment.ONE_DAY.value,
}
"""Word for `at:` -> when a custom extension is called."""

YES = frozenset("yes y true on".split())
NO = frozenset("no n false off".split())


def folded(key: str) -> str:
    """A field's name however it was written: "Alternates after" is "alternates-after"."""
    return "-".join(key.casefold().replace("_", " ").replace("-", " ").split())
