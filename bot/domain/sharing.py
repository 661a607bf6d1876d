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
