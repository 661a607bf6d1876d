"""Write packages of the tenant as a file, in parts where one card cannot hold it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.command import Ask
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.exporting import filed, names_to_check
from bot.domain.building.filed import FiledPackage
from bot.domain.building.lookup import Found, Wanted
from bot.domain.building.resources import System
from bot.domain.outcomes import LONGEST_PART, PackageFile, weight
from bot.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Written:
    """A file: its name, its text, and the same in parts that each are a file of their own."""

    name: str
    text: str
    parts: tuple[PackageFile, ...]


async def written(blueprints: Sequence[Blueprint], ask: Ask) -> Written:
    """These packages as one file, read from the tenant just now."""
    ordered = sorted(blueprints, key=lambda one: (one.catalog.name.casefold(), one.name.casefold()))
    found = {id_: await _look(id_, ordered, ask) for id_ in dict.fromkeys(one.catalog.id for one in ordered)}
    packages = [filed(one, found[one.catalog.id], zone=ask.zone) for one in ordered]
    tenant = await ask.deps.directory.tenant()
    day = ask.now.astimezone(ask.zone)
    about = f"Access packages of {tenant.domain}, written by Usher on {day.day} {day:%B %Y}."

    def write(some: Sequence[FiledPackage]) -> str:
        return ask.deps.package_files.write(some, about=about, time_zone=str(ask.zone))

    name = _name(packages)
    groups = _grouped(packages, [weight(write([one])) for one in packages])
    parts = [(tuple(one.draft.name for one in group), text) for group in groups for text in _cut(write(group))]
    files = (PackageFile(name, text, names, at, len(parts)) for at, (names, text) in enumerate(parts, 1))
    return Written(name, write(packages), tuple(files))


async def _look(catalog_id: str, blueprints: Sequence[Blueprint], ask: Ask) -> Found:
    """What the tenant has under all names of the packages of one catalog.

    Where Usher may not search sites, they are left out: a site goes by its address anyway.
    """
    wanted = [names_to_check(one) for one in blueprints if one.catalog.id == catalog_id]
    resources = dict.fromkeys(one for each in wanted for one in each.resources)
    subjects = dict.fromkeys(one for each in wanted for one in each.subjects)
    try:
        return await ask.deps.governance.look_up(Wanted(catalog_id, tuple(resources), tuple(subjects)))
    except Forbidden:
        others = tuple(one for one in resources if one[0] is not System.SITE)
        return await ask.deps.governance.look_up(Wanted(catalog_id, others, tuple(subjects)))


def _grouped(packages: Sequence[FiledPackage], weights: Sequence[int]) -> list[list[FiledPackage]]:
    """Packages that fit on a card together; one that fits on none is alone."""
    groups: list[list[FiledPackage]] = []
    room = 0
    for one, needed in zip(packages, weights, strict=True):
        if not groups or needed > room:
            groups.append([])
            room = LONGEST_PART
        groups[-1].append(one)
        room -= needed
    return groups


def _cut(text: str) -> list[str]:
    """The text, in pieces of whole lines where it is too long for a card."""
    pieces: list[str] = [""]
    for line in text.splitlines(keepends=True):
        if pieces[-1] and weight(pieces[-1] + line) > LONGEST_PART:
            pieces.append("")
        pieces[-1] += line
    return pieces


def _name(packages: Sequence[FiledPackage]) -> str:
    only = packages[0].draft.name if len(packages) == 1 else ""
    slug = re.sub(r"[^a-z0-9]+", "-", only.casefold()).strip("-")[:60]
    return f"{slug or 'access-packages'}.yaml"
