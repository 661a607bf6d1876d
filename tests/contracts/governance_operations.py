"""Every operation of the Governance port: how to call it, and the Graph request that decides how it goes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.lookup import Wanted
from bot.domain.building.resources import DEFAULT_ACCESS, Resource, ResourceRole, Role, System
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.building.terms import Stage, Terms
from bot.domain.packages import Catalog, Expiration, Scope
from bot.graph.building import EntraGovernance
from tests.contracts.operations import EM, Operation
from tests.contracts.tenant import ADELE, APP4GUEST, CLOSED, GENERAL, INVITED, PARTNER, PARTNERS, PHOENIX, READERS

NOW = datetime(2026, 11, 26, tzinfo=UTC)
SITE = "https://contoso.sharepoint.com/sites/partners"
IN_GENERAL = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbb1"
SITE_IN_PARTNERS = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbb4"
DEFAULT_ROLE = ResourceRole(
    Resource(System.APPLICATION, APP4GUEST, "App4Guest", IN_GENERAL), Role(DEFAULT_ACCESS, "Default Access")
)
PHOENIX_MEMBER = ResourceRole(
    Resource(System.GROUP, PHOENIX, "Project Phoenix", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbb3"),
    Role(f"Member_{PHOENIX}", "Member"),
)
TERMS = Terms("Partners", Scope.ALL_USERS, ends=Expiration(timedelta(days=14)))
APPROVED = replace(TERMS, stages=(Stage((Subject(SubjectKind.USER, ADELE, "Adele Vance"),)),))
Call = Callable[[EntraGovernance], Awaitable[Any]]


def _read(name: str, call: Call, path: str, **more: Any) -> Operation:
    return Operation(name, call, "GET", path, port="governance", **more)


def _write(name: str, call: Call, method: str, path: str, **more: Any) -> Operation:
    return Operation(name, call, method, path, port="governance", **{"writes": True, "retried": False, **more})


def _repeated(name: str, call: Call, method: str, path: str, **more: Any) -> Operation:
    return _write(name, call, method, path, **{"retried": True, "missing": None, **more})


async def _sites(governance: EntraGovernance) -> Any:
    return (await governance.look_up(Wanted(GENERAL, ((System.SITE, SITE),)))).resources


async def _longer(governance: EntraGovernance) -> None:
    (before,) = (await governance.blueprint(CLOSED)).policies
    await governance.change_policy(CLOSED, before, replace(before, ends=Expiration(timedelta(days=7))))


async def _without_policy(governance: EntraGovernance) -> None:
    await governance.delete_policy((await governance.blueprint(CLOSED)).policies[0].id)


async def _without_role(governance: EntraGovernance) -> None:
    await governance.remove_role(CLOSED, (await governance.blueprint(CLOSED)).roles[0].scope_id)


async def _compatible(governance: EntraGovernance) -> None:
    await governance.exclude(CLOSED, groups=[READERS])
    await governance.include(CLOSED, groups=[READERS])


READS = [
    _read("offers", lambda g: g.offers(catalog=PARTNERS), r"^/groups\?"),
    _read(
        "look_up",
        lambda g: g.look_up(Wanted("Partners", ((System.GROUP, "Partner Readers"),), ("Adele Vance",))),
        f"^{EM}/connectedOrganizations",
    ),
    _read(
        "look_up_site",
        _sites,
        r"^/sites/contoso\.sharepoint\.com:/sites/partners",
        missing={},
        permissions=("Sites.Read.All",),
    ),
    _read("candidate", lambda g: g.candidate(System.APPLICATION, APP4GUEST, catalog_id=GENERAL), "/resources"),
    _read("blueprint", lambda g: g.blueprint(PARTNER), f"^{EM}/accessPackages/{PARTNER}"),
    _read("blueprints", lambda g: g.blueprints(), rf"^{EM}/accessPackages\?"),
    _read(
        "facts", lambda g: g.facts([Blueprint("P", Catalog(GENERAL, "General"), policies=(APPROVED,))]), r"^/users\?"
    ),
    _read("use", lambda g: g.use(INVITED, now=NOW, within=timedelta(days=30)), f"^{EM}/assignmentRequests"),
    _read("find_packages", lambda g: g.find_packages("Partner project", PARTNERS), rf"^{EM}/accessPackages\?"),
]
WRITES = [
    _write(
        "add_resource",
        lambda g: g.add_resource(PARTNERS, System.APPLICATION, APP4GUEST),
        "POST",
        f"^{EM}/resourceRequests$",
        permissions=("Application.ReadWrite.All",),
    ),
    _write(
        "add_group",
        lambda g: g.add_resource(GENERAL, System.GROUP, READERS),
        "POST",
        f"^{EM}/resourceRequests$",
        permissions=("Group.ReadWrite.All",),
    ),
    _write(
        "add_site",
        lambda g: g.add_resource(GENERAL, System.SITE, SITE),
        "POST",
        f"^{EM}/resourceRequests$",
        permissions=("Sites.FullControl.All",),
    ),
    _write(
        "remove_resource",
        lambda g: g.remove_resource(PARTNERS, SITE_IN_PARTNERS),
        "POST",
        f"^{EM}/resourceRequests$",
        missing=None,
    ),
    _write(
        "create_package",
        lambda g: g.create_package("Suppliers", description="Who supplies us.", hidden=False, catalog_id=GENERAL),
        "POST",
        f"^{EM}/accessPackages$",
    ),
    _write(
        "update_package",
        lambda g: g.update_package(CLOSED, name="Closed package", description="Nobody asks.", hidden=True),
        "PATCH",
        f"^{EM}/accessPackages/{CLOSED}$",
    ),
    _write("add_role", lambda g: g.add_role(CLOSED, PHOENIX_MEMBER), "POST", "/resourceRoleScopes$"),
    _write("create_policy", lambda g: g.create_policy(CLOSED, TERMS), "POST", f"^{EM}/assignmentPolicies$"),
    _write(
        "exclude",
        lambda g: g.exclude(CLOSED, packages=[PARTNER], groups=[READERS]),
        "POST",
        r"/incompatibleGroups/\$ref$",
        conflict=None,
    ),
    _write("include", _compatible, "DELETE", r"/incompatibleGroups/[^/]+/\$ref$", missing=None),
]
REPEATED = [
    _repeated("change_policy", _longer, "PUT", f"^{EM}/assignmentPolicies/", missing="NotFound"),
    _repeated("delete_policy", _without_policy, "DELETE", f"^{EM}/assignmentPolicies/"),
    _repeated("delete_package", lambda g: g.delete_package(CLOSED), "DELETE", f"^{EM}/accessPackages/{CLOSED}$"),
    _repeated("remove_role", _without_role, "DELETE", "/resourceRoleScopes/"),
]
