"""Notice an address whose domain is a slip of the pen, or a trap, beside the one that was meant."""

from __future__ import annotations

from collections.abc import Iterable

MAIL_HOSTS = (
    "gmail.com googlemail.com outlook.com hotmail.com yahoo.com icloud.com protonmail.com proton.me t-online.de "
    "fastmail.com laposte.net wanadoo.fr yahoo.fr libero.it hotmail.co.uk hotmail.fr hotmail.de outlook.de outlook.fr "
    "outlook.es"
).split()
"""Hosts of private mail with names long enough that a neighbour is a slip rather than another firm."""

_REAL_NEIGHBOURS = frozenset("email.com ymail.com mail.com gail.com yahoo.co photon.me".split())
_SHORTEST = 5
_WORLDWIDE = frozenset("com net org".split())
_SAME_TO_THE_EYE = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"))


def lookalike(address: str, known: Iterable[str] = ()) -> str:
    """The address that was probably meant (gmial.com → gmail.com), "" when the domain looks right.

    One letter too many, too few, wrong or changed with its neighbour, or letters that look the same to the eye.
    `known`: further domains that guests or colleagues really use.
    """
    local, _, domain = address.rpartition("@")
    hosts = [*MAIL_HOSTS, *known]
    if not domain or domain in hosts or domain in _REAL_NEIGHBOURS:
        return ""
    return next((f"{local}@{host}" for host in hosts if _resembles(domain, host)), "")


def _resembles(domain: str, host: str) -> bool:
    if len(host.partition(".")[0]) < _SHORTEST:
        return False
    if _seen(domain) == _seen(host):
        return True
    name, _, end = domain.partition(".")
    host_name, _, host_end = host.partition(".")
    if end == host_end:
        return _one_slip(name, host_name)
    # outlook.dk beside outlook.de is another country; gmail.con is nobody's.
    return name == host_name and host_end in _WORLDWIDE and _one_slip(end, host_end)


def _seen(domain: str) -> str:
    for drawn, read in _SAME_TO_THE_EYE:
        domain = domain.replace(drawn, read)
    return domain


def _one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was added, left out, mistaken, or changed with its neighbour."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    rest, wanted = typed[start:], meant[start:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )
