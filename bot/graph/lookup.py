"""Find what a draft refers to: catalogs, packages, partners, resources, people and groups."""

from __future__ import annotations

from bot.domain.building.lookup import Found, PackageName, Wanted
from bot.domain.building.resources import ResourceCandidate, System
from bot.errors import Forbidden
from bot.graph import catalog_contents, resource_search, subject_search
from bot.graph.batch import Answers, Ask, send, send_all
from bot.graph.catalog_contents import Contents
from bot.graph.catalog_records import CATALOGS, catalog_of
from bot.graph.client import Graph
from bot.graph.memory import Memory
from bot.graph.organizations import ORGANIZATIONS, organization_of
from bot.graph.packages import PACKAGES
from bot.graph.people import is_object_id
from bot.graph.wire import Json

LONGEST = 256
"""Nothing in a directory has a longer name, so a longer reference finds nothing."""
Resources = dict[tuple[System, str], tuple[ResourceCandidate, ...]]


def tenant_asks() -> list[Ask]:
    """Asks for what every form and every draft needs: catalogs, packages by name, connected organizations."""
    return [
        Ask("catalogs", CATALOGS),
        Ask("packages", PACKAGES, {"$select": "id,displayName", "$expand": "catalog($select=id)"}),
        Ask("organizations", ORGANIZATIONS),
    ]


async def look_up(graph: Graph, wanted: Wanted, catalog_ids: Memory[str]) -> Found:
    """All of it, twenty questions in a round trip; one more for a catalog whose name is not among `catalog_ids` yet.

    `catalog_ids` (name -> id) only saves the second round trip: what it says is compared with the tenant's catalogs.
    """
    resources = [one for one in dict.fromkeys(wanted.resources) if _answerable(one[1])]
    subjects = [one for one in dict.fromkeys(wanted.subjects) if _answerable(one)]
    asks = tenant_asks()
    for number, (system, reference) in enumerate(resources):
        asks += resource_search.asks(f"resource {number}", system, reference)
    for number, reference in enumerate(subjects):
        asks += subject_search.asks(f"subject {number}", reference)
    known = wanted.catalog if is_object_id(wanted.catalog) else catalog_ids.get(wanted.catalog.casefold())
    answers = await send_all(graph.wire, asks + (catalog_contents.asks(known) if known else []))
    catalogs = await graph.wire.rest(answers["catalogs"])
    catalog_id = catalog_contents.chosen(catalogs, wanted.catalog)
    if catalog_id and catalog_id != known:
        answers.join(await send(graph.wire, catalog_contents.asks(catalog_id)))
        catalog_ids.keep(wanted.catalog.casefold(), catalog_id)
    contents = await catalog_contents.read(graph.wire, answers) if catalog_id else Contents()
    people = {one: subject_search.candidates(answers, f"subject {number}") for number, one in enumerate(subjects)}
    return Found(
        catalogs=tuple(sorted(map(catalog_of, catalogs), key=lambda one: (one.name.casefold(), one.id))),
        packages=package_names(await graph.wire.rest(answers["packages"])),
        organizations=tuple(organization_of(row) for row in await graph.wire.rest(answers["organizations"])),
        resources=_resources(answers, resources, contents),
        subjects={one: found for one, found in people.items() if found},
        extensions=contents.extensions,
    )


def package_names(rows: list[Json]) -> tuple[PackageName, ...]:
    """Packages by name."""
    found = [
        PackageName(
            str(row["id"]), str(row.get("displayName") or row["id"]), str((row.get("catalog") or {}).get("id") or "")
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def _answerable(reference: str) -> bool:
    return bool(reference.strip()) and len(reference) <= LONGEST


def _resources(answers: Answers, wanted: list[tuple[System, str]], contents: Contents) -> Resources:
    found: Resources = {}
    for number, (system, reference) in enumerate(wanted):
        try:
            candidates = resource_search.candidates(answers, f"resource {number}", system, reference)
        except Forbidden:
            # Without the right to search sites, those of the catalog are still known.
            candidates = contents.named(system, reference)
            if not candidates:
                raise
        if candidates:
            found[system, reference] = tuple(map(contents.known, candidates))
    return found
