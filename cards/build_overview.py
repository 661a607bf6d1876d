"""The card that shows how far the packages of an applied file are."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import BuildLine, BuildOverview, Tone
from cards import listing
from cards.elements import CardElement, beside, finished, heading, small, words
from cards.literal import plain
from cards.presses import buttons
from cards.tones import MARKS

_MOST = 25
_LONGEST_NAME = 120
_LONGEST_STATE = 300


def card(outcome: BuildOverview) -> dict[str, Any]:
    """Each package with its state; the card of each shows every step."""
    rows = [[_row(one)] for one in outcome.lines]
    tone = _tone(outcome)
    body: list[CardElement] = [
        heading(_title(outcome)),
        words(f"{MARKS[tone].label}: {_summary(outcome)}", colour=MARKS[tone].colour, bold=True),
        *listing.fitting(rows, total=len(rows), more="and {count} more packages", most=_MOST),
        *buttons(outcome.presses),
    ]
    return finished(body, text(outcome))


def text(outcome: BuildOverview) -> str:
    """The same in plain text."""
    rows = [f"{MARKS[one.tone].icon} {plain(one.name, _LONGEST_NAME)}: {_state(one)}" for one in outcome.lines]
    shown = listing.lines(rows, total=len(rows), more="and {count} more packages", most=_MOST)
    return "\n".join([f"{_title(outcome)}: {_summary(outcome)}", *shown])


def _title(outcome: BuildOverview) -> str:
    return "The file was applied" if outcome.settled and not _stopped(outcome) else "Applying the file"


def _tone(outcome: BuildOverview) -> Tone:
    if not outcome.settled:
        return Tone.WORKING
    return Tone.BAD if _stopped(outcome) else Tone.GOOD


def _stopped(outcome: BuildOverview) -> int:
    return sum(one.tone in (Tone.BAD, Tone.WARNING) for one in outcome.lines)


def _summary(outcome: BuildOverview) -> str:
    done = sum(one.tone is Tone.GOOD for one in outcome.lines)
    stopped = _stopped(outcome)
    said = f"{done} of {len(outcome.lines)} packages done"
    return f"{said}, {stopped} stopped" if stopped else said


def _row(one: BuildLine) -> CardElement:
    mark = MARKS[one.tone]
    return beside(
        words(mark.icon, colour=mark.colour),
        [words(plain(one.name, _LONGEST_NAME)), small(f"{mark.word}: {_state(one)}")],
    )


def _state(one: BuildLine) -> str:
    return plain(one.state, _LONGEST_STATE) or "unknown"
