"""The card of one catalog: state, resources with their roles, access packages, and who works in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.domain.building.resources import ResourceCandidate, System
from bot.domain.outcomes import CatalogDetails
from bot.domain.roles import CatalogRole
from cards import listing
from cards.catalogs import state
from cards.elements import CardElement, finished, heading, small, subheading, words
from cards.literal import plain
from cards.presses import buttons

_MOST = 8
_MORE = "and {count} more"
_SYSTEMS = {System.GROUP: "group or team", System.APPLICATION: "application", System.SITE: "site"}


def card(outcome: CatalogDetails) -> dict[str, Any]:
    """Everything in it, the first few of each kind."""
    body: list[CardElement] = [
        heading(_title(outcome)),
        *([words(f"✔ {outcome.said}", colour="Good")] if plain(outcome.said) else []),
        words(state(outcome.catalog)),
        *([small(outcome.catalog.description[:400])] if plain(outcome.catalog.description) else []),
    ]
    for title, lines, none in _parts(outcome):
        entries = ([words(f"• {line}", spacing="Small")] for line in lines)
        body += [subheading(f"{title} ({len(lines)})")]
        body += listing.fitting(entries, total=len(lines), more=_MORE, most=_MOST)
        body += [] if lines else [small(none)]
    return finished([*body, *buttons(outcome.presses)], text(outcome))


def text(outcome: CatalogDetails) -> str:
    """The same in plain text."""
    told = [_title(outcome), *([f"✔ {plain(outcome.said, 300)}"] if plain(outcome.said) else [])]
    told.append(state(outcome.catalog))
    for title, lines, none in _parts(outcome):
        shown = listing.lines([f"• {line}" for line in lines], total=len(lines), more=_MORE, most=_MOST)
        told += [f"{title} ({len(lines)})", *(shown or [none])]
    return "\n".join(told)


def _title(outcome: CatalogDetails) -> str:
    return f"Catalog “{plain(outcome.catalog.name, 120)}”"


def _parts(outcome: CatalogDetails) -> tuple[tuple[str, Sequence[str], str], ...]:
    """Title, lines, and what is said where there are none."""
    resources = [_resource(each) for each in outcome.resources]
    packages = [plain(each.name, 120) or "…" for each in outcome.packages]
    return (
        ("Resources", resources, "Nothing yet: access packages can open only what is in their catalog."),
        ("Access packages", packages, "None yet."),
        ("Who works in it", _workers(outcome), "Nobody besides the administrators."),
    )


def _resource(each: ResourceCandidate) -> str:
    roles = plain(", ".join(role.name for role in each.roles), 160)
    kind = _SYSTEMS.get(each.resource.system, "resource")
    return f"{plain(each.resource.name, 120)} ({kind}){f': {roles}' if roles else ''}"


def _workers(outcome: CatalogDetails) -> list[str]:
    """One line for each role that somebody holds."""
    held = {role: [one for one in outcome.workers if one.role is role] for role in CatalogRole}
    return [
        f"{role.value}: {plain(', '.join(one.principal_name or one.principal_id for one in who), 300)}"
        for role, who in held.items()
        if who
    ]
