"""The tenant as `bot.ports.Catalogs`: catalogs, connected organizations and the end of guests' accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.domain.building.blueprints import Named
from bot.domain.building.delegation import CatalogAssignment
from bot.domain.building.organizations import ConnectedOrganization
from bot.domain.building.resources import ResourceCandidate
from bot.domain.packages import Catalog
from bot.domain.people import AccountEnding
from bot.domain.roles import CatalogRole
from bot.graph import catalog_records, delegation, governance, organizations
from bot.graph.client import Graph
from bot.graph.directory import EntraDirectory


class EntraCatalogs:
    """`bot.ports.Catalogs` on one tenant; every method's claims stand at the port."""

    def __init__(self, graph: Graph, directory: EntraDirectory) -> None:
        """`directory` forgets what it remembers of roles when they change here."""
        self._graph = graph
        self._directory = directory

    async def catalogs(self) -> tuple[Catalog, ...]:
        return await catalog_records.catalogs(self._graph)

    async def create_catalog(self, name: str, *, description: str, external: bool) -> str:
        return await catalog_records.create_catalog(self._graph, name, description=description, external=external)

    async def update_catalog(self, before: Catalog, after: Catalog) -> None:
        await catalog_records.update_catalog(self._graph, before, after)

    async def delete_catalog(self, catalog_id: str) -> None:
        await catalog_records.delete_catalog(self._graph, catalog_id)

    async def catalog_resources(self, catalog_id: str) -> tuple[ResourceCandidate, ...]:
        return await catalog_records.catalog_resources(self._graph, catalog_id)

    async def resource_counts(self, catalog_ids: Sequence[str]) -> Mapping[str, int]:
        return await catalog_records.resource_counts(self._graph, catalog_ids)

    async def catalog_assignments(self, catalog_id: str) -> tuple[CatalogAssignment, ...]:
        return await delegation.catalog_assignments(self._graph, catalog_id)

    async def grant(self, catalog_id: str, role: CatalogRole, principal_id: str) -> None:
        try:
            await delegation.grant(self._graph, catalog_id, role, principal_id)
        finally:
            self._directory.forget_roles()

    async def take_back(self, assignment_id: str) -> None:
        try:
            await delegation.take_back(self._graph, assignment_id)
        finally:
            self._directory.forget_roles()

    async def organizations(self) -> tuple[ConnectedOrganization, ...]:
        return await organizations.organizations(self._graph)

    async def packages_naming(self, organization_id: str) -> tuple[Named, ...]:
        return await organizations.packages_naming(self._graph, organization_id)

    async def create_organization(self, name: str, *, domain: str = "", tenant_id: str = "") -> str:
        return await organizations.create_organization(self._graph, name, domain=domain, tenant_id=tenant_id)

    async def update_organization(self, organization: ConnectedOrganization) -> None:
        await organizations.update_organization(self._graph, organization)

    async def delete_organization(self, organization_id: str) -> None:
        await organizations.delete_organization(self._graph, organization_id)

    async def add_organization_sponsor(self, organization_id: str, person: Named, *, internal: bool) -> None:
        await organizations.add_sponsor(self._graph, organization_id, person.id, internal=internal)

    async def remove_organization_sponsor(self, organization_id: str, person_id: str, *, internal: bool) -> None:
        await organizations.remove_sponsor(self._graph, organization_id, person_id, internal=internal)

    async def ending(self) -> tuple[AccountEnding, timedelta]:
        return await governance.ending(self._graph)

    async def set_ending(self, ending: AccountEnding, *, delete_after: timedelta) -> None:
        await governance.set_ending(self._graph, ending, delete_after=delete_after)
