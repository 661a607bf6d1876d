"""Days said from today on are read as people mean them, and never lie in the past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import upcoming

WEDNESDAY = date(2026, 7, 1)
SAID = [
    "today",
    "tomorrow",
    "the day after tomorrow",
    "friday",
    "next friday",
    "this sunday",
    "end of week",
    "end of next week",
    "end of the month",
    "end of next month",
    "end of quarter",
    "end of next quarter",
    "end of the year",
    "end of next year",
    "end of june",
    "24 December",
    "eom",
]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", (2026, 7, 1)),
        ("Tomorrow.", (2026, 7, 2)),
        ("the day after tomorrow", (2026, 7, 3)),
        ("morgen", (2026, 7, 2)),
        ("friday", (2026, 7, 3)),
        ("on Friday", (2026, 7, 3)),
        ("this fri", (2026, 7, 3)),
        ("next Friday", (2026, 7, 10)),
        ("wednesday", (2026, 7, 8)),
        ("next wednesday", (2026, 7, 8)),
        ("end of week", (2026, 7, 5)),
        ("end of next week", (2026, 7, 12)),
        ("end of month", (2026, 7, 31)),
        ("the end of the month", (2026, 7, 31)),
        ("eom", (2026, 7, 31)),
        ("end of next month", (2026, 8, 31)),
        ("end of the quarter", (2026, 9, 30)),
        ("end of next quarter", (2026, 12, 31)),
        ("end of year", (2026, 12, 31)),
        ("end of next year", (2027, 12, 31)),
        ("end of July", (2026, 7, 31)),
        ("end of June", (2027, 6, 30)),
        ("end of February 2028", (2028, 2, 29)),
        ("24 December", (2026, 12, 24)),
        ("Dec 24", (2026, 12, 24)),
        ("30 June", (2027, 6, 30)),
        ("29 February", (2028, 2, 29)),
    ],
)
def test_a_day_is_read_as_it_is_meant(text: str, day: tuple[int, int, int]) -> None:
    assert upcoming.read(text, WEDNESDAY) == date(*day)
    assert upcoming.is_day(text)


@pytest.mark.parametrize(
    "text", ["", "soon", "next week", "friday the 13th", "end of days", "2027-12-24", "31 June", "May"]
)
def test_anything_else_is_left_to_be_asked_about(text: str) -> None:
    assert upcoming.read(text, WEDNESDAY) is None


@given(st.sampled_from(SAID), st.dates(date(2024, 1, 1), date(2090, 1, 1)))
def test_no_such_day_is_over(text: str, today: date) -> None:
    day = upcoming.read(text, today)

    assert day is not None
    assert today <= day <= today + timedelta(days=731)


@given(st.text(max_size=40), st.dates())
def test_any_text_can_be_asked(text: str, today: date) -> None:
    assert upcoming.read(text, min(today, date(9000, 1, 1))) is None or text.strip()
