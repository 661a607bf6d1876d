"""The card with the tenant's access packages: what a guest can do with each, and its request link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.domain.outcomes import PackageList, Press
from bot.domain.packages import AccessPackage, Expiration
from cards import listing
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.presses import MOST, action, buttons, is_web, opening, row
from cards.when import day

_MORE = 'and {count} more: type invite <address> to "<package>"'
#: A package that guests can request has two buttons, so that three fill a card; the others are reached by typing.
_WITH_BUTTONS = MOST // 2


def card(outcome: PackageList) -> dict[str, Any]:
    """Each package with who may ask, whether it needs approval and when access ends."""
    entries = [_entry(package) for package in outcome.packages]
    total = len(entries)
    open_ones = [pair for pair in zip(entries, outcome.packages, strict=True) if pair[1].request_policy]
    for entry, package in open_ones[:_WITH_BUTTONS]:
        entry.extend(_buttons(outcome, package))
    body = [heading("Access packages"), *listing.fitting(entries, total=total, more=_MORE)]
    if not total:
        body += [words("There are no access packages you can see."), *buttons(outcome.presses)]
    return finished(body, text(outcome))


def text(outcome: PackageList) -> str:
    """The same in plain text, with every link."""
    lines = [_line(outcome, package) for package in outcome.packages]
    shown = listing.lines(lines, total=len(lines), more=_MORE)
    return "\n".join(["Access packages", *(shown or ["There are no access packages you can see."])])


def _line(outcome: PackageList, package: AccessPackage) -> str:
    link = outcome.links.get(package.id, "")
    return f"{plain(package.name, 120)}: {_state(package)}" + (f" {link}" if link else "")


def _entry(package: AccessPackage) -> list[CardElement]:
    described = [small(plain(package.description, 160))] if package.description else []
    return [
        words(plain(package.name, 120), bold=True, spacing="Medium"),
        *described,
        small(f"{_state(package)} Catalog: {plain(package.catalog.name, 80)}."),
    ]


def _state(package: AccessPackage) -> str:
    asked = package.request_policy
    if package.hidden:
        return "○ Hidden: only its link leads to it."
    if asked is None:
        direct = package.direct_policy is not None
        return "○ Assigned by administrators only." if direct else "✖ Not open to guests."
    approval = "⚠ Guests can ask, with approval." if asked.needs_approval else "✔ Guests can ask, no approval."
    return f"{approval} Access {_ending(asked.expiration)}."


def _ending(expiration: Expiration) -> str:
    if expiration.after is not None:
        return f"ends after {_length(expiration.after)}"
    return f"ends on {day(expiration.on)}" if expiration.on else "does not end by itself"


def _length(after: timedelta) -> str:
    if after >= timedelta(days=1):
        return "1 day" if after.days == 1 else f"{after.days} days"
    hours = max(1, round(after / timedelta(hours=1)))
    return "1 hour" if hours == 1 else f"{hours} hours"


def _buttons(outcome: PackageList, package: AccessPackage) -> list[CardElement]:
    link = outcome.links.get(package.id, "")
    invite = Press("Invite a guest", "invite", {"package": package.id})
    pressed = [action(invite)] if outcome.may_invite else []
    return row([*pressed, *([opening("Request link", link)] if is_web(link) else [])])
