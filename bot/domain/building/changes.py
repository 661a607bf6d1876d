"""What differs between two states of a package, in the words in which its settings are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, tzinfo

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.rows import Row
from bot.domain.building.wording import rows


@dataclass(frozen=True, slots=True)
class Change:
    """One setting: where it stands, and its text before and after; "" where it is not there."""

    section: str
    label: str
    was: str
    becomes: str


def changes(before: Blueprint | None, after: Blueprint, *, zone: tzinfo = UTC) -> tuple[Change, ...]:
    """Every setting that differs, in the wizard's order; () when nothing does. `before` None: all of them are new."""
    had = {row.place: row for row in rows(before, zone=zone)} if before else {}
    has = {row.place: row for row in rows(after, zone=zone)}
    places = [*has, *(place for place in had if place not in has)]
    return tuple(_change(had.get(place), has.get(place)) for place in places if _differ(had.get(place), has.get(place)))


def _differ(was: Row | None, becomes: Row | None) -> bool:
    return was is None or becomes is None or was.value != becomes.value


def _change(was: Row | None, becomes: Row | None) -> Change:
    said, says = was.text if was else "", becomes.text if becomes else ""
    if said == says:
        # The words are the same, what they stand for is not: two people of one name, for example.
        says = f"{says} (another one)"
    place = becomes or was
    return Change(place.section if place else "", place.label if place else "", said, says)
