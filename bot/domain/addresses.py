"""E-mail addresses as people type them: read, cleaned, and judged before anything is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

FORBIDDEN = frozenset("~!#$%^&*()+=[]{}\\/|;:\"<>?,'`")
"""Characters Entra refuses in the part before the @ (https://learn.microsoft.com/graph/api/resources/invitation)."""

MOST_CHARACTERS = 254
MAIL_HOSTS = (
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com "
    "aol.com proton.me protonmail.com gmx.de gmx.net gmx.com web.de t-online.de mail.com mail.ru "
    "fastmail.com zoho.com orange.fr free.fr laposte.net wanadoo.fr yahoo.fr libero.it "
    "hotmail.co.uk outlook.de outlook.fr outlook.es"
).split()
_BRACKETED = re.compile(r"<\s*(?:mailto:)?([^<>\s]+)\s*>")
_MARKDOWN = re.compile(r"\[[^\]]*\]\(\s*mailto:([^)\s]+)\s*\)")
_LABEL = re.compile(r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")


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

    Understands `a@x.com, b@y.com`, `Ana Silva <ana@x.com>`, `<ana@x.com>`, `mailto:` and Teams' markdown links.
    What holds no @ beside an address in angle brackets is its display name; alone it is a bad address.
    """
    found: dict[str, Address] = {}
    cleaned = _MARKDOWN.sub(r" \1 ", clean(text)).replace("mailto:", "")
    for part in re.split(r"[,;\n]+", cleaned):
        for one in _read_part(part.strip()):
            found.setdefault(one.address, one)
    return tuple(found.values())


def _read_part(part: str) -> list[Address]:
    bracketed = _BRACKETED.search(part)
    if bracketed:
        name = part[: bracketed.start()].strip(" \"'")
        return [judge(bracketed.group(1), name=name), *_read_part(part[bracketed.end() :].strip())]
    return [judge(word) for word in part.split()]


def clean(text: str) -> str:
    """`text` without control and invisible characters, in compatibility form."""
    kept = (
        " " if char in "\t\r" else char
        for char in unicodedata.normalize("NFKC", text)
        if char in "\n\t\r" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co")
    )
    return "".join(kept)


def judge(typed: str, *, name: str = "") -> Address:
    """One address, with what is wrong with it."""
    address = clean(typed).strip().strip("<>.,;\"'").lower()
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
    if local.startswith(".") or local.endswith(".") or ".." in local or re.search(r"\s", local):
        return "The part before the @ has a dot or a space in a place where none can be."
    labels = domain.split(".")
    if len(labels) < 2 or not all(map(_LABEL.match, labels)) or labels[-1].isdigit():
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


def lookalike(address: str, known: Iterable[str] = ()) -> str:
    """The address that was probably meant (gmial.com → gmail.com), "" when the domain looks right.

    `known`: further domains that guests or colleagues really use.
    """
    local, _, domain = address.rpartition("@")
    hosts = [*MAIL_HOSTS, *known]
    if not domain or domain in hosts:
        return ""
    near = get_close_matches(domain, hosts, n=1, cutoff=0.85)
    same_end = near and near[0].rpartition(".")[2][:1] == domain.rpartition(".")[2][:1]
    return f"{local}@{near[0]}" if near and same_end else ""
