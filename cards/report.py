"""The card with the tenant's numbers: small charts that say everything in words, too."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.domain.outcomes import Press, ReportShown
from cards.chart import Bar, chart, lines
from cards.elements import CardElement, ContainerStyle, finished, heading, small, subheading, words
from cards.literal import plain
from cards.presses import buttons
from cards.when import ago, stamped

_TITLE = "Guests and access in numbers"
_STATES: dict[str, tuple[str, str, ContainerStyle]] = {
    "accepted": ("✔", "Invitation accepted", "good"),
    "pending": ("⏳", "Invitation not accepted yet", "accent"),
    "blocked": ("⚠", "Sign-in blocked", "warning"),
    "deleted": ("✖", "Deleted in the last 30 days", "attention"),
}
_NONE = "There are none."
_HOURS, _DAYS = 3600, 86_400
_PRESSES = (Press("Guests", "guests"), Press("Access packages", "packages"))


def card(outcome: ReportShown) -> dict[str, Any]:
    """Each chart under its heading; when it was read stands at the end."""
    body: list[CardElement] = [heading(_TITLE)]
    for title, bars, note in _parts(outcome):
        body += [subheading(title), *(chart(bars) or [words(_NONE)]), *([small(note)] if note else [])]
    body += [subheading("From invite to access"), words(_took(outcome)), small(_read_at(outcome)), *buttons(_PRESSES)]
    return finished(body, text(outcome))


def text(outcome: ReportShown) -> str:
    """The same in plain text."""
    told = [_TITLE]
    for title, bars, note in _parts(outcome):
        told += [title, *(lines(bars) or [_NONE]), *([note] if note else [])]
    return "\n".join([*told, "From invite to access", _took(outcome), _read_at(outcome)])


def _parts(outcome: ReportShown) -> list[tuple[str, list[Bar], str]]:
    numbers = outcome.numbers
    guests: list[Bar] = [
        (icon, word, numbers.guests.get(state, 0), style) for state, (icon, word, style) in _STATES.items()
    ]
    used: list[Bar] = [("●", plain(name, 80) or "…", count, "accent") for name, count in numbers.packages]
    ends: list[Bar] = [("⏳", _week(monday), count, "warning") for monday, count in numbers.ends]
    more = f"and {numbers.others} more packages that are used less. " if numbers.others else ""
    only = "Only the access packages of your catalogs. " if outcome.limited else ""
    many = "Held once" if numbers.accesses == 1 else f"Held {numbers.accesses:,} times"
    return [
        ("Guests by state", guests, ""),
        ("Access packages by use", used, f"{more}{only}{many} in all, members included."),
        ("Access that ends, by week", ends, ""),
    ]


def _week(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    return f"{monday.day} {monday:%B} to {sunday.day} {sunday:%B}"


def _took(outcome: ReportShown) -> str:
    numbers = outcome.numbers
    if numbers.took is None:
        return f"No invite of the last {outcome.looked_back} days has led to access yet."
    counted = "1 invite" if numbers.delivered == 1 else f"{numbers.delivered} invites"
    return f"Median {_length(numbers.took)}, over {counted} of the last {outcome.looked_back} days."


def _length(took: timedelta) -> str:
    seconds = max(0, round(took.total_seconds()))
    for size, unit in ((_DAYS, "day"), (_HOURS, "hour"), (60, "minute")):
        if seconds >= size:
            count = round(seconds / size, 1)
            return f"1 {unit}" if count == 1 else f"{count:g} {unit}s"
    return "less than a minute"


def _read_at(outcome: ReportShown) -> str:
    read = f"Read from Microsoft Entra on {stamped(outcome.read_at, outcome.time_zone)}"
    return read if outcome.counted_at is None else f"{read}, access as of {ago(outcome.counted_at, outcome.read_at)}"
