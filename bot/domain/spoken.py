"""Dates, lengths of time and languages as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from bot.domain.drafts import LANGUAGES

_UNITS = {
    **dict.fromkeys("d day days dy dys tag tage tagen jour jours día días dia dias".split(), 1),
    **dict.fromkeys("w wk wks week weeks woche wochen semaine semaines semana semanas".split(), 7),
    **dict.fromkeys("fortnight fortnights quinzaine quincena".split(), 14),
    **dict.fromkeys("mo mos month months monat monate monaten mois mes meses".split(), 30),
    **dict.fromkeys("y yr yrs year years jahr jahre jahren an ans año años".split(), 365),
}
_NUMBERS = {
    **{
        word: n
        for n, word in enumerate(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen twenty".split()
        )
    },
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
    "hundred": 100,
}
_MONTHS = (
    "jan ene", "feb fév fev", "mar mär mrz mae", "apr avr abr", "may mai", "jun juin", "jul juil",
    "aug aoû aou ago", "sep", "oct okt", "nov", "dec déc dez dic",
)  # fmt: skip
_AMOUNT = re.compile(r"([+-]?\d+(?:[.,]\d+)?)([^\W\d_]*)")
_YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+|de\s+)?([^\W\d_]{3,})\.?,?\s+(?:de\s+)?(\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


def is_unit(word: str) -> bool:
    """Whether `word` names a unit of time ("weeks", "d", "Tage")."""
    return word.casefold() in _UNITS


def read_duration(words: Sequence[str]) -> tuple[str, int]:
    """(days, number of words read) of a length of time at the beginning of `words`; ("", 0) when there is none.

    `14 days`, `2 weeks`, `30d`, `a month`, or a bare number. An amount no calendar has (`-3`, `1.5`) comes back as it
    stands, so that whoever checks it can say what is wrong. A month counts 30 days, a year 365.
    """
    first = words[0].casefold() if words else ""
    following = words[1].casefold().rstrip(".,;!?") if len(words) > 1 else ""
    if first in _NUMBERS:
        return (str(_NUMBERS[first] * _UNITS[following]), 2) if following in _UNITS else ("", 0)
    amount = _AMOUNT.fullmatch(first.rstrip(".,;!?"))
    if amount is None or (amount[2] and amount[2] not in _UNITS):
        return "", 0
    unit = amount[2] or (following if following in _UNITS else "")
    taken = 2 if unit and not amount[2] else 1
    if amount[1].isdigit() and len(amount[1]) <= 6:
        return str(int(amount[1]) * _UNITS.get(unit, 1)), taken
    return f"{amount[1][:20]} {unit}".strip(), taken


def read_date(text: str) -> date | None:
    """A calendar day written as 2026-12-24, 24.12.2026, 24 Dec 2026 or Dec 24, 2026; None for anything else.

    Months by name in English, German, French and Spanish. 12/11/2026 is left: half the world reads it the other way.
    """
    bare = unicodedata.normalize("NFKC", text).strip(" .,;").casefold()
    try:
        if found := _YEAR_FIRST.fullmatch(bare):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DOTTED.fullmatch(bare):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _DAY_FIRST.fullmatch(bare):
            return date(int(found[3]), _month(found[2]), int(found[1]))
        if found := _MONTH_FIRST.fullmatch(bare):
            return date(int(found[3]), _month(found[1]), int(found[2]))
    except ValueError:
        return None
    return None


def _month(word: str) -> int:
    """1 to 12, 0 (which no date has) for a word that names no month."""
    numbered = enumerate(_MONTHS, start=1)
    return next((n for n, begins in numbered if word.startswith(tuple(begins.split()))), 0)


def read_language(text: str) -> str:
    """The tag of a language named by tag or name ("de", "de-AT", "German", "Deutsch"), "" when unknown."""
    english = {"english": "en", "german": "de", "french": "fr", "spanish": "es"}
    own = {name.casefold(): tag for tag, name in LANGUAGES.items()}
    bare = text.casefold().strip(" .,;")
    tag = bare.split("-")[0]
    return tag if tag in LANGUAGES else english.get(bare) or own.get(bare, "")
