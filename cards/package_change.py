"""The card that shows what a change of a package would do, before anything is written."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import Finding, PackageChange
from cards import differences, listing
from cards.elements import CardElement, beside, box, finished, heading, small, subheading, words
from cards.literal import plain
from cards.presses import buttons
from cards.tones import MARKS

_MOST_FINDINGS = 6
_MOST_NOTES = 5
_LONGEST_LINE = 400


def card(outcome: PackageChange) -> dict[str, Any]:
    """What changed meanwhile first, then what would change, what gives pause, and what it means."""
    body: list[CardElement] = [
        heading(outcome.title),
        *_meanwhile(outcome),
        *([subheading("What changes"), *differences.rows(outcome.differences)] if outcome.differences else []),
        *(words(f"● {plain(note, _LONGEST_LINE)}", spacing="Small") for note in outcome.notes[:_MOST_NOTES]),
        *_findings(outcome),
        small("Nothing has been written yet."),
        *buttons(outcome.presses),
    ]
    return finished(body, text(outcome))


def text(outcome: PackageChange) -> str:
    """The same in plain text."""
    meanwhile = ["⚠ Somebody else changed it meanwhile:", *differences.lines(outcome.meanwhile)]
    found = [_finding(one) for one in outcome.findings]
    return "\n".join(
        [
            plain(outcome.title, 200),
            *(meanwhile if outcome.meanwhile else []),
            *differences.lines(outcome.differences),
            *(f"● {plain(note, _LONGEST_LINE)}" for note in outcome.notes[:_MOST_NOTES]),
            *listing.lines(found, total=len(found), more="and {count} more", most=_MOST_FINDINGS),
            "Nothing has been written yet.",
        ]
    )


def _meanwhile(outcome: PackageChange) -> list[CardElement]:
    if not outcome.meanwhile:
        return []
    said = words("⚠ Attention: somebody else changed it since you looked", bold=True)
    return [box([said, *differences.rows(outcome.meanwhile)], style="warning", spacing="Medium")]


def _findings(outcome: PackageChange) -> list[CardElement]:
    if not outcome.findings:
        return []
    rows = []
    for one in outcome.findings:
        mark = MARKS[one.tone]
        label = words(mark.word, colour=mark.colour, bold=True)
        said = words(plain(one.text, _LONGEST_LINE), spacing="None")
        rows.append([beside(words(mark.icon, colour=mark.colour), [label, said])])
    shown = listing.fitting(rows, total=len(rows), more="and {count} more", most=_MOST_FINDINGS)
    return [subheading("New with this change"), *shown]


def _finding(one: Finding) -> str:
    return f"{MARKS[one.tone].label}: {plain(one.text, _LONGEST_LINE)}"
