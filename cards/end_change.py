"""The card of an extension, or of one that is taken back: from when to when, by whom, how it stands, and Undo."""

from __future__ import annotations

from typing import Any

from bot.domain.end_changes import ChangeState, EndChange, is_same
from bot.domain.outcomes import Extending, Press, Style, Tone
from cards.elements import CardElement, facts, finished, heading, words
from cards.literal import plain
from cards.presses import buttons
from cards.tones import MARKS
from cards.when import day

_TONES = {
    ChangeState.BEGUN: Tone.WORKING,
    ChangeState.WAITING: Tone.WORKING,
    ChangeState.DONE: Tone.GOOD,
    ChangeState.FAILED: Tone.BAD,
}
_LONGEST_REASON = 400
_LONGEST_ADDRESS = 320


def card(outcome: Extending) -> dict[str, Any]:
    """Drawn anew each time the change gets further."""
    mark = MARKS[_TONES[outcome.change.state]]
    body: list[CardElement] = [
        words(f"{mark.icon} {_standing(outcome)}", colour=mark.colour, bold=True),
        heading(_title(outcome.change)),
        *([words(said)] if (said := _said(outcome)) else []),
        *facts(_facts(outcome)),
        *buttons(_presses(outcome.change)),
    ]
    return finished(body, text(outcome))


def text(outcome: Extending) -> str:
    """The same in plain text."""
    mark = MARKS[_TONES[outcome.change.state]]
    said = _said(outcome)
    return "\n".join(
        [
            f"{_title(outcome.change)}: {mark.icon} {_standing(outcome)}",
            *([plain(said, _LONGEST_REASON)] if said else []),
            *(f"{title}: {plain(value)}" for title, value in _facts(outcome)),
        ]
    )


def _title(change: EndChange) -> str:
    return f"{plain(change.address, 120)}, {plain(change.package_name, 120) or 'access package'}"


def _standing(outcome: Extending) -> str:
    change = outcome.change
    ends = day(change.ends_at, outcome.time_zone)
    match change.state:
        case ChangeState.DONE if change.undoes:
            return f"Taken back: access ends on {ends} again"
        case ChangeState.DONE if change.undone_by:
            return f"Extended, then taken back by {plain(change.undone_by, 80)}"
        case ChangeState.DONE:
            return f"Extended: access ends on {ends}"
        case ChangeState.FAILED:
            return "Not taken back" if change.undoes else "Not extended"
        case ChangeState.WAITING:
            return "Waiting for approval"
        case _:
            return f"Working: Entra is moving the end to {ends}"


def _said(outcome: Extending) -> str:
    change = outcome.change
    if change.state is ChangeState.FAILED:
        return plain(change.reason, _LONGEST_REASON)
    if change.state is ChangeState.WAITING:
        return "The package's policy asks an approver before access goes on. This card follows the request."
    if change.given and not is_same(change.given, change.new_end):
        return f"Asked for was {day(change.new_end, outcome.time_zone)}; Entra gave what the package allows."
    return ""


def _facts(outcome: Extending) -> list[tuple[str, str]]:
    change = outcome.change
    did = "Taken back by" if change.undoes else "Extended by"
    over = change.state is ChangeState.DONE
    return [
        ("Ended on" if over else "Ends on now", day(change.old_end, outcome.time_zone)),
        (did if over else "Asked by", plain(change.by_name, 120) or "somebody"),
    ]


def _presses(change: EndChange) -> tuple[Press, ...]:
    address = change.address[:_LONGEST_ADDRESS]
    about = {"address": address, "package": change.package_id, "person": change.person_id}
    if change.state is ChangeState.FAILED:
        return (Press("Look again", "extend", about, style=Style.PRIMARY), Press("Why?", "why", about))
    if change.state is not ChangeState.DONE:
        return ()
    status = Press("Status", "status", {"address": address})
    if change.undoes or change.undone_by:
        return (Press("Extend…", "extend", about), status)
    return (Press("Undo", "extend.undo", {"change": change.id}), status)
