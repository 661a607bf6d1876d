"""The card with the tenant's guests, filtered by state."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import GuestList, Press, Style
from bot.domain.people import Person
from cards import listing
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.presses import buttons
from cards.timeline import account_state
from cards.when import day

STATES = {
    "all": "All",
    "pending": "Pending",
    "accepted": "Accepted",
    "blocked": "Blocked",
    "deleted": "Deleted",
}
_MORE = "and {count} more: type status <address>"


def card(outcome: GuestList) -> dict[str, Any]:
    """The guests in this state, and a button for each state."""
    entries = (_entry(guest, outcome.time_zone) for guest in outcome.guests)
    body: list[CardElement] = [
        heading(_title(outcome)),
        *listing.fitting(entries, total=outcome.total, more=_MORE),
        *([] if outcome.guests else [words("There are none.")]),
        *buttons([_filter(state, outcome) for state in STATES]),
    ]
    return finished(body, text(outcome))


def text(outcome: GuestList) -> str:
    """The same in plain text."""
    lines = [f"{_name(guest)}: {_state(guest, outcome.time_zone)}" for guest in outcome.guests]
    shown = listing.lines(lines, total=outcome.total, more=_MORE)
    return "\n".join([_title(outcome), *(shown or ["There are none."])])


def _title(outcome: GuestList) -> str:
    word = STATES.get(outcome.state, plain(outcome.state, 30))
    return f"Guests: {word.lower()} ({outcome.total})"


def _filter(state: str, outcome: GuestList) -> Press:
    count = outcome.counts.get(state)
    title = STATES[state] if count is None else f"{STATES[state]} ({count})"
    style = Style.PRIMARY if state == outcome.state else Style.PLAIN
    return Press(title, "guests", {"state": state}, style=style)


def _entry(guest: Person, time_zone: str) -> list[CardElement]:
    return [words(_name(guest), bold=True, spacing="Small"), small(_state(guest, time_zone))]


def _name(guest: Person) -> str:
    name, address = plain(guest.name, 80), plain(guest.address or guest.upn, 120)
    return f"{name} ({address})" if name and name != address else address


def _state(guest: Person, time_zone: str) -> str:
    return f"{account_state(guest)}{_dated(guest, time_zone)}"


def _dated(guest: Person, time_zone: str) -> str:
    if guest.deleted_at:
        return f" on {day(guest.deleted_at, time_zone)}"
    if not guest.has_redeemed:
        return f", invited on {day(guest.created_at, time_zone)}" if guest.created_at else ""
    known = guest.redeemed_at if guest.enabled else None
    return f" on {day(known, time_zone)}" if known else ""
