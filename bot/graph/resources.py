"""Resources in catalogs: groups and Teams, applications and sites that packages can open."""

from __future__ import annotations

from bot.domain.building.resources import ResourceCandidate, System
from bot.errors import AlreadyThere, Conflict, NotFound, Rejected
from bot.graph.catalog_records import RESOURCES, candidate_of
from bot.graph.client import Graph
from bot.graph.packages import EM
from bot.graph.wire import Json, literal, path

REQUESTS = f"{EM}/resourceRequests"


async def candidate(graph: Graph, system: System, origin_id: str, catalog_id: str) -> ResourceCandidate | None:
    """A resource of this catalog with its roles, None while it is not there.

    https://learn.microsoft.com/graph/api/accesspackagecatalog-list-resources
    """
    query = {"$filter": f"originId eq {literal(origin_id)}", "$expand": "roles"}
    rows = await graph.wire.all(path(RESOURCES, catalog_id), query)
    return next((candidate_of(row) for row in rows if row.get("originSystem") == system.value), None)


async def add_resource(graph: Graph, catalog_id: str, system: System, origin_id: str) -> None:
    """The resource is on its way into the catalog; being there already is success.

    https://learn.microsoft.com/graph/api/entitlementmanagement-post-resourcerequests
    """
    resource = {"originId": origin_id, "originSystem": system.value}
    try:
        await _request(graph, "adminAdd", resource, catalog_id)
    except AlreadyThere:
        return
    except Conflict:
        if await candidate(graph, system, origin_id, catalog_id) is None:
            raise


async def remove_resource(graph: Graph, catalog_id: str, catalog_resource_id: str) -> None:
    """The resource is not in the catalog; not being there already is success."""
    try:
        await _request(graph, "adminRemove", {"id": catalog_resource_id}, catalog_id)
    except NotFound:
        return


async def _request(graph: Graph, kind: str, resource: Json, catalog_id: str) -> None:
    body = {"requestType": kind, "resource": resource, "catalog": {"id": catalog_id}}
    answer = await graph.wire.post(REQUESTS, body)
    if answer.get("state") == "deliveryFailed":
        raise Rejected("the resource could not be added or removed", code="deliveryFailed")
