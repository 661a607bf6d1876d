"""Lay a file of access packages beside the tenant: what it would make, what change, and what is wrong."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.commands.command import Ask
from bot.domain.building.applying import Applied, applied, located, settled
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.changes import changes
from bot.domain.building.filed import FiledPackage, FileProblem, FileReading
from bot.domain.building.lookup import Found, Wanted
from bot.domain.building.resolving import references
from bot.domain.building.steps import steps

USUAL_CATALOG = "General"
MOST_AT_ONCE = 5
"""Packages read one by one; more are read all at once, which costs the tenant less."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One package of the file: as it is there (None: it is not), as it shall be (None: there are problems)."""

    filed: FiledPackage
    result: Applied

    @property
    def changes(self) -> bool:
        """Whether anything is to be written."""
        return self.result.wanted is not None and self.result.wanted != self.result.before


@dataclass(frozen=True, slots=True)
class Plan:
    """What the file means for the tenant as it is now. With `problems` of the file itself there is nothing else."""

    packages: tuple[Planned, ...] = ()
    problems: tuple[FileProblem, ...] = ()
    found: Found = field(default_factory=Found)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    @property
    def digest(self) -> str:
        """Two plans that would change the same settings in the same way, and write the same, have the same."""
        meant = [_meant(one.result.before, one.result.wanted) for one in self.packages]
        return hashlib.sha256(repr(meant).encode()).hexdigest()[:24]


def _meant(before: Blueprint | None, wanted: Blueprint | None) -> tuple[object, ...]:
    """What people were shown, and no times or versions, which move by themselves."""
    if wanted is None:
        return ()
    return (wanted.id, wanted.name, changes(before, wanted), tuple(step.title for step in steps(wanted, before)))


async def plan(text: str, ask: Ask, chosen: Mapping[str, str] | None = None) -> Plan:
    """Read fresh from the tenant. Nothing is written. `chosen`: what was chosen for references of several meanings."""
    reading = await asyncio.to_thread(ask.deps.package_files.read, text)
    zone = _zone(reading, ask)
    if reading.problems or zone is None:
        unknown = FileProblem(f"There is no time zone “{reading.time_zone[:60]}”. Write it like Europe/Berlin.")
        return Plan(problems=reading.problems or (unknown,))
    packages = tuple(replace(one, draft=settled(one.draft, chosen or {})) for one in reading.packages)
    tenant = await ask.deps.governance.look_up(Wanted())
    bases = await _bases(packages, tenant, ask)
    answers = await _answers(packages, bases, ask)
    names = {one.draft.name.casefold() for one in packages}
    lines = text.splitlines()
    planned = [
        Planned(one, _shown(_result(one, base, found, names, ask, zone), lines))
        for one, base, found in zip(packages, bases, answers, strict=True)
    ]
    return Plan(tuple(planned), found=tenant, zone=zone)


def _shown(result: Applied, lines: Sequence[str]) -> Applied:
    """With the line of the file beside each problem."""
    return replace(result, problems=tuple(one.beside(lines) for one in result.problems))


def _zone(reading: FileReading, ask: Ask) -> ZoneInfo | None:
    if not reading.time_zone:
        return ask.zone
    try:
        return ZoneInfo(reading.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


Base = Blueprint | None | FileProblem
"""A package as it is, None for one that is not there, or why that cannot be told."""


async def _bases(packages: Sequence[FiledPackage], tenant: Found, ask: Ask) -> list[Base]:
    places = [located(one, tenant) for one in packages]
    ids = [found[0].id for found in places if len(found) == 1]
    if len(ids) > MOST_AT_ONCE:
        known = {one.id: one for one in await ask.deps.governance.blueprints()}
    else:
        known = {one.id: one for one in await asyncio.gather(*map(ask.deps.governance.blueprint, ids))}
    bases: list[Base] = []
    for one, found in zip(packages, places, strict=True):
        if len(found) > 1:
            text = f"Several packages are called “{one.draft.name[:80]}”. Name the catalog, or write the package's id."
            bases.append(FileProblem(text, one.spot("name")))
        elif one.id and not found:
            bases.append(FileProblem(f"There is no package with the id {one.id[:60]}.", one.spot("name")))
        else:
            bases.append(known.get(found[0].id) if found else None)
    return bases


async def _answers(packages: Sequence[FiledPackage], bases: Sequence[Base], ask: Ask) -> list[Found]:
    """What the tenant has under the names of each package: one question for each catalog."""
    wanted: dict[str, Wanted] = {}
    catalogs = [_catalog_of(one, base) for one, base in zip(packages, bases, strict=True)]
    for one, catalog in zip(packages, catalogs, strict=True):
        asked, more = wanted.get(catalog, Wanted(catalog)), references(one.draft)
        wanted[catalog] = replace(
            asked,
            resources=tuple(dict.fromkeys((*asked.resources, *more.resources))),
            subjects=tuple(dict.fromkeys((*asked.subjects, *more.subjects))),
        )
    found = {catalog: await ask.deps.governance.look_up(one) for catalog, one in wanted.items()}
    return [found[catalog] for catalog in catalogs]


def _catalog_of(one: FiledPackage, base: Base) -> str:
    return base.catalog.id if isinstance(base, Blueprint) else one.draft.catalog or USUAL_CATALOG


def _result(one: FiledPackage, base: Base, found: Found, names: set[str], ask: Ask, zone: ZoneInfo) -> Applied:
    if isinstance(base, FileProblem):
        return Applied(None, None, (base,))
    result = applied(one, base, found, now=ask.now, zone=zone)
    missing = [ref for ref in one.draft.incompatible_packages if ref.casefold() in names]
    if not result.problems or not missing:
        return result
    hint = " It is in this file: apply the file without this entry first, then once more with it."
    problems = tuple(
        replace(each, text=each.text + hint) if any(f"“{ref[:80]}”" in each.text for ref in missing) else each
        for each in result.problems
    )
    return replace(result, problems=problems)
