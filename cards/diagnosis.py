"""The card that says in plain words what stands between a guest and the application."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import Diagnosis, Finding, Press
from cards import listing
from cards.elements import CardElement, beside, finished, heading, words
from cards.literal import plain
from cards.presses import MOST, buttons
from cards.tones import MARKS


def card(outcome: Diagnosis) -> dict[str, Any]:
    """Each finding with its own buttons; six in all, the first findings' first."""
    room = MOST
    entries: list[list[CardElement]] = []
    for finding in outcome.findings:
        presses = finding.presses[:room]
        room -= len(presses)
        entries.append(_finding(finding, presses))
    shown = listing.fitting(entries, total=len(entries), more="and {count} more; solve these first, then ask again")
    return finished([heading(_title(outcome)), words(outcome.summary), *shown], text(outcome))


def text(outcome: Diagnosis) -> str:
    """The same in plain text."""
    lines = [f"{MARKS[each.tone].label}: {plain(each.text, 400)}" for each in outcome.findings]
    found = listing.lines(lines, total=len(lines), more="and {count} more; solve these first, then ask again")
    return "\n".join([_title(outcome), plain(outcome.summary), *found])


def _title(outcome: Diagnosis) -> str:
    return f"Why: {plain(outcome.address, 120)}"


def _finding(finding: Finding, presses: tuple[Press, ...]) -> list[CardElement]:
    mark = MARKS[finding.tone]
    label = words(mark.word, colour=mark.colour, bold=True)
    said = [label, words(finding.text, spacing="None"), *buttons(presses)]
    return [beside(words(mark.icon, colour=mark.colour), said, spacing="Medium")]
