"""A sentence in which some things are named (`group:"Partner Readers"`), some are quoted, and the rest are bare words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.domain.text import clean, without_links, without_tags

MOST_CHARACTERS = 4000
# Any double quotation mark may open and any may close: phones and word processors mix them.
_OPEN, _CLOSE = '["“”„«»]', '["“”«»]'
_QUOTED = rf"{_OPEN}(?P<{{0}}>[^\"“”„«»]*){_CLOSE}"
_PART = re.compile(
    rf"(?<!\S)(?P<key>[A-Za-z][\w-]*):(?:[ \t]*{_QUOTED.format('quoted_value')}|(?P<value>[^\s\"“”„«»]+))"
    rf"|{_QUOTED.format('quoted')}"
    r"|[^\s\"“”„«»]+"
)


@dataclass(frozen=True, slots=True)
class Clauses:
    """`given`: name -> its first value. `quoted` and `bare` are what stood without a name, in order."""

    given: Mapping[str, str] = field(default_factory=dict)
    quoted: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The first quoted text, or else all bare words together."""
        return self.quoted[0] if self.quoted else " ".join(self.bare)


def read(words: str, names: Collection[str] = ()) -> Clauses:
    """The clauses of a sentence; a word with a colon names something only when it is one of `names` (lower case)."""
    given: dict[str, str] = {}
    quoted: list[str] = []
    bare: list[str] = []
    text = without_tags(without_links(clean(words)))[:MOST_CHARACTERS]
    for part in _PART.finditer(text):
        name = (part["key"] or "").casefold()
        value = part["quoted_value"] if part["quoted_value"] is not None else part["value"]
        if name in names and value is not None:
            given.setdefault(name, _tidy(value))
        elif part["quoted"] is not None:
            quoted.append(_tidy(part["quoted"]))
        else:
            bare += part.group().split()
    return Clauses(given, tuple(quoted), tuple(bare))


def _tidy(text: str) -> str:
    return " ".join(text.split())
