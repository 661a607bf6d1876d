"""The card that shows a file of access packages beside the tenant: what would be made, changed, and what is wrong."""

from __future__ import annotations

from collections import Counter
from typing import Any

from microsoft_teams.cards.core import Action

from bot.domain.building.filed import FileProblem
from bot.domain.outcomes import Difference, FiledLine, FilePlan, Verdict
from cards import fields, listing
from cards.elements import CardElement, Colour, beside, finished, heading, small, words
from cards.literal import plain
from cards.presses import MOST, actions, row

_MARKS: dict[Verdict, tuple[str, str, Colour]] = {
    Verdict.CREATE: ("✚", "Create", "Accent"),
    Verdict.CHANGE: ("✎", "Change", "Warning"),
    Verdict.SAME: ("✔", "Nothing to do", "Good"),
    Verdict.WRONG: ("✖", "Problem", "Attention"),
    Verdict.CLOSED: ("✖", "Not allowed", "Attention"),
}
_COMPARED: dict[Verdict, tuple[str, str, Colour]] = {
    Verdict.CREATE: ("✚", "Only in the file", "Accent"),
    Verdict.CHANGE: ("✎", "Differs", "Warning"),
    Verdict.SAME: ("✔", "The same", "Good"),
}
_ORDER = (Verdict.WRONG, Verdict.CLOSED, Verdict.CREATE, Verdict.CHANGE, Verdict.SAME)
_LONGEST_NAME = 120
_LONGEST_LINE = 300
_LONGEST_SIDE = 160
_MOST_PACKAGES = 20
_MOST_DETAILS = 10
_MOST_PROBLEMS = 15
_MOST_NOTES = 4
_MOST_CHOICES = 4
_ROOM_FOR_CHOICES = 1_200
"""Bytes for the choices of one question."""


def card(outcome: FilePlan) -> dict[str, Any]:
    """Problems first; then each package with its verdict and, in words, what would change."""
    entries = [_entry(one, comparing=outcome.comparing) for one in _ordered(outcome)]
    problems = [[_problem(one)] for one in outcome.problems]
    body: list[CardElement] = [
        heading(_title(outcome)),
        words(_summary(outcome), bold=True),
        *([words(outcome.note, spacing="Small")] if outcome.note else []),
        *listing.fitting(problems, total=len(problems), more="and {count} more problems", most=_MOST_PROBLEMS),
        *listing.fitting(entries, total=len(entries), more="and {count} more packages", most=_MOST_PACKAGES),
        *([words(_only_here(outcome), spacing="Medium")] if outcome.only_here else []),
        *_choices(outcome),
        small(_foot(outcome)),
        *row(_actions(outcome)),
    ]
    return finished(body, text(outcome))


def _choices(outcome: FilePlan) -> list[CardElement]:
    return [
        fields.one_of(
            f"pick.{at}",
            f"What is “{plain(one.ref, _LONGEST_NAME)}”?",
            one.choices,
            "",
            short=True,
            room=_ROOM_FOR_CHOICES,
            placeholder="Choose one",
        )
        for at, one in enumerate(outcome.unclear[:_MOST_CHOICES])
        if one.choices
    ]


def _actions(outcome: FilePlan) -> list[Action]:
    choose = actions([outcome.choose], with_inputs=True) if outcome.choose else []
    return [*choose, *actions(outcome.presses)][:MOST]


def text(outcome: FilePlan) -> str:
    """The same in plain text."""
    lines = [_title(outcome), _summary(outcome)]
    lines += [plain(outcome.note, _LONGEST_LINE)] if outcome.note else []
    problems = [_said(one) for one in outcome.problems]
    lines += listing.lines(problems, total=len(problems), more="and {count} more problems", most=_MOST_PROBLEMS)
    for one in _ordered(outcome)[:_MOST_PACKAGES]:
        icon, word, _ = _mark(one, comparing=outcome.comparing)
        lines += [f"{icon} {word}: {_name(one)}", *_details(one, comparing=outcome.comparing)]
    lines += [_only_here(outcome)] if outcome.only_here else []
    return "\n".join([*lines, _foot(outcome)])


def _ordered(outcome: FilePlan) -> list[FiledLine]:
    return sorted(outcome.lines, key=lambda one: _ORDER.index(one.verdict))


def _title(outcome: FilePlan) -> str:
    if outcome.problems:
        return "This file cannot be read"
    return "The file beside the tenant" if outcome.comparing else "What applying this file would do"


def _summary(outcome: FilePlan) -> str:
    if outcome.problems:
        count = len(outcome.problems)
        return f"✖ {count} problem{'' if count == 1 else 's'}. Nothing was done."
    counts = Counter(one.verdict for one in outcome.lines)
    marks = {**_MARKS, **_COMPARED} if outcome.comparing else _MARKS
    said = [f"{marks[verdict][0]} {marks[verdict][1]}: {counts[verdict]}" for verdict in _ORDER if counts[verdict]]
    return " · ".join(said) or "✔ There is nothing in it"


def _mark(line: FiledLine, *, comparing: bool) -> tuple[str, str, Colour]:
    return (_COMPARED if comparing else _MARKS).get(line.verdict, _MARKS[line.verdict])


def _entry(line: FiledLine, *, comparing: bool) -> list[CardElement]:
    icon, word, colour = _mark(line, comparing=comparing)
    title = words(f"{word}: {_name(line)}", bold=True)
    details = [small(detail) for detail in _details(line, comparing=comparing)]
    return [beside(words(icon, colour=colour), [title, *details], spacing="Medium")]


def _name(line: FiledLine) -> str:
    name = plain(line.name, _LONGEST_NAME) or "a package without a name"
    return f"{name} (catalog {plain(line.catalog, _LONGEST_NAME)})" if line.catalog else name


def _details(line: FiledLine, *, comparing: bool) -> list[str]:
    said = [
        *map(_said, line.problems),
        *(_both(one, comparing=comparing) for one in line.differences),
        *(plain(one, _LONGEST_LINE) for one in line.makes),
    ]
    notes = [f"● {plain(one, _LONGEST_LINE)}" for one in line.notes[:_MOST_NOTES]]
    return [*listing.lines(said, total=len(said), more="and {count} more settings", most=_MOST_DETAILS), *notes]


def _both(one: Difference, *, comparing: bool) -> str:
    what, was, becomes = (plain(said, _LONGEST_SIDE) for said in (one.what, one.was, one.becomes))
    if comparing:
        return f"{what}: tenant: {was or 'nothing'} · file: {becomes or 'nothing'}"
    return f"{what}: was: {was or 'nothing'} → becomes: {becomes or 'nothing'}"


def _problem(one: FileProblem) -> CardElement:
    return beside(words("✖", colour="Attention"), [words(_said(one))])


def _said(one: FileProblem) -> str:
    where = f"Line {one.spot.line}, column {one.spot.column}: " if one.spot else ""
    shown = f" In the file: {plain(one.shown, _LONGEST_SIDE)}" if one.shown else ""
    return f"{where}{plain(one.text, _LONGEST_LINE)}{shown}"


def _only_here(outcome: FilePlan) -> str:
    shown = ", ".join(plain(name, _LONGEST_NAME) for name in outcome.only_here[:10])
    more = f" and {len(outcome.only_here) - 10} more" if len(outcome.only_here) > 10 else ""
    return f"Only in the tenant: {shown}{more}. The file does not name them, so they stay as they are."


def _foot(outcome: FilePlan) -> str:
    if outcome.comparing and not outcome.problems:
        return "“Tenant” is how it is now, “file” how applying the file would make it. To do that: package apply."
    return "Nothing has been written."
