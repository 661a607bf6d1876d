"""Builds as a reviewed draft leaves them in the ledger, and what became of them in the tenant."""

from __future__ import annotations

import asyncio
import itertools
import os
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.error import HTTPError

from bot.domain.audit import AuditEntry
from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.builds import Build, BuildState
from bot.domain.building.resources import DEFAULT_ACCESS, Resource, ResourceRole, Role, System
from bot.domain.building.terms import Terms
from bot.domain.invites import Failure
from bot.domain.packages import Catalog, Expiration, Scope
from bot.graph.building import EntraGovernance
from bot.graph.client import open_graph
from bot.graph.credential import Credential
from bot.graph.login import Registration, Secret
from bot.store.database import Database
from bot.store.ledger import SqlLedger
from tests.journeys.stage import BOT, PEOPLE, TENANT, Stage, until

APP = "66666666-6666-4666-8666-666666666661"
READERS = "77777777-7777-4777-8777-777777777771"
EM = "/identityGovernance/entitlementManagement"
ROLES = "/roleManagement/entitlementManagement/roleAssignments"
OWNER = "ae79f266-94d4-4dab-b730-feca7e132178"
HANDBOOK = Named("99999999-9999-4999-8999-999999999993", "Staff handbook")
_numbers = itertools.count(1)


def fresh_catalog(stage: Stage) -> Catalog:
    """A catalog of its own, with nothing in it."""
    name = f"Catalog {next(_numbers)} of {os.getpid()}"
    body = {"displayName": name, "description": "", "state": "published", "isExternallyVisible": True}
    made = stage.graph("POST", f"{EM}/catalogs", body)
    return Catalog(str(made["id"]), name)


def own(stage: Stage, who: str, catalog: Catalog) -> None:
    """They own the catalog, and Entra knows it."""
    role = {
        "principalId": PEOPLE[who][0],
        "roleDefinitionId": OWNER,
        "appScopeId": f"/AccessPackageCatalog/{catalog.id}",
    }
    made = stage.graph("POST", ROLES, role)
    until(lambda: any(one["id"] == made["id"] for one in stage.graph("GET", ROLES)["value"]), what="the role shows")


def fresh_name() -> str:
    """A name no package has."""
    return f"Package {next(_numbers)} of {os.getpid()}"


def group(origin_id: str = READERS, name: str = "Partner Readers", resource_id: str = "") -> ResourceRole:
    """Membership of a group; without `resource_id` it is not in the catalog yet."""
    resource = Resource(System.GROUP, origin_id, name, resource_id)
    return ResourceRole(resource, Role(f"Member_{origin_id}", "Member"))


def app(resource_id: str = "") -> ResourceRole:
    """App4Guest with Default Access."""
    resource = Resource(System.APPLICATION, APP, "App4Guest", resource_id)
    return ResourceRole(resource, Role(DEFAULT_ACCESS, "Default Access"))


def terms(name: str = "Everybody", days: int = 14) -> Terms:
    """All users may ask, nobody approves."""
    return Terms(name, Scope.ALL_USERS, ends=Expiration(timedelta(days=days)), custom_timeline=True)


def article(name: str, catalog: Catalog) -> Blueprint:
    """The article's package with one policy more, a group, and a package it excludes; the catalog has neither resource."""
    return Blueprint(
        name,
        catalog,
        description="Opens App4Guest for guests.",
        roles=(app(), group()),
        policies=(terms(), replace(terms("Direct"), scope=Scope.DIRECT_ONLY, accepts_requests=False)),
        incompatible_packages=(HANDBOOK,),
    )


def planned(stage: Stage, wanted: Blueprint, *, before: Blueprint | None = None, owner: str = "alex") -> str:
    """A build in the bot's ledger that stands still before its first step; Resume begins it. Its id."""
    now = stage.now()
    person_id, name = PEOPLE[owner]
    build = Build(
        f"build-{next(_numbers)}-{os.getpid()}",
        person_id,
        name,
        now,
        state=BuildState.FAILED,
        before=before,
        wanted=wanted,
        failure=Failure("Nothing was begun yet."),
        begun_at=now,
        updated_at=now,
    )
    _in_ledger(stage, lambda ledger: ledger.open_build(build))
    return build.id


