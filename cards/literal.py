"""Make text from outside show as it was written: a card's TextBlock would read markdown in it."""

from __future__ import annotations

import re

#: Characters that begin markdown wherever they stand.
_ANYWHERE = re.compile(r"([\\`*\[\]~])")
#: An underscore inside a word means nothing to markdown; escaping it would hurt addresses on clients that show "\".
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
#: {{DATE(...)}} and {{TIME(...)}} are worked out by the client.
_FUNCTION = re.compile(r"\{(?=\{)|(?<=\{)\{")
_LINE_START = re.compile(r"^([-+#>=])")
_LINE_NUMBER = re.compile(r"^(\d+)([.)])")
_BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
#: Overrides and isolates of the writing direction can make an address read as another one; half a character is none.
_UNSEEN = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(words: str, limit: int = 0) -> str:
    """One line without control characters or changes of writing direction; cut to `limit` characters if given."""
    return clipped(" ".join(_visible(words).split()), limit)


def literal(words: str, limit: int = 0) -> str:
    """Markdown that shows `plain(words, limit)` exactly.

    https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
    """
    return _escaped(plain(words, limit))


def literal_paragraphs(words: str, limit: int = 0) -> str:
    """Markdown that shows text of several lines, each line as a paragraph; cut to `limit` characters if given."""
    return "\n\n".join(_escaped(line) for line in plain_lines(words, limit))


def plain_lines(words: str, limit: int = 0) -> list[str]:
    """The lines that hold something, each as `plain` leaves it; cut to `limit` characters in all if given."""
    lines = (plain(line) for line in words.splitlines())
    return clipped("\n".join(line for line in lines if line), limit).splitlines()


def clipped(words: str, limit: int) -> str:
    """`words`, ended by an ellipsis when longer than `limit` characters; 0 sets no limit."""
    if not limit or len(words) <= limit:
        return words
    return words[: limit - 1].rstrip() + "…"


def _visible(words: str) -> str:
    return _BREAK.sub(" ", _UNSEEN.sub("", words))


def _escaped(line: str) -> str:
    line = _ANYWHERE.sub(r"\\\1", line)
    line = _UNDERSCORE.sub(r"\\_", line)
    line = _TAG.sub(r"\\<", line)
    line = _ENTITY.sub(r"\\&", line)
    line = _FUNCTION.sub(r"\\{", line)
    line = _LINE_START.sub(r"\\\1", line)
    return _LINE_NUMBER.sub(r"\1\\\2", line)
