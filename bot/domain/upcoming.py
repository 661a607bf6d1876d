"""Days said from today on: tomorrow, next Friday, the end of the month, 24 December."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.domain import spoken

_NEAR = {
    **dict.fromkeys("today tonight heute hoy aujourd'hui".split(), 0),
    **dict.fromkeys("tomorrow tmrw morgen demain mañana".split(), 1),
    **dict.fromkeys(["day after tomorrow", "the day after tomorrow", "übermorgen", "après-demain"], 2),
}
_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday mon montag lundi lunes",
            "tuesday tue tues dienstag mardi martes",
            "wednesday wed mittwoch mercredi miércoles",
            "thursday thu thur thurs donnerstag jeudi jueves",
            "friday fri freitag vendredi viernes",
            "saturday sat samstag samedi sábado",
            "sunday sun sonntag dimanche domingo",
        )
    )
    for word in words.split()
}
_WEEKDAY = re.compile(rf"(?:(this|next|coming) )?({'|'.join(_WEEKDAYS)})")
_END = re.compile(r"(?:the )?end of (?:(the|this|next) )?(?:(week|month|quarter|year)|([^\W\d_]{3,})(?: (\d{4}))?)")
_SHORT = {"eow": "end of week", "eom": "end of month", "eoq": "end of quarter", "eoy": "end of year"}
_ANY_DAY = date(2024, 1, 1)
MOST_WORDS = 5
"""No such day is said in more words."""


def read(text: str, today: date) -> date | None:
    """The day that is meant, today or later; None for anything else.

    `friday` is the one after today, `next friday` that of the next week (weeks begin on Monday), the end of a week its
    Sunday. A day without its year is the next such day.
    """
    bare = " ".join(text.casefold().strip(" .,;!?").split())
    bare = _SHORT.get(bare, bare).removeprefix("on ")
    if bare in _NEAR:
        return today + timedelta(days=_NEAR[bare])
    if found := _WEEKDAY.fullmatch(bare):
        return _weekday(_WEEKDAYS[found[2]], today, in_next_week=found[1] == "next")
    if found := _END.fullmatch(bare):
        if found[2]:
            return _end(found[2], today, following=found[1] == "next")
        return _end_of(found[3], found[4] or "", today)
    return _this_year_or_next(bare, today)


def is_day(text: str) -> bool:
    """Whether this says a day from today on."""
    return read(text, _ANY_DAY) is not None


def _weekday(number: int, today: date, *, in_next_week: bool) -> date:
    monday = today - timedelta(days=today.weekday())
    if in_next_week:
        return monday + timedelta(days=7 + number)
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _end(period: str, today: date, *, following: bool) -> date:
    match period:
        case "week":
            return today + timedelta(days=6 - today.weekday() + (7 if following else 0))
        case "month":
            return _last_day(today.year, today.month + following)
        case "quarter":
            return _last_day(today.year, (today.month + 2) // 3 * 3 + 3 * following)
    return date(today.year + following, 12, 31)


def _end_of(month: str, year: str, today: date) -> date | None:
    """The last day of a month by its name."""
    first = spoken.read_date(f"1 {month} {year or today.year}")
    if first is None:
        return None
    last = _last_day(first.year, first.month)
    return last if year or last >= today else _last_day(first.year + 1, first.month)


def _last_day(year: int, month: int) -> date:
    """Of a month that may lie beyond December."""
    years, rest = divmod(month, 12)
    return date(year + years, rest + 1, 1) - timedelta(days=1)


def _this_year_or_next(bare: str, today: date) -> date | None:
    """A day and a month by its name; 29 February waits for its year."""
    for year in range(today.year, today.year + 9):
        day = spoken.read_date(f"{bare} {year}") if bare[-4:].isascii() and not bare[-4:].isdigit() else None
        if day and day >= today:
            return day
    return None
