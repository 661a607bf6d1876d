"""The card with what the lint says of packages, the worst first, and what mends it."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import LintedPackage, LintLine, LintReport, Tone
from cards import listing
from cards.elements import CardElement, beside, finished, heading, small, subheading, words
from cards.literal import plain
from cards.presses import buttons
from cards.tones import MARKS

_LONGEST_NAME = 120
_LONGEST_LINE = 400
_MOST_PACKAGES = 12
_MOST_ALONE = 12
_MOST_TOGETHER = 3


def card(outcome: LintReport) -> dict[str, Any]:
    """The counts on top, then package by package."""
    tone = _tone(outcome)
    most = _most(outcome)
    rows = [_package(one, most) for one in outcome.packages]
    body: list[CardElement] = [
        heading(_title(outcome)),
        words(f"{MARKS[tone].label}: {_counts(outcome)}", colour=MARKS[tone].colour, bold=True),
        *listing.fitting(rows, total=len(rows), more="and {count} more packages", most=_MOST_PACKAGES),
        *buttons(outcome.presses),
    ]
    return finished(body, text(outcome))


def text(outcome: LintReport) -> str:
    """The same in plain text."""
    most = _most(outcome)
    said = [_said(one, most) for one in outcome.packages]
    return "\n".join(
        [
            f"{_title(outcome)}: {_counts(outcome)}",
            *listing.lines(said, total=len(said), more="and {count} more packages", most=_MOST_PACKAGES),
        ]
    )


def _title(outcome: LintReport) -> str:
    if len(outcome.packages) + outcome.healthy == 1 and outcome.packages:
        return f"Lint: “{plain(outcome.packages[0].name, _LONGEST_NAME)}”"
    return "Lint of the access packages"


def _most(outcome: LintReport) -> int:
    return _MOST_ALONE if len(outcome.packages) == 1 else _MOST_TOGETHER


def _tones(outcome: LintReport) -> list[Tone]:
    return [line.finding.tone for one in outcome.packages for line in one.lines]


def _tone(outcome: LintReport) -> Tone:
    tones = _tones(outcome)
    return next((tone for tone in (Tone.BAD, Tone.WARNING, Tone.INFO) if tone in tones), Tone.GOOD)


def _counts(outcome: LintReport) -> str:
    tones = _tones(outcome)
    counted = [
        f"{count} {one if count == 1 else many}"
        for tone, one, many in ((Tone.BAD, "problem", "problems"), (Tone.WARNING, "warning", "warnings"))
        if (count := tones.count(tone))
    ]
    notes = len(tones) - tones.count(Tone.BAD) - tones.count(Tone.WARNING)
    counted += [f"{notes} {'note' if notes == 1 else 'notes'}"] if notes else []
    healthy = f"{outcome.healthy} {'package is' if outcome.healthy == 1 else 'packages are'} in order"
    if not counted:
        return healthy if outcome.healthy else "nothing to look at"
    return ", ".join(counted) + (f"; {healthy}" if outcome.healthy else "")


def _package(one: LintedPackage, most: int) -> list[CardElement]:
    left = len(one.lines) - most
    return [
        subheading(one.name),
        *(_row(line) for line in one.lines[:most]),
        *([small(f"and {left} more: look at this package alone")] if left > 0 else []),
    ]


def _row(line: LintLine) -> CardElement:
    mark = MARKS[line.finding.tone]
    said = [
        words(mark.word, colour=mark.colour, bold=True),
        words(plain(line.finding.text, _LONGEST_LINE), spacing="None"),
        *([small(f"To mend it: {plain(line.mend, _LONGEST_LINE)}")] if line.mend else []),
    ]
    return beside(words(mark.icon, colour=mark.colour), said)


def _said(one: LintedPackage, most: int) -> str:
    lines = [
        f"- {MARKS[line.finding.tone].label}: {plain(line.finding.text, _LONGEST_LINE)}"
        + (f" To mend it: {plain(line.mend, _LONGEST_LINE)}" if line.mend else "")
        for line in one.lines[:most]
    ]
    return "\n".join([plain(one.name, _LONGEST_NAME), *lines])
