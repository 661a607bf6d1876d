"""Catalogs of access packages and what is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.building.resources import Resource, ResourceCandidate, Role, System
from bot.domain.packages import Catalog
from bot.errors import Ambiguous, NotFound
from bot.graph.batch import MOST, Ask, send
from bot.graph.client import Graph
from bot.graph.packages import EM
from bot.graph.wire import Json, path

CATALOGS = f"{EM}/catalogs"
CATALOG = f"{CATALOGS}/{{}}"
RESOURCES = f"{CATALOG}/resources"


async def catalogs(graph: Graph) -> tuple[Catalog, ...]:
    """All catalogs, by name. https://learn.microsoft.com/graph/api/entitlementmanagement-list-catalogs"""
    found = [catalog_of(row) for row in await graph.wire.all(CATALOGS)]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


async def create_catalog(graph: Graph, name: str, *, description: str, external: bool) -> str:
    """A published catalog is made; its id.

    https://learn.microsoft.com/graph/api/entitlementmanagement-post-catalogs
    """
    made = await graph.wire.post(CATALOGS, body_of(Catalog("", name, True, external, description)))
    if not made.get("id"):
        raise Ambiguous("the new catalog's answer has no id", code="UnreadableAnswer")
    return str(made["id"])


async def update_catalog(graph: Graph, before: Catalog, after: Catalog) -> None:
    """The catalog has what differs between the two, and nothing else is sent.

    https://learn.microsoft.com/graph/api/accesspackagecatalog-update
    """
    was, becomes = body_of(before), body_of(after)
    changed = {name: value for name, value in becomes.items() if value != was[name]}
    if changed:
        await graph.wire.patch(path(CATALOG, after.id), changed)


async def delete_catalog(graph: Graph, catalog_id: str) -> None:
    """The catalog is gone; being gone already is success.

    https://learn.microsoft.com/graph/api/accesspackagecatalog-delete
    """
    try:
        await graph.wire.delete(path(CATALOG, catalog_id))
    except NotFound:
        return


async def catalog_resources(graph: Graph, catalog_id: str) -> tuple[ResourceCandidate, ...]:
    """What is in the catalog, by name, with the roles each offers.

    https://learn.microsoft.com/graph/api/accesspackagecatalog-list-resources
    """
    rows = await graph.wire.all(path(RESOURCES, catalog_id), {"$expand": "roles"})
    found = [candidate_of(row) for row in rows if row.get("originSystem") in set(System)]
    return tuple(sorted(found, key=lambda one: (one.resource.name.casefold(), one.resource.origin_id)))


async def resource_counts(graph: Graph, catalog_ids: Sequence[str]) -> Mapping[str, int]:
    """Catalog id -> how many resources it holds, twenty catalogs in a round trip; a vanished one holds none."""
    counts: dict[str, int] = {}
    wanted = list(dict.fromkeys(catalog_ids))
    for start in range(0, len(wanted), MOST):
        asks = [Ask(one, path(RESOURCES, one), {"$select": "id"}) for one in wanted[start : start + MOST]]
        answers = await send(graph.wire, asks)
        for ask in asks:
            counts[ask.id] = len(await graph.wire.rest(answers.maybe(ask.id) or {}))
    return counts


def catalog_of(row: Json) -> Catalog:
    """One catalog; what Graph left out counts as closed.

    https://learn.microsoft.com/graph/api/resources/accesspackagecatalog
    """
    return Catalog(
        id=str(row["id"]),
        name=str(row.get("displayName") or row["id"]),
        published=row.get("state") == "published",
        external=row.get("isExternallyVisible") is True,
        description=str(row.get("description") or ""),
        built_in=row.get("catalogType", "userManaged") != "userManaged",
    )


def body_of(catalog: Catalog) -> Json:
    """The catalog as Graph takes it."""
    return {
        "displayName": catalog.name,
        "description": catalog.description,
        "state": "published" if catalog.published else "unpublished",
        "isExternallyVisible": catalog.external,
    }


def candidate_of(row: Json) -> ResourceCandidate:
    """A resource of a catalog. https://learn.microsoft.com/graph/api/resources/accesspackageresource"""
    roles = [
        Role(str(role.get("originId") or ""), str(role.get("displayName") or role.get("originId") or ""))
        for role in row.get("roles") or []
    ]
    resource = Resource(
        system=System(row["originSystem"]),
        origin_id=str(row.get("originId") or ""),
        name=str(row.get("displayName") or row.get("originId") or row["id"]),
        catalog_resource_id=str(row["id"]),
    )
    return ResourceCandidate(resource, tuple(roles))
