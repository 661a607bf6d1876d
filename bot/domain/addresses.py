"""E-mail addresses as people type them: read, cleaned, and judged before anything is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.text import clean, without_links, without_tags

FORBIDDEN = frozenset('~!#$%^&*()+=[]{}\\/|;:"<>?,`')
"""Characters Entra refuses in the part before the @ (https://learn.microsoft.com/graph/api/resources/invitation)."""

MOST_CHARACTERS = 254
_BRACKETED = re.compile(r"<+\s*([^<>\s]*@[^<>\s]*)\s*>+")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_ENDING = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")
_QUOTES = "\"'“”„‘’‚«»"
_OPENING = " \n<([{" + _QUOTES
_CLOSING = " \n>)]}.,;:!?" + _QUOTES


@dataclass(frozen=True, slots=True)
class Address:
    """One address as typed. `address` is normalised (lower case, no brackets); `name` a display name beside it.

    `problem` says in plain words why it cannot be used, "" when it can.
    """

    address: str
    name: str = ""
    problem: str = ""


def read(text: str) -> tuple[Address, ...]:
    """Every address in `text`, in order, each once.

    Understands `a@x.com, b@y.com`, `Ana Silva <ana@x.com>`, `"Silva, Ana" <ana@x.com>`, `<ana@x.com>`, `mailto:` and
    Teams' markdown links. What holds no @ beside an address in angle brackets is its display name; alone it is a
    bad address. HTML tags are left out.
    """
    found: dict[str, Address] = {}
    for line in re.split(r"[;\n]+", without_tags(without_links(clean(text)))):
        for one in _read_line(line):
            found.setdefault(one.address, one)
    return tuple(found.values())


def _read_line(line: str) -> Iterator[Address]:
    start = 0
    for bracketed in _BRACKETED.finditer(line):
        before, name = _parted(line[start : bracketed.start()])
        yield from _bare(before)
        yield judge(bracketed[1], name=name)
        start = bracketed.end()
    yield from _bare(line[start:])


def _bare(text: str) -> Iterator[Address]:
    """Addresses that stand without brackets; a lone quotation mark or dash beside them is nothing."""
    return (judge(word) for word in re.split(r"[,\s]+", text) if any(map(str.isalnum, word)) or "@" in word)


def _parted(text: str) -> tuple[str, str]:
    """What stands before an angle bracket, as (addresses of others, display name). "Silva, Ana" is Ana Silva."""
    words = re.split(r"([,\s]+)", text)
    last = max((n for n, word in enumerate(words) if "@" in word), default=-1)
    named = "".join(words[last + 1 :]).strip(" ," + _QUOTES + "<>")
    family, comma, given = named.partition(",")
    name = f"{given} {family}" if comma and "," not in given else named.replace(",", " ")
    return "".join(words[: last + 1]), " ".join(name.split())


def judge(typed: str, *, name: str = "") -> Address:
    """One address, with what is wrong with it."""
    address = clean(clean(typed).lower()).lstrip(_OPENING).rstrip(_CLOSING)
    return Address(address, name, _problem(address))


def _problem(address: str) -> str:
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        return "This is not an e-mail address."
    if len(address) > MOST_CHARACTERS:
        return f"This address is too long (more than {MOST_CHARACTERS} characters)."
    strange = _strange(address)
    if strange:
        return strange
    bad = sorted(set(local) & FORBIDDEN | ({"@"} if "@" in local else set()))
    if bad:
        return f"Entra does not take these characters before the @: {' '.join(bad)}"
    if local[0] in ".-" or local[-1] in ".-" or ".." in local or re.search(r"\s", local):
        return "The part before the @ has a dot, a hyphen or a space in a place where none can be."
    labels = domain.split(".")
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)) or not _ENDING.fullmatch(labels[-1]):
        return f"{domain} is not a domain that can receive mail."
    return ""


def _strange(address: str) -> str:
    """Letters that only look like Latin ones are how a stranger's address passes for a friend's."""
    odd = [char for char in address if ord(char) > 127]
    if not odd:
        return ""
    scripts = {unicodedata.name(char, "UNKNOWN").split()[0] for char in odd}
    if scripts - {"LATIN"}:
        named = ", ".join(f"{char} ({unicodedata.name(char, 'unknown').lower()})" for char in odd[:3])
        return f"Some characters only look like ordinary letters: {named}. Type the address by hand."
    return "Entra takes only the letters a to z here. Ask the guest for the plain form of the address."
