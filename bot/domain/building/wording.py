"""A whole access package in plain words: every setting, in the order of the portal's wizard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, tzinfo

from bot.domain.building import policy_rows
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.lengths import count
from bot.domain.building.resources import ResourceRole, System
from bot.domain.building.rows import BASICS, REQUESTS, ROLES, SEPARATION, Row, listed
from bot.domain.building.terms import Terms
from bot.domain.packages import Scope

_KINDS = {System.APPLICATION: "application", System.GROUP: "group", System.SITE: "site"}


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the wizard: its title and a line for each setting, `label: text`. Not escaped for markdown."""

    title: str
    lines: tuple[str, ...]


def sections(blueprint: Blueprint, *, zone: tzinfo = UTC) -> tuple[Section, ...]:
    """Every setting in plain words; with several policies each has its own sections. Dates as they are in `zone`."""
    lines: dict[str, list[str]] = {}
    for row in rows(blueprint, zone=zone):
        lines.setdefault(row.section, []).append(f"{row.label}: {row.text}")
    return tuple(Section(title, tuple(said)) for title, said in lines.items())


def policy_lines(terms: Terms, *, zone: tzinfo = UTC) -> tuple[str, ...]:
    """Every setting of one policy, `label: text`."""
    return tuple(f"{row.label}: {row.text}" for row in policy_rows.rows(terms, zone=zone))


def headline(terms: Terms, *, zone: tzinfo = UTC) -> str:
    """The policy in one line: who can ask, what stands in between, when access ends."""
    asked = "Only administrators assign people"
    if terms.scope is not Scope.DIRECT_ONLY:
        asked = policy_rows.scope(terms) + (" can ask" if terms.accepts_requests else ", closed for new requests")
    between = f"approval in {count(len(terms.stages), 'stage')}" if terms.stages else "no approval"
    questions = [count(len(terms.questions), "question")] if terms.questions else []
    ends = policy_rows.ending(terms.ends, zone)
    review = ["reviewed"] if terms.review else []
    return "; ".join([asked, between, *questions, f"access ends {ends}", *review])


def rows(blueprint: Blueprint, *, zone: tzinfo = UTC) -> Iterator[Row]:
    """Every setting with the data behind it, in the order of `sections`."""
    yield from _basics(blueprint)
    yield from _roles(blueprint)
    yield from _policies(blueprint, zone)
    yield from _separation(blueprint)


def _basics(blueprint: Blueprint) -> Iterator[Row]:
    yield Row(BASICS, "Name", blueprint.name, blueprint.name)
    yield Row(BASICS, "Description", blueprint.description or "none", blueprint.description)
    yield Row(BASICS, "Catalog", blueprint.catalog.name, blueprint.catalog.id)
    shown = "hidden, only its link leads there" if blueprint.hidden else "shown in My Access to all who may ask"
    yield Row(BASICS, "Visibility", shown, blueprint.hidden)


def _roles(blueprint: Blueprint) -> Iterator[Row]:
    by_resource: dict[tuple[System, str], list[ResourceRole]] = {}
    for role in blueprint.roles:
        by_resource.setdefault((role.resource.system, role.resource.origin_id.casefold()), []).append(role)
    labels: set[str] = set()
    for (system, origin), given in by_resource.items():
        label = f"{given[0].resource.name} ({_KINDS[system]})"
        # Two of the same name stay two.
        label = f"{label} {origin}" if label in labels else label
        labels.add(label)
        names = listed([role.role.name or role.role.id for role in given])
        yield Row(ROLES, label, names, frozenset(role.key for role in given))
    if not by_resource:
        yield Row(ROLES, "Resources", "none yet", 0)


def _policies(blueprint: Blueprint, zone: tzinfo) -> Iterator[Row]:
    if not blueprint.policies:
        yield Row(REQUESTS, "Policies", "none: nobody can ask, nobody can be assigned", 0)
    names: set[str] = set()
    for number, terms in enumerate(blueprint.policies, start=1):
        name = f"{terms.name} (number {number})" if terms.name in names else terms.name
        names.add(name)
        for row in policy_rows.rows(terms, zone=zone):
            section = f"{row.section} (policy “{name}”)" if len(blueprint.policies) > 1 else row.section
            yield Row(section, row.label, row.text, row.value)


def _separation(blueprint: Blueprint) -> Iterator[Row]:
    for label, things in (
        ("Incompatible packages", blueprint.incompatible_packages),
        ("Incompatible groups", blueprint.incompatible_groups),
    ):
        named = listed([one.name or one.id for one in things], last="or")
        text = f"who has {named} cannot ask for this one" if things else "none"
        yield Row(SEPARATION, label, text, frozenset(one.id for one in things))
