"""Whom a request link is shared with, as people type it: addresses and names, mixed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain import addresses
from bot.domain.addresses import Address
from bot.domain.text import clean

MOST_RECIPIENTS = 20
MOST_NOTE = 1000


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
    """As typed, each address or name of its own, without what parts them."""
    found: list[str] = []
    for line in re.split(r"[;\n]+", clean(text)):
        found += [line] if "<" in line else line.split(",")
    return [" ".join(one.strip(" ,\"'“”").split()) for one in found if one.strip(" ,\"'“”")]


def read_recipients(text: str) -> Named:
    """What stands between commas, semicolons or line ends is an address (or several) when it has an @, else a name.

    `Silva, Ana <ana@x.com>` is one address: a name followed by an address in angle brackets belongs to it.
    """
    found: dict[str, Address] = {}
    names: dict[str, str] = {}
    for line in re.split(r"[;\n]+", clean(text)):
        whole = [line] if "<" in line else line.split(",")
        for piece in whole:
            if "@" in piece:
                found |= {one.address: one for one in addresses.read(piece)}
            elif piece.strip(" ,\"'“”"):
                name = " ".join(piece.strip(" ,\"'“”").split())
                names.setdefault(name.casefold(), name)
    return Named(tuple(found.values()), tuple(names.values()))
