"""The card with all that happened to one guest, and the state of each package on top."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import Entry, Timeline, Tone
from bot.domain.people import Person
from cards import listing
from cards.elements import CardElement, beside, facts, finished, heading, small, subheading, words
from cards.literal import plain
from cards.presses import buttons
from cards.tones import MARKS
from cards.when import moment

_MOST_STATES = 12
_MOST_AHEAD = 8
_AHEAD = "Now and next"
_WORDS = {Tone.GOOD: "Done", Tone.WORKING: "Under way"}


def card(outcome: Timeline) -> dict[str, Any]:
    """Newest entries are kept where not all fit; they read from old to new."""
    newest = listing.kept(_entry(entry, outcome.time_zone) for entry in reversed(outcome.entries))
    left_out = len(outcome.entries) - len(newest)
    body: list[CardElement] = [
        heading(_title(outcome)),
        *([small(_account(outcome.person))] if outcome.person else []),
        *facts(outcome.states[:_MOST_STATES]),
        subheading("What happened"),
        *([small(f"{left_out} earlier entries are not shown")] if left_out else []),
        *(element for entry in reversed(newest) for element in entry),
        *([] if newest else [words("Nothing is known yet.")]),
        *_ahead(outcome),
        *buttons(outcome.presses),
    ]
    return finished(body, text(outcome))


def text(outcome: Timeline) -> str:
    """The same in plain text."""
    states = [f"{plain(name)}: {plain(state)}" for name, state in outcome.states[:_MOST_STATES]]
    account = [_account(outcome.person)] if outcome.person else []
    entries = [f"{_when(entry, outcome.time_zone)}: {_said(entry)}" for entry in outcome.entries[-listing.MOST :]]
    ahead = [f"{_when(entry, outcome.time_zone)}: {_said(entry)}" for entry in outcome.ahead[:_MOST_AHEAD]]
    told = [_title(outcome), *account, *states, *(entries or ["Nothing is known yet."])]
    return "\n".join([*told, *([_AHEAD, *ahead] if ahead else [])])


def _ahead(outcome: Timeline) -> list[CardElement]:
    if not outcome.ahead:
        return []
    rows = [_entry(entry, outcome.time_zone) for entry in outcome.ahead]
    return [subheading(_AHEAD), *listing.fitting(rows, total=len(rows), more="and {count} more", most=_MOST_AHEAD)]


def _title(outcome: Timeline) -> str:
    address = plain(outcome.address, 120)
    name = plain(outcome.person.name, 120) if outcome.person else ""
    return f"{name} ({address})" if name and name != address else address


def _account(person: Person) -> str:
    return f"Account: {account_state(person)}"


def account_state(person: Person) -> str:
    """Icon and word for the state of somebody's account."""
    if person.is_deleted:
        return "✖ Deleted"
    if not person.enabled:
        return "⚠ Sign-in blocked"
    if not person.is_guest:
        return "● Member"
    return "✔ Invitation accepted" if person.has_redeemed else "⏳ Invitation not accepted yet"


def _entry(entry: Entry, time_zone: str) -> list[CardElement]:
    mark = MARKS[entry.tone]
    lines: list[CardElement] = [words(entry.text), small(_when(entry, time_zone))]
    return [beside(words(mark.icon, colour=mark.colour), lines)]


def _said(entry: Entry) -> str:
    return f"{MARKS[entry.tone].icon} {plain(entry.text, 300)}"


def _when(entry: Entry, time_zone: str) -> str:
    word = _WORDS.get(entry.tone, MARKS[entry.tone].word)
    if entry.at:
        return f"{word}, {moment(entry.at, time_zone)}"
    return "Now" if entry.tone in (Tone.BAD, Tone.WARNING) else "Expected"
