"""Find the file in what somebody pasted behind a command."""

from __future__ import annotations

import re

#: A line that opens a fence: only a language may stand beside it, or, where a client joined lines, the file's first line.
_OPENS = re.compile(
    r"(?m)^[^\S\n]*(?P<fence>`{3,}|~{3,})[^\S\n]*(?:ya?ml\b|[\w.+-]*(?=[^\S\n]*$))?[^\S\n]*\n?", re.IGNORECASE
)
_INLINE = re.compile(r"\s*`(?P<text>[^`]*)`\s*")
#: What begins a file, so that a fence behind it belongs to a text in it.
_FIELD = re.compile(r"(?m)^[^\S\n]*[\w-]+:(?:\s|$)")
#: Zero-width characters that clients put around code.
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
#: Chat clients indent with these, which YAML takes for letters.
_HARD_SPACES = re.compile(r"^[ \xa0\u2007\u202f]+", re.MULTILINE)


def pasted(words: str) -> str:
    """The text itself: out of its code fences, with plain spaces before its lines and plain line ends."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    text = _unfenced(plain.strip(_UNSEEN))
    return _HARD_SPACES.sub(lambda found: " " * len(found[0]), text)


def _unfenced(text: str) -> str:
    """What stands between the first fence and the one that closes it, or the end; words around them are no part of it.

    Lines are counted from the first one between the fences, blank or not.
    """
    if inline := _INLINE.fullmatch(text):
        return inline["text"].strip("\n")
    opening = _OPENS.search(text)
    if opening is None:
        return text.strip("\n")
    field = _FIELD.search(text)
    if field and field.start() < opening.start():
        return _ended(text).strip("\n")
    rest = text[opening.end() :]
    closing = re.search(rf"(?m)^[^\S\n]*{opening['fence']}[^\S\n]*$|{opening['fence']}\s*\Z", rest)
    return (rest[: closing.start()] if closing else rest).rstrip("\n")


def _ended(text: str) -> str:
    """Without a closing fence whose opening one stood before the command."""
    lone = re.search(r"\n[^\S\n]*(`{3,}|~{3,})\s*\Z", text)
    return text[: lone.start()] if lone and text.count(lone[1]) == 1 else text
