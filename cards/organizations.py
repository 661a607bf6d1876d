"""The card with the connected organizations: who they are, how they sign in, who vouches for them."""

from __future__ import annotations

from typing import Any

from bot.domain.building.organizations import ConnectedOrganization, OrganizationState
from bot.domain.outcomes import OrganizationList
from cards import listing
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.presses import buttons

_MORE = 'and {count} more: type org "<name>"'
_NONE = "There are none yet. Type: org add fabrikam.com"
_STATES = {
    OrganizationState.CONFIGURED: "✔ Configured: counts as one of all configured connected organizations.",
    OrganizationState.PROPOSED: "○ Proposed: does not count until it is configured.",
}


def card(outcome: OrganizationList) -> dict[str, Any]:
    """Each organization with its state in words."""
    entries = (_entry(each) for each in outcome.organizations)
    body: list[CardElement] = [
        heading("Connected organizations"),
        *listing.fitting(entries, total=len(outcome.organizations), more=_MORE),
        *([] if outcome.organizations else [words(_NONE)]),
        *buttons(outcome.presses),
    ]
    return finished(body, text(outcome))


def text(outcome: OrganizationList) -> str:
    """The same in plain text."""
    lines = [f"{_name(each)}: {_STATES[each.state]} {_sources(each)}" for each in outcome.organizations]
    return "\n".join(["Connected organizations", *(listing.lines(lines, total=len(lines), more=_MORE) or [_NONE])])


def _entry(each: ConnectedOrganization) -> list[CardElement]:
    return [
        words(_name(each), bold=True, spacing="Medium"),
        small(_STATES[each.state]),
        small(f"{_sources(each)}. {_sponsors(each)}"),
    ]


def _name(each: ConnectedOrganization) -> str:
    return plain(each.name, 120) or "…"


def _sources(each: ConnectedOrganization) -> str:
    named = [one.domain or (f"tenant {one.tenant_id}" if one.tenant_id else one.name) for one in each.sources]
    return plain(", ".join(named), 200) or "No domain and no tenant"


def _sponsors(each: ConnectedOrganization) -> str:
    people = [one.name for one in (*each.internal_sponsors, *each.external_sponsors)]
    return f"Sponsors: {plain(', '.join(people), 200)}." if people else "No sponsors."
