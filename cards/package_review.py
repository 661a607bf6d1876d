"""Review + create: every setting in plain words, what will be written, and what gives pause."""

from __future__ import annotations

from typing import Any

from bot.domain.building.pages import ORDER, Page
from bot.domain.outcomes import Choice, Finding, PackageReview, Press, Style
from cards import fields, listing
from cards.elements import CardElement, beside, facts, finished, small, subheading, words
from cards.literal import plain
from cards.presses import action, row
from cards.tones import MARKS
from cards.wizard import head, sent, step

_MOST_LINES = 12
"""Settings of each section that are shown in any case; more of them where the card has room."""
_AROUND_A_LINE = 30
_MOST_WRITES = 14
_LONGEST_LINE = 300


def card(outcome: PackageReview) -> dict[str, Any]:
    """Settings by page, findings with icon and word, the writes in order; Create is the last thing before anything is."""
    body: list[CardElement] = [
        *head(Page.REVIEW, outcome.name),
        *(words(f"● {plain(note, 200)}") for note in outcome.notes[:5]),
        *_sections(outcome),
        *_findings(outcome),
        *_writes(outcome),
        *_way_on(outcome),
    ]
    return finished(body, text(outcome))


def text(outcome: PackageReview) -> str:
    """The same in plain text."""
    lines = [f"New access package: {plain(outcome.name, 120)}", step(Page.REVIEW)]
    lines += [f"● {plain(note, 200)}" for note in outcome.notes[:5]]
    for title, said in outcome.sections:
        lines += [plain(title, 60), *(f"- {plain(each, _LONGEST_LINE)}" for each in said[:_MOST_LINES])]
    lines += [f"{MARKS[one.tone].label}: {plain(one.text, _LONGEST_LINE)}" for one in outcome.findings[:8]]
    numbered = [f"{at}. {plain(each, 200)}" for at, each in enumerate(outcome.writes, 1)]
    lines += ["Will be written:", *listing.lines(numbered, total=len(numbered), more="and {count} more steps")]
    return "\n".join([*lines, "Type create, back, cancel, or the name of a page."])


def _sections(outcome: PackageReview) -> list[CardElement]:
    shown: list[CardElement] = []
    room = listing.ROOM - sum(_size(each) for _, said in outcome.sections for each in said[:_MOST_LINES])
    for title, said in outcome.sections:
        kept = list(said[:_MOST_LINES])
        for each in said[_MOST_LINES:]:
            room -= _size(each)
            if room < 0:
                break
            kept.append(each)
        shown += [subheading(title), *facts([_pair(each) for each in kept])]
        if len(said) > len(kept):
            shown.append(small(f"and {len(said) - len(kept)} more"))
    return shown


def _size(line: str) -> int:
    """Bytes of a line as it stands in the card, about."""
    return len(line[:_LONGEST_LINE].encode()) + _AROUND_A_LINE


def _pair(line: str) -> tuple[str, str]:
    """What is set, and how: "Catalog: General"."""
    label, _, said = line.partition(": ")
    return (label, plain(said, _LONGEST_LINE)) if said else ("●", plain(line, _LONGEST_LINE))


def _findings(outcome: PackageReview) -> list[CardElement]:
    if not outcome.findings:
        return [subheading("Checked"), words("✔ In order: nothing stands out.", spacing="Small")]
    entries = [[_finding(one)] for one in outcome.findings]
    return [
        subheading("Worth a look before you create it"),
        *listing.fitting(entries, total=len(entries), more="and {count} more", most=10),
    ]


def _finding(finding: Finding) -> CardElement:
    mark = MARKS[finding.tone]
    label = words(mark.word, colour=mark.colour, bold=True)
    return beside(words(mark.icon, colour=mark.colour), [label, words(plain(finding.text, 400), spacing="None")])


def _writes(outcome: PackageReview) -> list[CardElement]:
    entries = [[words(f"{at}. {plain(each, 200)}", spacing="None")] for at, each in enumerate(outcome.writes, 1)]
    shown = listing.fitting(entries, total=len(entries), more="and {count} more steps", most=_MOST_WRITES)
    return [subheading("Will be written to Microsoft Entra"), *shown]


def _way_on(outcome: PackageReview) -> list[CardElement]:
    data = sent(outcome.build_id, outcome.stamp, Page.REVIEW)
    pages = [Choice(page.heading, page.value) for page in ORDER if page is not Page.REVIEW]
    presses = [
        action(Press("Create", "package.create", data, style=Style.PRIMARY)),
        action(Press("Back", "package.back", data)),
        action(Press("Change that page", "package.goto", data), with_inputs=True),
        action(Press("Cancel", "package.drop", data)),
    ]
    return [fields.one_of("goto", "Page to change", pages, Page.BASICS.value, short=True), *row(presses)]
