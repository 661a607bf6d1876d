"""Words that stand for somebody in a policy without a name: manager, sponsors and the like."""

from __future__ import annotations

import re

from bot.domain.building.subjects import Subject, SubjectKind

SELF = "self"
"""In the reviewers of a draft: people answer for themselves."""

_WORDS = {
    "manager": SubjectKind.MANAGER,
    "sponsors": SubjectKind.INTERNAL_SPONSORS,
    "external-sponsors": SubjectKind.EXTERNAL_SPONSORS,
    "guest-sponsors": SubjectKind.GUEST_SPONSORS,
    "target-manager": SubjectKind.TARGET_MANAGER,
}
_LIKE = {
    "managers": "manager",
    "their manager": "manager",
    "requestor's manager": "manager",
    "sponsor": "sponsors",
    "internal sponsor": "sponsors",
    "internal sponsors": "sponsors",
    "external sponsor": "external-sponsors",
    "external sponsors": "external-sponsors",
    "guest sponsor": "guest-sponsors",
    "guest sponsors": "guest-sponsors",
    "guest's sponsors": "guest-sponsors",
    "target manager": "target-manager",
    "themselves": SELF,
    "self-review": SELF,
    "self review": SELF,
}
_LEVEL = re.compile(r"((?:target-)?manager)-(\d)", re.ASCII)
_MANAGERS = (SubjectKind.MANAGER, SubjectKind.TARGET_MANAGER)
MOST_LEVELS = 4


def standard(ref: str) -> str:
    """`ref` as the word it means ("their manager" is "manager"), or as it stands."""
    bare = " ".join(ref.casefold().replace("’", "'").split())
    bare = _LIKE.get(bare, _LIKE.get(bare.replace("-", " "), bare))
    return bare if bare == SELF or unnamed(bare) else ref.strip()


def unnamed(ref: str) -> Subject | None:
    """Whom a word of ours stands for ("manager", "manager-2", "sponsors"); None for a name, address or id."""
    if ref in _WORDS:
        return Subject(_WORDS[ref])
    level = _LEVEL.fullmatch(ref)
    if level is None or not 1 <= int(level[2]) <= MOST_LEVELS:
        return None
    return Subject(_WORDS[level[1]], level=int(level[2]))


def ref_of(subject: Subject, *, named: bool = False) -> str:
    """The reference that means this subject: our word for it, its id, or with `named` its name."""
    word = next((word for word, kind in _WORDS.items() if kind is subject.kind), "")
    if word:
        return f"{word}-{subject.level}" if subject.kind in _MANAGERS and subject.level > 1 else word
    return (named and subject.name) or subject.id or subject.name or subject.kind.value
