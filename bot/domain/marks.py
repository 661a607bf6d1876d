"""Notice marks: how many days before the end of access people are told, as a tenant or a package sets them."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_DAYS = 3660
MOST_MARKS = 12
OFF = frozenset("off none never no nothing".split())

_BETWEEN = re.compile(r"[\s,;/]+")
_FILLERS = frozenset("and days day d before the end".split())
_MARK = re.compile(r"(\d{1,9})d?")


class NoMarks(ValueError):
    """What was given is no schedule; the message says in plain words what is wrong with which part."""


def read(text: str) -> tuple[int, ...]:
    """The marks in "21, 3 and 0 days", the furthest first, each once; () for "off". Raises NoMarks."""
    parts = [part for part in _BETWEEN.split(text.strip().casefold().strip(".!")) if part and part not in _FILLERS]
    if parts and OFF.issuperset(parts):
        return ()
    if not parts:
        raise NoMarks("Give whole numbers of days, for example 21,3,0, or off.")
    marks = {_mark(part) for part in parts}
    if len(marks) > MOST_MARKS:
        raise NoMarks(f"Those are {len(marks)} notices; {MOST_MARKS} are the most one access can have.")
    return tuple(sorted(marks, reverse=True))


def _mark(part: str) -> int:
    found = _MARK.fullmatch(part) if part.isascii() else None
    if found is None:
        raise NoMarks(f"“{part[:40]}” is no whole number of days.")
    days = int(found[1])
    if days > MOST_DAYS:
        raise NoMarks(f"{days} days are more than access can last: {MOST_DAYS} at most.")
    return days


def written(marks: Iterable[int]) -> str:
    """As `read` reads them."""
    return ",".join(str(mark) for mark in marks) or "off"


def in_words(marks: tuple[int, ...]) -> str:
    """30, 14, 7 and 1 days before the end, and on the day it ends."""
    if not marks:
        return "no notices"
    before = [str(mark) for mark in marks if mark]
    said = before[0] if len(before) == 1 else f"{', '.join(before[:-1])} and {before[-1]}" if before else ""
    days = f"{said} {'day' if before == ['1'] else 'days'} before the end" if said else ""
    last = "on the day it ends" if 0 in marks else ""
    return " and ".join(part for part in (days, last) if part)
