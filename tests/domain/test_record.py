"""What is asked of the record is understood, and its CSV runs nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.approvals import Fate
from bot.domain.audit import AuditEntry
from bot.domain.outcomes import Tone
from bot.domain.record import About, Question, read, tone_of
from bot.domain.record_csv import HEADERS, harmless, written

NOW = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("", Question(About.ALL)),
        ("30d", Question(About.ALL, days=30)),
        ("all last 2 weeks", Question(About.ALL, days=14)),
        ("me", Question(About.ME)),
        ("me 7d", Question(About.ME, days=7)),
        ("ME for 7 days", Question(About.ME, days=7)),
        ("Ana@Fabrikam.com", Question(About.GUEST, "ana@fabrikam.com")),
        ("<ana@fabrikam.com> 3 months", Question(About.GUEST, "ana@fabrikam.com", 90)),
        ('"Invited users package"', Question(About.PACKAGE, "Invited users package")),
        ("“Invited users package” 1y", Question(About.PACKAGE, "Invited users package", 365)),
        ("Invited users package", Question(About.PACKAGE, "Invited users package")),
        ('"me"', Question(About.PACKAGE, "me")),
        ('"Project 7d"', Question(About.PACKAGE, "Project 7d")),
    ],
)
def test_people_ask_in_many_ways(words: str, asked: Question) -> None:
    assert read(words) == asked


@pytest.mark.parametrize("words", ["me 0d", "30000d", "9999 years", '""', "me 7", "me -7d", "me tomorrow"])
def test_a_question_nobody_can_answer_is_said(words: str) -> None:
    assert "For example: audit" in read(words).problem


@given(texts)
def test_no_words_break_the_reading(words: str) -> None:
    assert read(words).about in About


@given(st.lists(texts, min_size=9, max_size=9))
def test_what_was_written_is_read_back_and_begins_no_formula(said: list[str]) -> None:
    entry = AuditEntry(NOW, *said)

    text = written([entry], {}, UTC)
    _, row = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))

    assert row[8] == harmless(entry.detail)
    assert not any(field.lstrip(" ")[:1] in tuple("=+-@\t\r\n＝＋－＠") for field in row if field.strip(" "))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =cmd|' /C calc'!A0", "＝1"])
def test_a_formula_becomes_text(text: str) -> None:
    assert harmless(text).startswith(f"'{text[0]}")


@pytest.mark.parametrize("text", ["x;=1+1;y", "x\n=1+1", "x\t@SUM(A1)", 'x; "-1', "x;＝1"])
def test_where_a_spreadsheet_parts_fields_elsewhere_no_part_is_a_formula(text: str) -> None:
    parts = re.split(r"[;\t\r\n]", harmless(text))

    assert not any(part.lstrip(' "').startswith(tuple("=+-@＝＋－＠")) for part in parts)
    assert harmless("fine; and so on") == "fine; and so on"


def test_the_file_is_quoted_marked_as_unicode_and_in_the_askers_time() -> None:
    entry = AuditEntry(NOW, "a1", "invite", "ana@fabrikam.com", "done", 'He said "hi"', number=7)

    text = written([entry], {"a1": "Änne"}, ZoneInfo("Europe/Berlin"))

    first, second, rest = text.split("\r\n")
    assert first == "\ufeff" + ",".join(f'"{name}"' for name in HEADERS)
    assert second.startswith(
        '"7","2026-07-02T00:30:00+02:00","Änne","a1","invite","ana@fabrikam.com","","done","He said ""hi"""'
    )
    assert rest == ""


@pytest.mark.parametrize(
    "result", [*(one.value for one in Fate if one is not Fate.PENDING), "keep", "remove", "skipped"]
)
def test_what_people_decided_does_not_read_as_a_fault(result: str) -> None:
    assert tone_of(result) in (Tone.GOOD, Tone.INFO)


@pytest.mark.parametrize(
    "result", ["refused", "failed", "unknown", "cut", "Forbidden", "AppliedWithUnknownFailure", ""]
)
def test_what_did_not_happen_reads_as_a_fault(result: str) -> None:
    assert tone_of(result) is Tone.BAD
