"""The card of a build: every step of making, changing or taking back a package, and then the finished package."""

from __future__ import annotations

from typing import Any

from microsoft_teams.cards.core import Action

from bot.domain.building.builds import BuildState
from bot.domain.outcomes import BuildProgress, LineState
from cards import differences, listing, waiting
from cards.elements import (
    CardElement,
    Colour,
    ContainerStyle,
    bar,
    beside,
    box,
    finished,
    heading,
    small,
    subheading,
    words,
)
from cards.fields import copying
from cards.literal import plain
from cards.presses import MOST, action, row, toggling

_MARKS: dict[LineState, tuple[str, str, Colour, ContainerStyle]] = {
    LineState.DONE: ("✔", "Done", "Good", "good"),
    LineState.NOW: ("➜", "Now", "Accent", "accent"),
    LineState.LATER: ("○", "Later", "Default", "emphasis"),
    LineState.STUCK: ("✖", "Stopped", "Attention", "attention"),
}
_COPY = "copy"
_MOST_STEPS = 40
_MOST_PARTS = 12
_LONGEST_NAME = 120
_LONGEST_LINE = 200


def card(outcome: BuildProgress) -> dict[str, Any]:
    """The whole card, drawn anew after each step."""
    icon, colour = _standing_mark(outcome)
    steps = [[_row(each.title, each.state)] for each in outcome.steps[:_MOST_STEPS]]
    body: list[CardElement] = [
        heading(_title(outcome)),
        words(f"{icon} {_standing(outcome)}", colour=colour, bold=True),
        *_bar(outcome),
        *listing.fitting(steps, total=len(outcome.steps), more="and {count} more steps", most=_MOST_STEPS),
        *_failure(outcome),
        *waiting.rows(outcome.waiting),
        *([subheading("What changed"), *differences.rows(outcome.changes)] if outcome.changes else []),
        *_copying(outcome),
        *row(_actions(outcome)),
    ]
    return finished(body, text(outcome))


def text(outcome: BuildProgress) -> str:
    """The same in plain text."""
    steps = [
        f"{_MARKS[each.state][0]} {_MARKS[each.state][1]}: {plain(each.title, _LONGEST_LINE)}" for each in outcome.steps
    ]
    failed = [f"✖ Problem: {plain(outcome.failure, 700)}"] if outcome.failure else []
    link = [f"Request link: {outcome.link}"] if outcome.link else []
    return "\n".join(
        [
            f"{_title(outcome)}: {_standing(outcome)}",
            *listing.lines(steps, total=len(steps), more="and {count} more steps"),
            *failed,
            *waiting.lines(outcome.waiting),
            *differences.lines(outcome.changes),
            *link,
        ]
    )


def _title(outcome: BuildProgress) -> str:
    name = plain(outcome.name, _LONGEST_NAME) or "Access package"
    if outcome.undoing:
        return f"Taking back: {name}"
    return f"Changing access package: {name}" if outcome.changing else f"New access package: {name}"


def _standing(outcome: BuildProgress) -> str:
    done = sum(each.state is LineState.DONE for each in outcome.steps)
    stuck = next((each for each in outcome.steps if each.state is LineState.STUCK), None)
    if outcome.failure:
        return f"Stopped at: {plain(stuck.title, _LONGEST_LINE)}" if stuck else "Stopped"
    if outcome.state is BuildState.BUILT:
        return "Changed: everything is as you asked" if outcome.changing else "Created: the package is ready"
    if outcome.state is BuildState.UNDONE:
        return "Taken back: everything is as it was before"
    if outcome.state is BuildState.UNDOING and outcome.changing:
        return "Being taken back: a card of its own shows every step"
    return f"In progress: {done} of {len(outcome.steps)} steps done"


def _standing_mark(outcome: BuildProgress) -> tuple[str, Colour]:
    if outcome.failure:
        return "✖", "Attention"
    if outcome.state in (BuildState.BUILT, BuildState.UNDONE):
        return "✔", "Good"
    return "⏳", "Accent"


def _bar(outcome: BuildProgress) -> list[CardElement]:
    """How far it is, at a glance; the steps below say the same in words."""
    parts = [(_MARKS[each.state][0], _MARKS[each.state][3]) for each in outcome.steps[:_MOST_PARTS]]
    return [bar(parts)] if parts and len(outcome.steps) <= _MOST_PARTS else []


def _row(title: str, state: LineState) -> CardElement:
    icon, word, colour, _ = _MARKS[state]
    return beside(words(icon, colour=colour), [words(plain(title, _LONGEST_LINE)), small(word)])


def _failure(outcome: BuildProgress) -> list[CardElement]:
    if not outcome.failure:
        return []
    said: list[CardElement] = [words(f"✖ Problem: {outcome.failure}", bold=True)]
    if outcome.code:
        said.append(small(f"Code: {plain(outcome.code, _LONGEST_NAME)}"))
    return [box(said, style="attention", spacing="Medium")]


def _copying(outcome: BuildProgress) -> list[CardElement]:
    if not outcome.link:
        return []
    name = plain(outcome.name, _LONGEST_NAME)
    line = f"Please use this link to ask for access to {name}: {outcome.link}"
    return [box(copying(outcome.link, line), name=_COPY, hidden=True)]


def _actions(outcome: BuildProgress) -> list[Action]:
    copy: list[Action] = [toggling("Copy link", _COPY)] if outcome.link else []
    return [*copy, *(action(press) for press in outcome.presses if press.verb and not press.url)][:MOST]
