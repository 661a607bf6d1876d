"""Every operation of the Catalogs port: how to call it, and the Graph request that decides how it goes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.domain.building.blueprints import Named
from bot.domain.building.organizations import ConnectedOrganization
from bot.domain.packages import Catalog
from bot.domain.people import AccountEnding
from bot.domain.roles import CatalogRole
from bot.graph.catalogs import EntraCatalogs
from tests.contracts.operations import EM, Operation
from tests.contracts.tenant import ADELE, BEN, GENERAL, LEE, MEGAN, PARTNERS

ROLES = "^/roleManagement/entitlementManagement/roleAssignments"
ORGANIZATIONS = f"^{EM}/connectedOrganizations"


def _read(name: str, call: Callable[[EntraCatalogs], Awaitable[Any]], path: str, **more: Any) -> Operation:
    return Operation(name, call, "GET", path, port="catalogs", **more)


def _write(
    name: str, call: Callable[[EntraCatalogs], Awaitable[Any]], method: str, path: str, **more: Any
) -> Operation:
    return Operation(name, call, method, path, port="catalogs", **{"writes": True, "retried": False, **more})


def _gone(name: str, call: Callable[[EntraCatalogs], Awaitable[Any]], path: str) -> Operation:
    return _write(name, call, "DELETE", path, retried=True, missing=None)


async def fabrikam(catalogs: EntraCatalogs) -> str:
    return await catalogs.create_organization("Fabrikam", domain="fabrikam.com")


async def _renamed(catalogs: EntraCatalogs) -> None:
    await catalogs.update_organization(ConnectedOrganization(await fabrikam(catalogs), "Fabrikam Inc."))


async def _disconnected(catalogs: EntraCatalogs) -> None:
    await catalogs.delete_organization(await fabrikam(catalogs))


async def _vouched(catalogs: EntraCatalogs) -> None:
    await catalogs.add_organization_sponsor(await fabrikam(catalogs), Named(MEGAN, "Megan"), internal=True)


async def _unvouched(catalogs: EntraCatalogs) -> None:
    made = await fabrikam(catalogs)
    await catalogs.add_organization_sponsor(made, Named(BEN, "Ben"), internal=False)
    await catalogs.remove_organization_sponsor(made, BEN, internal=False)


async def _deleted(catalogs: EntraCatalogs) -> None:
    await catalogs.delete_catalog(await catalogs.create_catalog("Short-lived", description="", external=False))


async def _taken_back(catalogs: EntraCatalogs) -> None:
    held = await catalogs.catalog_assignments(PARTNERS)
    await catalogs.take_back(next(one.id for one in held if one.principal_id == ADELE))


READS = [
    _read("catalogs", lambda c: c.catalogs(), f"^{EM}/catalogs"),
    _read("catalog_resources", lambda c: c.catalog_resources(PARTNERS), "/resources"),
    _read("resource_counts", lambda c: c.resource_counts([PARTNERS]), "/resources", missing={PARTNERS: 0}),
    _read("catalog_assignments", lambda c: c.catalog_assignments(PARTNERS), ROLES),
    _read("organizations", lambda c: c.organizations(), ORGANIZATIONS),
    _read("packages_naming", lambda c: c.packages_naming(ADELE), f"^{EM}/assignmentPolicies"),
    _read("ending", lambda c: c.ending(), f"^{EM}/settings"),
]
WRITES = [
    _write(
        "create_catalog",
        lambda c: c.create_catalog("Suppliers", description="Who supplies us.", external=True),
        "POST",
        f"^{EM}/catalogs$",
    ),
    _write(
        "update_catalog",
        lambda c: c.update_catalog(Catalog(PARTNERS, "Partners", True), Catalog(PARTNERS, "Partners", False)),
        "PATCH",
        f"^{EM}/catalogs/{PARTNERS}",
    ),
    _write("grant", lambda c: c.grant(GENERAL, CatalogRole.OWNER, LEE), "POST", ROLES),
    _write("create_organization", fabrikam, "POST", f"{ORGANIZATIONS}$"),
    _write("update_organization", _renamed, "PATCH", ORGANIZATIONS),
    _write("add_organization_sponsor", _vouched, "POST", r"/internalSponsors/\$ref", conflict=None),
    _write(
        "set_ending",
        lambda c: c.set_ending(AccountEnding.DELETE, delete_after=timedelta(days=30)),
        "PATCH",
        f"^{EM}/settings",
    ),
]
REPEATED = [
    _gone("delete_catalog", _deleted, f"^{EM}/catalogs/"),
    _gone("take_back", _taken_back, ROLES),
    _gone("delete_organization", _disconnected, ORGANIZATIONS),
    _gone("remove_organization_sponsor", _unvouched, r"/externalSponsors/[^/]+/\$ref"),
]
