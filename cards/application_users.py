"""The card that says who is assigned to an application, how, and until when."""

from __future__ import annotations

from typing import Any

from bot.domain.access import ApplicationUser, Via
from bot.domain.outcomes import ApplicationUsers
from cards import listing
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.when import day

_MORE = "and {count} more: type status <address>"
_OPEN = "⚠ Attention: this application lets everybody sign in, assigned or not."


def card(outcome: ApplicationUsers) -> dict[str, Any]:
    """Each person with the access package behind the assignment."""
    entries = (_entry(user, outcome.time_zone) for user in outcome.users)
    body: list[CardElement] = [
        heading(_title(outcome)),
        *([words(_OPEN, colour="Warning")] if outcome.open_to_all else []),
        *listing.fitting(entries, total=_total(outcome), more=_MORE),
        *([] if outcome.users else [words("Nobody is assigned.")]),
    ]
    return finished(body, text(outcome))


def text(outcome: ApplicationUsers) -> str:
    """The same in plain text."""
    lines = [f"{_name(user)}: {_how(user, outcome.time_zone)}" for user in outcome.users]
    shown = listing.lines(lines, total=_total(outcome), more=_MORE) or ["Nobody is assigned."]
    return "\n".join([_title(outcome), *([_OPEN] if outcome.open_to_all else []), *shown])


def _total(outcome: ApplicationUsers) -> int:
    return max(outcome.total, len(outcome.users))


def _title(outcome: ApplicationUsers) -> str:
    return f"{plain(outcome.application, 120)}: {_total(outcome)} assigned"


def _entry(user: ApplicationUser, time_zone: str) -> list[CardElement]:
    return [words(_name(user), bold=True, spacing="Small"), small(_how(user, time_zone))]


def _name(user: ApplicationUser) -> str:
    name, address = plain(user.name, 80), plain(user.address, 120)
    return f"{name} ({address})" if name and address and name != address else name or address


def _how(user: ApplicationUser, time_zone: str) -> str:
    kind = "Guest" if user.is_guest else "Member"
    through = f"through group {plain(user.group_name, 80)}" if user.via is Via.GROUP else "directly"
    package = f", by package {plain(user.package_name, 80)}" if user.package_name else ""
    since = f", since {day(user.since, time_zone)}" if user.since else ""
    until = f", until {day(user.ends_at, time_zone)}" if user.ends_at else ", no end date"
    return f"{kind}, {through}{package}{since}{until}"
