"""Whom a request link is shared with, as people type it: addresses and names, mixed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain import addresses
from bot.domain.addresses import Address
from bot.domain.text import clean, without_links, without_tags

MOST_RECIPIENTS = 20
MOST_NOTE = 1000
_NAMED = re.compile(r"(?:[\"“„]([^\"“”„]*)[\"“”]\s*)?(<[^<>]*@[^<>]*>)")
_AROUND = " ,\"'“”"


@dataclass(frozen=True, slots=True)
class Named:
    """Addresses are judged (`Address.problem`); names still have to be found in the directory."""

    addresses: tuple[Address, ...] = ()
    names: tuple[str, ...] = ()


def added(to: str, words: str) -> str:
    """The recipients with those that were said in addition, each once."""
    said = {one.casefold(): one for one in reversed([*_pieces(to), *_pieces(words)])}
    return _joined(list(reversed(said.values())))


def chosen(to: str, name: str, address: str) -> str:
    """The recipients with one address in place of a name that may mean several people."""
    return _joined([address if one.casefold() == name.casefold() else one for one in _pieces(to)])


def _joined(pieces: list[str]) -> str:
    """With what parts them for sure: a comma may be part of "Silva, Ana <ana@x.com>"."""
    return ("; " if any("<" in one for one in pieces) else ", ").join(pieces)


def _pieces(text: str) -> list[str]:
    """Each address or name of its own, without what parts them; a name in front of `<an@address>` stays with it."""
    found: list[str] = []
    for line in re.split(r"[;\n]+", without_tags(without_links(clean(text)))):
        start = 0
        for named in _NAMED.finditer(line):
            before = line[start : named.start()].split(",")
            quoted = named[1] is not None
            others = before if quoted else before[: -_words_of_a_name(before)]
            name = named[1] if quoted else ",".join(before[len(others) :])
            found += [*others, f"{' '.join(name.split())} {named[2]}"]
            start = named.end()
        found += line[start:].split(",")
    bare = (" ".join(one.strip(_AROUND).split()) for one in found)
    return [one for one in bare if one]


def _words_of_a_name(pieces: list[str]) -> int:
    """How many of the last pieces between commas are one name: two in `Silva, Ana`, else one."""
    last = [one.split() for one in pieces[-2:]]
    turned = len(last) == 2 and all(len(one) == 1 and "@" not in one[0] for one in last)
    return 2 if turned else 1


def read_recipients(text: str) -> Named:
    """What stands between commas, semicolons or line ends is an address (or several) when it has an @, else a name.

    `Silva, Ana <ana@x.com>` is one address: a name followed by an address in angle brackets belongs to it. HTML tags
    are left out.
    """
    found: dict[str, Address] = {}
    names: dict[str, str] = {}
    for piece in _pieces(text):
        if "@" in piece:
            found |= {one.address: one for one in addresses.read(piece)}
        else:
            names.setdefault(piece.casefold(), piece)
    return Named(tuple(found.values()), tuple(names.values()))
