"""The card with the tenant's catalogs: what each lets guests do, and how much is in it."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import CatalogEntry, CatalogList
from bot.domain.packages import Catalog
from cards import listing
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.presses import buttons

_MORE = 'and {count} more: type catalog "<name>"'
_NONE = "There are no catalogs you can see."


def card(outcome: CatalogList) -> dict[str, Any]:
    """Each catalog with its state in words."""
    entries = (_entry(each) for each in outcome.entries)
    body: list[CardElement] = [
        heading("Catalogs"),
        *listing.fitting(entries, total=len(outcome.entries), more=_MORE),
        *([] if outcome.entries else [words(_NONE)]),
        *buttons(outcome.presses),
    ]
    return finished(body, text(outcome))


def text(outcome: CatalogList) -> str:
    """The same in plain text."""
    lines = [f"{_name(each)}: {state(each.catalog)} {_contents(each)}" for each in outcome.entries]
    return "\n".join(["Catalogs", *(listing.lines(lines, total=len(lines), more=_MORE) or [_NONE])])


def state(catalog: Catalog) -> str:
    """Icon and words for what guests can do with the packages in it."""
    if not catalog.published:
        return "○ Not published: nobody can ask for what is in it."
    if not catalog.external:
        return "⚠ Published, not visible outside: guests cannot ask."
    return "✔ Published and visible outside: guests can ask."


def counted(number: int, thing: str) -> str:
    """`1 package`, `3 packages`, `no packages`."""
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def _entry(each: CatalogEntry) -> list[CardElement]:
    described = [small(plain(each.catalog.description, 160))] if plain(each.catalog.description) else []
    return [
        words(_name(each), bold=True, spacing="Medium"),
        *described,
        small(f"{state(each.catalog)} {_contents(each)}"),
    ]


def _name(each: CatalogEntry) -> str:
    return plain(each.catalog.name, 120) or "…"


def _contents(each: CatalogEntry) -> str:
    packages = counted(each.packages, "access package")
    resources = "" if each.resources is None else f", {counted(each.resources, 'resource')}"
    inside = f"{packages}{resources}."
    return inside[0].upper() + inside[1:]
