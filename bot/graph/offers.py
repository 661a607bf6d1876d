"""What a form can offer to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.building.blueprints import Named
from bot.domain.building.lookup import Offers
from bot.errors import Forbidden, Rejected
from bot.graph import catalog_contents
from bot.graph.batch import Answers, Ask, send
from bot.graph.catalog_contents import Contents
from bot.graph.catalog_records import catalog_of
from bot.graph.client import Graph
from bot.graph.lookup import package_names, tenant_asks
from bot.graph.organizations import organization_of
from bot.graph.resource_search import is_shared_site, site_name
from bot.graph.wire import Json, Query

MOST = 50
PAGE = 100
#: The tag by which the portal tells an organisation's applications from the hundreds Microsoft puts into a tenant.
OWN = "tags/any(tag:tag eq 'WindowsAzureActiveDirectoryIntegratedApp')"
BY_NAME: Query = {"$orderby": "displayName", "$count": "true", "$top": PAGE}


async def offers(graph: Graph, catalog_id: str) -> Offers:
    """The first of each kind by name, in one round trip.

    https://learn.microsoft.com/graph/api/group-list, https://learn.microsoft.com/graph/api/serviceprincipal-list
    """
    asks = [
        *tenant_asks(),
        Ask(
            "applications",
            "/servicePrincipals",
            {"$select": "id,displayName", "$filter": OWN, **BY_NAME},
            eventual=True,
        ),
        Ask("groups", "/groups", {"$select": GROUP, **BY_NAME}, eventual=True),
        Ask("sites", "/sites", {"search": "*", "$select": "id,displayName,name,webUrl", "$top": PAGE}),
        *(catalog_contents.asks(catalog_id) if catalog_id else []),
    ]
    answers = await send(graph.wire, asks)
    contents = await catalog_contents.read(graph.wire, answers) if catalog_id else Contents()
    catalogs = sorted(map(catalog_of, _page(answers, "catalogs")), key=lambda one: (one.name.casefold(), one.id))
    organizations = sorted(map(organization_of, _page(answers, "organizations")), key=lambda one: one.name.casefold())
    return Offers(
        catalogs=tuple(catalogs[:MOST]),
        packages=package_names(_page(answers, "packages"))[:MOST],
        organizations=tuple(organizations[:MOST]),
        applications=_named(_page(answers, "applications")),
        groups=_named(row for row in _page(answers, "groups") if _fits(row)),
        sites=_sites(answers),
        extensions=contents.extensions[:MOST],
        catalog_resources=frozenset(one.resource.origin_id for one in contents.resources),
    )


GROUP = "id,displayName,groupTypes,mailEnabled,securityEnabled,onPremisesSyncEnabled"


def _page(answers: Answers, name: str) -> list[Json]:
    return list(answers[name].get("value") or [])


def _fits(group: Json) -> bool:
    """Whether entitlement management can add somebody to it: no rule, no other directory, no distribution list.

    https://learn.microsoft.com/entra/id-governance/entitlement-management-catalog-create
    """
    kinds = group.get("groupTypes") or []
    mail_only = group.get("mailEnabled") is True and "Unified" not in kinds
    return "DynamicMembership" not in kinds and group.get("onPremisesSyncEnabled") is not True and not mail_only


def _named(rows: Iterable[Json]) -> tuple[Named, ...]:
    found = [Named(str(row["id"]), str(row.get("displayName") or row["id"])) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id))[:MOST])


def _sites(answers: Answers) -> tuple[Named, ...]:
    """Sites by URL; none where Usher may not search them, because everything else can still be offered."""
    try:
        rows = _page(answers, "sites")
    except (Forbidden, Rejected):
        return ()
    found = [Named(str(row["webUrl"]), site_name(row)) for row in rows if is_shared_site(row)]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id))[:MOST])
