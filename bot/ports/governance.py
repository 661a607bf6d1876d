"""What the bot needs of Microsoft Entra to build and keep access packages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.facts import Facts, Use
from bot.domain.building.lookup import Found, Offers, Wanted
from bot.domain.building.resources import ResourceCandidate, ResourceRole, System
from bot.domain.building.terms import Terms


class Governance(Protocol):
    """Entitlement management, through Microsoft Graph. Ids are Graph's; times are aware UTC.

    Every method may raise the errors of `bot.errors`. Writing is safe to repeat where it says "afterwards"; where it
    says "makes", a broken connection raises Ambiguous: look before asking again.
    """

    async def offers(self, *, catalog: str = "") -> Offers:
        """What a form can offer, in one `$batch`; `catalog` (an id) says whose resources and extensions are marked."""

    async def look_up(self, wanted: Wanted) -> Found:
        """What the tenant has under these references, in as few `$batch` calls as they fit."""

    async def candidate(self, system: System, origin_id: str, *, catalog_id: str) -> ResourceCandidate | None:
        """A resource of this catalog with the roles it offers there, or None while it is not in the catalog."""

    async def blueprint(self, package_id: str) -> Blueprint:
        """The whole package as it is now, in one `$batch`. Raises NotFound."""

    async def blueprints(self) -> tuple[Blueprint, ...]:
        """Every package of the tenant, by name."""

    async def facts(self, blueprints: Sequence[Blueprint]) -> Facts:
        """What a lint must know beyond the packages themselves: which people and groups they name still work."""

    async def use(self, package_id: str, *, now: datetime, within: timedelta) -> Use:
        """How many hold it, wait for it, and end `within` this time from `now`."""

    async def add_resource(self, catalog_id: str, system: System, origin_id: str) -> None:
        """Afterwards the resource is on its way into the catalog; being there already is success.

        Raises Rejected (code CallerNotResourceOwner) when Usher lacks the permission over this kind of resource.
        """

    async def remove_resource(self, catalog_id: str, catalog_resource_id: str) -> None:
        """Afterwards the resource is not in the catalog. Raises Rejected while a package uses it."""

    async def find_packages(self, name: str, catalog_id: str) -> tuple[Blueprint, ...]:
        """Packages with exactly this name in the catalog, basics only (no roles, no policies).

        `created_at` is set: after a broken connection it tells the package just made from an older one.
        """

    async def create_package(self, name: str, *, description: str, hidden: bool, catalog_id: str) -> str:
        """Makes a package without roles and policies; its id."""

    async def update_package(
        self, package_id: str, *, name: str | None = None, description: str | None = None, hidden: bool | None = None
    ) -> None:
        """Afterwards the package has these basics; those not given stay as they are."""

    async def delete_package(self, package_id: str) -> None:
        """Afterwards the package and its policies are gone. Raises Rejected while somebody is assigned."""

    async def add_role(self, package_id: str, role: ResourceRole) -> None:
        """Afterwards the package gives this role; `role.resource.catalog_resource_id` must be set.

        Raises NotFound (code RoleNotFound) when the resource does not offer it (yet).
        """

    async def remove_role(self, package_id: str, scope_id: str) -> None:
        """Afterwards the package does not give this role."""

    async def create_policy(self, package_id: str, terms: Terms) -> str:
        """Makes an assignment policy; its id."""

    async def change_policy(self, package_id: str, before: Terms, after: Terms) -> Terms:
        """Afterwards the policy `before.id` differs from `before` as `after` does, and in nothing else; as it is now.

        What neither names (translations, extension settings, unknown properties) is kept to the letter. Raises
        Conflict, and writes nothing, when Entra's modified time is not `before.modified_at`; no error when the policy
        already is as `after` says.
        """

    async def delete_policy(self, policy_id: str) -> None:
        """Afterwards the policy is gone. Raises Rejected while somebody is assigned through it."""

    async def exclude(self, package_id: str, *, packages: Sequence[str] = (), groups: Sequence[str] = ()) -> None:
        """Afterwards who has one of these packages or groups (ids) cannot ask for the package."""

    async def include(self, package_id: str, *, packages: Sequence[str] = (), groups: Sequence[str] = ()) -> None:
        """Afterwards these packages and groups (ids) keep nobody from the package."""
