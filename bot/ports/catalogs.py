"""What the bot needs of Microsoft Entra around access packages: catalogs, partners and the tenant's settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from bot.domain.building.blueprints import Named
from bot.domain.building.delegation import CatalogAssignment
from bot.domain.building.organizations import ConnectedOrganization
from bot.domain.building.resources import ResourceCandidate
from bot.domain.packages import Catalog
from bot.domain.people import AccountEnding
from bot.domain.roles import CatalogRole


class Catalogs(Protocol):
    """Catalogs and who works in them, connected organizations, and what becomes of guests at the end.

    Through Microsoft Graph; ids are Graph's. Every method may raise the errors of `bot.errors`. Writing is safe to
    repeat where it says "afterwards"; where it says "makes", a broken connection raises Ambiguous: look before asking
    again.
    """

    async def catalogs(self) -> tuple[Catalog, ...]:
        """All catalogs, by name."""

    async def create_catalog(self, name: str, *, description: str, external: bool) -> str:
        """Makes a published catalog; its id."""

    async def update_catalog(self, before: Catalog, after: Catalog) -> None:
        """Afterwards the catalog has what `after` says otherwise than `before`; what others changed elsewhere in it stays."""

    async def delete_catalog(self, catalog_id: str) -> None:
        """Afterwards the catalog is gone. Raises Rejected while anything is in it."""

    async def catalog_resources(self, catalog_id: str) -> tuple[ResourceCandidate, ...]:
        """What is in a catalog, with the roles each offers."""

    async def resource_counts(self, catalog_ids: Sequence[str]) -> Mapping[str, int]:
        """Catalog id -> how many resources it holds, in as few `$batch` calls as they fit."""

    async def catalog_assignments(self, catalog_id: str) -> tuple[CatalogAssignment, ...]:
        """Who holds which role in this catalog ("": in the whole tenant)."""

    async def grant(self, catalog_id: str, role: CatalogRole, principal_id: str) -> None:
        """Afterwards this user or group has the role in the catalog ("" for the whole tenant), and may use it at once."""

    async def take_back(self, assignment_id: str) -> None:
        """Afterwards the catalog role assignment is gone."""

    async def organizations(self) -> tuple[ConnectedOrganization, ...]:
        """All connected organizations with their sponsors, by name."""

    async def packages_naming(self, organization_id: str) -> tuple[Named, ...]:
        """The access packages one of whose policies names this connected organization, by name."""

    async def create_organization(self, name: str, *, domain: str = "", tenant_id: str = "") -> str:
        """Makes a configured connected organization for a domain or for an Entra tenant; its id."""

    async def update_organization(self, organization: ConnectedOrganization) -> None:
        """Afterwards it has this name, description and state."""

    async def delete_organization(self, organization_id: str) -> None:
        """Afterwards it is gone. Raises Rejected while a policy names it."""

    async def add_organization_sponsor(self, organization_id: str, person: Named, *, internal: bool) -> None:
        """Afterwards this person (object id) vouches for the organization's people; being it already is success."""

    async def remove_organization_sponsor(self, organization_id: str, person_id: str, *, internal: bool) -> None:
        """Afterwards this person does not."""

    async def ending(self) -> tuple[AccountEnding, timedelta]:
        """What happens to a governed guest after the last package ends, and how long after blocking they are deleted."""

    async def set_ending(self, ending: AccountEnding, *, delete_after: timedelta) -> None:
        """Afterwards that is what happens."""
