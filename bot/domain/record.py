"""What somebody asks of the record, and how its entries read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.outcomes.parts import Tone

LONGEST = 3660
"""Days one may look back; entries are kept for good, but a larger number is a slip."""

_ME = frozenset(("me", "mine", "myself", "my"))
_ALL = frozenset(("all", "everything", "everybody", "*"))
_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}
_SPAN = re.compile(r"(?:^|\s)(?:last\s+|for\s+)?(\d{1,6})\s*(d|w|m|y)(?:ays?|eeks?|onths?|ears?)?$", re.IGNORECASE)
_HOW_FAR = f"I look back between 1 day and {LONGEST} days. For example: audit me 7d"
_QUOTES = "\"“”„«»'"
_GOOD = frozenset(
    ("done", "claimed", "found", "sent", "closed", "nothing to remove", "approved", "applied", "AppliedSuccessfully")
)
_WORKING = frozenset(("started", "begun", "waiting"))
_NOTED = frozenset(("keep", "remove", "don't know", "denied", "expired", "withdrawn", "gone", "skipped"))
"""What somebody decided, or what came of a request: neither a success nor a fault of what was done."""


class About(StrEnum):
    """Whose or what's entries."""

    ME = "me"
    ALL = "all"
    GUEST = "guest"
    PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class Question:
    """`name` an address, or a package's name or id; `days` back from now, 0 for all there is."""

    about: About
    name: str = ""
    days: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """Which entries: all of `about` (any of these as target or package; empty: any), by `actor` ("": anybody), `since`.

    `within`: only what concerns one of these, or what `actor_too` did; None: no limit.
    """

    about: tuple[str, ...] = ()
    actor: str = ""
    since: datetime | None = None
    within: frozenset[str] | None = None
    actor_too: str = ""


def since(days: int, now: datetime) -> datetime | None:
    """The moment so many days back, None for no limit."""
    return now - timedelta(days=days) if days else None


def read(words: str) -> Question:
    """`me 7d`, `30d`, `ana@fabrikam.com`, `"Invited users package" 90d`; nothing: everything. Never raises."""
    rest, days, problem = words.strip(), 0, ""
    quoted = rest[:1] in tuple(_QUOTES) and rest[1:]
    span = _SPAN.search(rest)
    if span:
        rest, days = rest[: span.start()].strip(), int(span[1]) * _UNITS[span[2].casefold()]
        if not 0 < days <= LONGEST:
            problem = _HOW_FAR
    name = " ".join(rest.strip(f" .,;!?{_QUOTES}").split())[:256]
    if not name and rest and not problem:
        problem = 'Whose entries? For example: audit "Invited users package"'
    first, _, more = name.partition(" ")
    if not quoted and (name.casefold() in _ME or (more and first.casefold() == "me")):
        return Question(About.ME, "", days, problem or (_HOW_FAR if more else ""))
    if not name or (not quoted and name.casefold() in _ALL):
        return Question(About.ALL, "", days, problem)
    if "@" in name and " " not in name:
        return Question(About.GUEST, name.strip("<>").removeprefix("mailto:").casefold(), days, problem)
    return Question(About.PACKAGE, name, days, problem)


def tone_of(result: str) -> Tone:
    """How a result reads: what is neither begun, nor done, nor somebody's choice went wrong."""
    if result in _WORKING:
        return Tone.WORKING
    if result in _NOTED:
        return Tone.INFO
    return Tone.GOOD if result in _GOOD else Tone.BAD
