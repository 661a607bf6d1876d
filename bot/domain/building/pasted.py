"""Find the file in what somebody pasted behind a command."""

from __future__ import annotations

import re

_FENCED = re.compile(r"\s*(?P<fence>```|~~~)[ \t]*[\w.+-]*[ \t]*\n(?P<text>.*?)\n?[ \t]*(?P=fence)\s*", re.DOTALL)
_INLINE = re.compile(r"\s*`(?P<text>[^`]*)`\s*")
#: Chat clients indent with these, which YAML takes for letters.
_HARD_SPACES = re.compile(r"^[ \xa0\u2007\u202f]+", re.MULTILINE)


def pasted(words: str) -> str:
    """The text itself: out of its code fences, with plain spaces before its lines and plain line ends."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    fenced = _FENCED.fullmatch(plain) or _INLINE.fullmatch(plain)
    text = fenced["text"] if fenced else plain
    return _HARD_SPACES.sub(lambda found: " " * len(found[0]), text).strip("\n")
