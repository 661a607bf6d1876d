"""Phrases in the guest's language, from gettext catalogs that are read as they are, without a compile step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale  # type: ignore[import-untyped]
from babel.dates import format_date  # type: ignore[import-untyped]

from letters.catalog import Catalog, read

FALLBACK = "en"
#: "7 December 2026" is read alike on both sides of the Atlantic.
_REGIONS = {"en": "en_GB"}
LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Words:
    """One language. `tag` is what stands in a `lang` attribute."""

    tag: str
    _catalog: Catalog

    def say(self, phrase: str) -> str:
        """The phrase in this language; in English where the catalog lacks it. `{fields}` stay as they are."""
        return self._catalog.single.get(phrase, phrase)

    def many(self, one: str, other: str, count: int) -> str:
        """The form this language uses for `count` things, `{count}` filled in."""
        singular = Locale.parse(self.tag).plural_form(count) == "one"
        forms = self._catalog.plural.get(one, (one, other))
        return (forms[0] if singular else forms[-1]).format(count=count)

    def day(self, at: datetime, time_zone: str = "UTC") -> str:
        """The calendar day in that zone (IANA name, UTC when unknown), spelled out the way of this language."""
        spelled: str = format_date(
            at.astimezone(_zone(time_zone)).date(), format="long", locale=_REGIONS.get(self.tag, self.tag)
        )
        return spelled

    def moment(self, at: datetime, time_zone: str = "UTC") -> str:
        """Day of the week, day, time and zone there: "Friday 4 December 2026, 17:00"; says UTC where that is the zone."""
        local = at.astimezone(_zone(time_zone))
        day: str = format_date(local.date(), format="full", locale=_REGIONS.get(self.tag, self.tag))
        return f"{day}, {local:%H:%M}" + (" UTC" if local.tzname() == "UTC" else "")

    def days_between(self, now: datetime, at: datetime, time_zone: str = "UTC") -> int:
        """Calendar days from now to then, where the reader is."""
        there = _zone(time_zone)
        return (at.astimezone(there).date() - now.astimezone(there).date()).days


def words(language: str) -> Words:
    """The language of a BCP 47 tag ("de", "de-AT", "DE_at"); English when there is no catalog for it."""
    tag = language.replace("_", "-").split("-")[0].strip().lower()
    return _load(tag if tag in languages() else FALLBACK)


def translator(language: str) -> Callable[[str], str]:
    """`words(language).say`, for the cards guests see."""
    return words(language).say


@cache
def languages() -> frozenset[str]:
    """Tags of the languages there is a catalog for."""
    return frozenset(path.name for path in LOCALE.iterdir() if path.is_dir())


@cache
def _load(tag: str) -> Words:
    return Words(tag, read(LOCALE / tag / "LC_MESSAGES" / "usher.po"))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