def stored(stage: Stage, build_id: str) -> Build:
    """The build as the bot's ledger has it."""
    found: Build = _in_ledger(stage, lambda ledger: ledger.build(build_id))
    return found


def trail(stage: Stage, target: str) -> list[AuditEntry]:
    """What the audit trail says about a package, newest first."""
    return list(_in_ledger(stage, lambda ledger: ledger.trail(target, limit=50)))


def _in_ledger(stage: Stage, ask: Any) -> Any:
    async def work() -> Any:
        database = Database(stage.bot.database_url)
        try:
            return await ask(SqlLedger(database, tenant_id=TENANT))
        finally:
            await database.close()

    return asyncio.run(work())


def seen(stage: Stage, package_id: str) -> Blueprint:
    """The package as the tenant has it."""

    async def read() -> Blueprint:
        credential = Credential(Registration(TENANT, BOT.removeprefix("28:"), Secret("x"), login_url=stage.tenant_url))
        graph = open_graph(stage.tenant_url, credential)
        try:
            return await EntraGovernance(graph).blueprint(package_id)
        finally:
            await graph.close()
            await credential.close()

    return asyncio.run(read())


def built(stage: Stage, wanted: Blueprint) -> tuple[str, str]:
    """A package that was built and that whoever reads it sees whole: the build's id and the activity id of its card."""
    build, before = planned(stage, wanted), set(stage.cards("alex"))
    resume(stage, build)
    card = stage.news("alex", before, wanted.name, "✔ Created", seconds=40)
    until(lambda: _opens(stage, wanted.name) == len(wanted.roles), what=f"all that {wanted.name} opens shows")
    return build, card


def _opens(stage: Stage, name: str) -> int:
    """How many roles readers see in the package: Entra shows what was added a little later."""
    package_id = packages(stage, name)[0]["id"]
    return len(stage.graph("GET", f"{EM}/accessPackages/{package_id}/resourceRoleScopes")["value"])


def resume(stage: Stage, build_id: str, *, who: str = "alex") -> Any:
    """Press Resume, wherever the card stands."""
    return stage.execute(who, {"verb": "package.resume", "build": build_id, "v": 1}, card="")


def packages(stage: Stage, name: str) -> list[dict[str, Any]]:
    """Packages of the tenant with this name."""
    return [one for one in stage.state()["accessPackages"] if one["displayName"] == name]


def policies(stage: Stage, package_id: str) -> list[str]:
    """Names of a package's policies."""
    rows = stage.state()["assignmentPolicies"]
    return sorted(one["displayName"] for one in rows if one["accessPackage"]["id"] == package_id)


def lasting(stage: Stage, package_id: str) -> dict[str, str]:
    """Policy name -> how long access through it lasts."""
    rows = stage.state()["assignmentPolicies"]
    mine = [one for one in rows if one["accessPackage"]["id"] == package_id]
    return {one["displayName"]: one["expiration"]["duration"] for one in mine}


def resources(stage: Stage, catalog: Catalog) -> list[str]:
    """Names of what is in a catalog."""
    rows = stage.graph("GET", f"{EM}/catalogs/{catalog.id}/resources")["value"]
    return sorted(one["displayName"] for one in rows)


def whole(stage: Stage, wanted: Blueprint) -> tuple[Any, ...]:
    """(packages of this name, roles, policies, excluded packages, resources in the catalog), as names."""
    found = packages(stage, wanted.name)
    if len(found) != 1:
        return (len(found),)
    only = found[0]
    try:
        excluded = stage.graph("GET", f"{EM}/accessPackages/{only['id']}/incompatibleAccessPackages")["value"]
    except HTTPError:  # not replicated yet
        return ()
    roles = sorted(one["role"]["displayName"] for one in only["resourceRoleScopes"])
    named = [one["displayName"] for one in excluded]
    return (1, roles, policies(stage, only["id"]), named, resources(stage, wanted.catalog))


def is_whole(stage: Stage, wanted: Blueprint) -> None:
    """There is one of everything, as soon as the tenant shows it all."""
    until(lambda: whole(stage, wanted) == WHOLE, what=f"{whole(stage, wanted)} is whole", seconds=5)


WHOLE = (1, ["Default Access", "Member"], ["Direct", "Everybody"], ["Staff handbook"], ["App4Guest", "Partner Readers"])
"""What `article` comes to, once."""
