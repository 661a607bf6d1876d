"""The card of a package on its way out: who has lost it, who still has it, and then that it is gone."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import DeletionProgress, DeletionState
from cards import listing, waiting
from cards.elements import CardElement, Colour, ContainerStyle, bar, box, finished, heading, small, subheading, words
from cards.literal import plain
from cards.presses import buttons

_LONGEST_NAME = 120
_MOST_PARTS = 12
_MOST_LEFT = 10
_MORE = "and {count} more"
_STATES: dict[DeletionState, tuple[str, str, Colour]] = {
    DeletionState.ENDING: ("⏳", "In progress: taking the access back", "Accent"),
    DeletionState.DELETING: ("⏳", "In progress: deleting the package", "Accent"),
    DeletionState.DELETED: ("✔", "Deleted", "Good"),
    DeletionState.STUCK: ("✖", "Stopped", "Attention"),
}


def card(outcome: DeletionProgress) -> dict[str, Any]:
    """Drawn anew after each look at what is left."""
    icon, word, colour = _STATES[outcome.state]
    body: list[CardElement] = [
        heading(_title(outcome)),
        words(f"{icon} {word}", colour=colour, bold=True),
        *_people(outcome),
        *_failure(outcome),
        *waiting.rows(outcome.waiting),
        *buttons(outcome.presses),
    ]
    return finished(body, text(outcome))


def text(outcome: DeletionProgress) -> str:
    """The same in plain text."""
    icon, word, _ = _STATES[outcome.state]
    left = listing.lines(_left(outcome), total=len(outcome.left), more=_MORE, most=_MOST_LEFT)
    return "\n".join(
        [
            f"{_title(outcome)}: {icon} {word}",
            *([_counted(outcome)] if outcome.people else []),
            *(["Still have it:", *left] if left else []),
            *waiting.lines(outcome.waiting),
            *([f"✖ Problem: {plain(outcome.failure, 700)}"] if outcome.failure else []),
        ]
    )


def _title(outcome: DeletionProgress) -> str:
    return f"Deleting “{plain(outcome.name, _LONGEST_NAME)}”"


def _counted(outcome: DeletionProgress) -> str:
    people = "1 person" if outcome.people == 1 else f"{outcome.people} people"
    return f"Access has ended for {outcome.ended} of {people}."


def _left(outcome: DeletionProgress) -> list[str]:
    return [f"• {plain(each, _LONGEST_NAME) or 'somebody without a name'}" for each in outcome.left]


def _people(outcome: DeletionProgress) -> list[CardElement]:
    if not outcome.people:
        return []
    rows = [[words(each, spacing="Small")] for each in _left(outcome)]
    shown = listing.fitting(rows, total=len(rows), more=_MORE, most=_MOST_LEFT)
    left = [subheading("Still have it"), *shown] if shown else []
    return [words(_counted(outcome)), *_bar(outcome), *left]


def _bar(outcome: DeletionProgress) -> list[CardElement]:
    """A part for each person, while they are few; the words above say the same."""
    if outcome.people > _MOST_PARTS:
        return []
    done: tuple[str, ContainerStyle] = ("✔", "good")
    later: tuple[str, ContainerStyle] = ("○", "emphasis")
    ended = min(outcome.ended, outcome.people)
    return [bar([done] * ended + [later] * (outcome.people - ended))]


def _failure(outcome: DeletionProgress) -> list[CardElement]:
    if not outcome.failure:
        return []
    said: list[CardElement] = [words(f"✖ Problem: {plain(outcome.failure, 700)}", bold=True)]
    if outcome.code.strip():
        said.append(small(f"Code: {plain(outcome.code, _LONGEST_NAME)}"))
    return [box(said, style="attention", spacing="Medium")]
