"""The card that shows a page of the record: who did what, when, with what result, from which message."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import RecordPage, RecordRow
from cards import listing
from cards.elements import CardElement, beside, finished, heading, small, words
from cards.literal import plain
from cards.presses import buttons
from cards.tones import MARKS
from cards.when import stamped

_EMPTY = "Nothing is on record here."
_MORE = "and {count} more"


def card(outcome: RecordPage) -> dict[str, Any]:
    """The newest first; what was asked for stands in the title."""
    rows = [_row(row, outcome.time_zone) for row in outcome.rows]
    body: list[CardElement] = [
        heading(outcome.title),
        *listing.fitting(rows, total=len(rows), more=_MORE),
        *([] if rows else [words(_EMPTY)]),
        *([small(outcome.note)] if outcome.note else []),
        *buttons(outcome.presses),
    ]
    return finished(body, text(outcome))


def text(outcome: RecordPage) -> str:
    """The same in plain text."""
    lines = [f"{MARKS[one.tone].icon} {_said(one)} ({_when(one, outcome.time_zone)})" for one in outcome.rows]
    note = [plain(outcome.note, 400)] if outcome.note else []
    shown = listing.lines(lines, total=len(lines), more=_MORE) or [_EMPTY]
    return "\n".join([plain(outcome.title, 240), *shown, *note])


def _row(row: RecordRow, time_zone: str) -> list[CardElement]:
    mark = MARKS[row.tone]
    lines: list[CardElement] = [words(_said(row)), small(_when(row, time_zone))]
    return [beside(words(mark.icon, colour=mark.colour), lines)]


def _said(row: RecordRow) -> str:
    detail = f" ({plain(row.detail, 160)})" if row.detail else ""
    about = f" · {plain(row.about, 120)}" if row.about else ""
    return f"{plain(row.who, 80)}: {plain(row.act, 80)}{about}{detail} · {plain(row.result, 60)}"


def _when(row: RecordRow, time_zone: str) -> str:
    source = f", from message {plain(row.message, 60)}" if row.message else ""
    return f"{stamped(row.at, time_zone)}{source}"
