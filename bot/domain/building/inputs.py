"""Read what the fields of a form sent, whatever it is, and write lists so that the same comes back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from bot.domain.text import storable

Given = Mapping[str, Any]
"""Name of a field -> what was sent: untrusted, any JSON."""

LONGEST = 4000
"""Characters that are read of one field."""

MOST = 100
"""Names that are read of one list."""

_PIECE = re.compile(r'\s*(?:"([^"]*)"|“([^”]*)”|([^,;\n]+))\s*')
_ID = re.compile(r"[\w.+'-]+@[\w.-]+|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_WITH_ID = re.compile(r".*<([^<>]+)>\s*")
_QUOTES = re.compile(r'["“”]')
_TRANSLATION = re.compile(r"\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*[:=]\s*(\S.*)")


def text(given: Given, name: str) -> str | None:
    """What the field sent, None when it was not there or no text."""
    sent = given.get(name)
    return storable(sent)[:LONGEST].strip() if isinstance(sent, str) else None


def which(ref: str) -> str:
    """The name of the field that asks which of several things this reference means."""
    return f"which.{hashlib.sha256(ref.encode(errors='replace')).hexdigest()[:12]}"


def items(given: Given, name: str) -> tuple[str, ...] | None:
    """The names in a list, None when the field was not sent."""
    said = text(given, name)
    return None if said is None else listed(said)


def listed(said: str) -> tuple[str, ...]:
    """Names parted by commas, semicolons or lines; in quotes a name may hold them. "Ana <id>" is read as the id."""
    found: list[str] = []
    for piece in _PIECE.finditer(said):
        quoted = piece[1] or piece[2]
        name = (quoted if quoted is not None else _bare(piece[3] or "")).strip()
        if name:
            found.append(name)
    return tuple(dict.fromkeys(found))[:MOST]


def unlisted(names: tuple[str, ...], known: Mapping[str, str]) -> str:
    """The text that `listed` reads as these names; `known` has what is shown beside an id."""
    return ", ".join(_written(name, known.get(name, "")) for name in names)


def lines(given: Given, name: str) -> tuple[str, ...] | None:
    """The lines that hold something, None when the field was not sent."""
    said = text(given, name)
    if said is None:
        return None
    return tuple(dict.fromkeys(line.strip() for line in said.splitlines() if line.strip()))[:MOST]


def translations(given: Given, name: str) -> tuple[tuple[str, str], ...] | None:
    """Lines such as "de: Warum?" as (language, text), None when the field was not sent.

    A line that names no language comes back with "" for it, so that whoever checks can say what is wrong.
    """
    said = lines(given, name)
    if said is None:
        return None
    read = [(line, _TRANSLATION.fullmatch(line)) for line in said]
    return tuple((found[1], found[2].strip()) if found else ("", line) for line, found in read)


def _bare(piece: str) -> str:
    found = _WITH_ID.fullmatch(piece)
    # A stray quotation mark would open a quoted name when the list is shown and sent again.
    return _QUOTES.sub("", found[1] if found else piece)


def _written(name: str, shown: str) -> str:
    if shown and shown.casefold() != name.casefold() and _ID.fullmatch(name):
        title = re.sub(r'[<>",;“”\n]+', " ", shown).strip()
        return f"{title} <{name}>"
    if '"' in name:
        return f"“{name}”"
    return f'"{name}"' if re.search(r"[,;\n<>“”]", name) else name
