"""Read what is typed behind `digest`: how often, at what time, which hours are quiet, about whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.domain.digests import DAY, Choice, Rhythm

_RHYTHMS = {
    "daily": Rhythm.DAILY, "day": Rhythm.DAILY, "weekly": Rhythm.WEEKLY, "week": Rhythm.WEEKLY,
    "off": Rhythm.OFF, "none": Rhythm.OFF, "stop": Rhythm.OFF, "never": Rhythm.OFF,
}  # fmt: skip
_SCOPES = {
    "everything": True, "all": True, "tenant": True, "everybody": True, "mine": False, "my": False, "me": False,
}  # fmt: skip
_FILLERS = frozenset("every a the of for guests digest please and hours on mondays monday".split())
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(am|pm)?h?")
_SPAN = re.compile(r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b)\s*")


@dataclass(frozen=True, slots=True)
class Saying:
    """What was said, each None where nothing was. `problems`: what could not be read, in plain words."""

    rhythm: Rhythm | None = None
    at: int | None = None
    quiet: tuple[int, int] | None = None
    everything: bool | None = None
    problems: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing was said."""
        return self == Saying()

    def over(self, before: Choice) -> Choice:
        """The choice that was, with what was said changed. Who names a time of an unwanted digest wants it again."""
        said = {name: getattr(self, name) for name in ("rhythm", "at", "quiet", "everything")}
        changed = replace(before, **{name: value for name, value in said.items() if value is not None})
        wakes = self.rhythm is None and before.rhythm is Rhythm.OFF and (self.at is not None or self.everything)
        return replace(changed, rhythm=Rhythm.DAILY) if wakes else changed


def read(words: str) -> Saying:
    """`weekly at 8:30 quiet 20:00-7:00`, in any order. Never raises."""
    left = words.casefold().replace(",", " ").strip(" .!?")
    said = Saying()
    quiet = re.search(r"\bquiet\b(?:\s+hours?)?(?:\s+from)?\s*(.*)", left)
    if quiet:
        span, rest = _quiet_part(quiet[1])
        left = f"{left[: quiet.start()]} {rest}"
        said = _quietly(said, span)
    parts = left.split()
    while parts:
        said = _one(said, parts)
    return said


def _quiet_part(text: str) -> tuple[str, str]:
    """The span behind `quiet`, and what follows it."""
    follows = re.search(r"\b(?:at|daily|weekly|everything|all|mine)\b", text)
    return (text[: follows.start()], text[follows.start() :]) if follows else (text, "")


def _quietly(said: Saying, span: str) -> Saying:
    if span.strip() in ("off", "none", "never", "no"):
        return replace(said, quiet=(0, 0))
    ends = [clock_time(part) for part in _SPAN.split(span.strip()) if part]
    if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
        return replace(said, quiet=(ends[0], ends[1]))
    told = f"“{span.strip()[:40]}”" if span.strip() else "That"
    return _wrong(said, f"{told} is no span of hours. For example: quiet 20:00-7:00, or quiet off.")


def _one(said: Saying, parts: list[str]) -> Saying:
    """What the next word says, taken from `parts`."""
    word = parts.pop(0).strip(".;!?")
    if word in _RHYTHMS:
        return replace(said, rhythm=_RHYTHMS[word])
    if word in _SCOPES:
        return replace(said, everything=_SCOPES[word])
    if word in _FILLERS or not word:
        return said
    named = word
    if word == "at":
        named = parts.pop(0) if parts else ""
        if parts and parts[0] in ("am", "pm"):
            named += parts.pop(0)
    at = clock_time(named)
    if at is not None:
        return replace(said, at=at)
    if word == "at":
        return _wrong(said, f"“{named[:40]}” is no time of the day. For example: at 8:30.")
    return _wrong(said, f"I did not understand “{word[:40]}”.")


def _wrong(said: Saying, problem: str) -> Saying:
    return replace(said, problems=(*said.problems, problem)[:3])


def clock_time(text: str) -> int | None:
    """Minutes of the day in "8:30", "20h", "8.30" or "8pm"; None for what is no time."""
    found = _TIME.fullmatch(text.strip().casefold().replace(" ", "")) if text.isascii() else None
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    total = hour * 60 + minute
    return total % DAY if minute < 60 and total <= DAY and hour <= 24 else None


def shown_time(minutes: int) -> str:
    """`8:30`."""
    return f"{minutes // 60}:{minutes % 60:02d}"
