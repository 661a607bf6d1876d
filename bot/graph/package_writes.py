"""Make, change and delete access packages, and what they open and exclude."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.building.resources import ResourceRole
from bot.errors import AlreadyThere, Ambiguous, Conflict, NotFound, Rejected
from bot.graph.batch import MOST, Ask, send
from bot.graph.blueprints import PACKAGE, PARTS, resource_role_of
from bot.graph.client import Graph
from bot.graph.packages import PACKAGES
from bot.graph.wire import Json, path

EXCLUDED = {"packages": "incompatibleAccessPackages", "groups": "incompatibleGroups"}


async def create_package(graph: Graph, name: str, *, description: str, hidden: bool, catalog_id: str) -> str:
    """A package without roles and policies is made; its id.

    https://learn.microsoft.com/graph/api/entitlementmanagement-post-accesspackages
    """
    body = {**_basics(name, description, hidden=hidden), "catalog": {"id": catalog_id}}
    made = await graph.wire.post(PACKAGES, body)
    if not made.get("id"):
        raise Ambiguous("the new package's answer has no id", code="UnreadableAnswer")
    return str(made["id"])


async def update_package(
    graph: Graph,
    package_id: str,
    *,
    name: str | None = None,
    description: str | None = None,
    hidden: bool | None = None,
) -> None:
    """The package has these basics, and keeps the others. https://learn.microsoft.com/graph/api/accesspackage-update"""
    given = {"displayName": name, "description": description, "isHidden": hidden}
    body = {key: value for key, value in given.items() if value is not None}
    if body:
        await graph.wire.patch(path(PACKAGE, package_id), body)


async def delete_package(graph: Graph, package_id: str) -> None:
    """The package is gone, and its policies with it; being gone already is success.

    https://learn.microsoft.com/graph/api/accesspackage-delete
    """
    try:
        await graph.wire.delete(path(PACKAGE, package_id))
    except NotFound:
        return


async def add_role(graph: Graph, package_id: str, role: ResourceRole) -> None:
    """The package gives this role; giving it already is success.

    https://learn.microsoft.com/graph/api/accesspackage-post-resourcerolescopes
    """
    try:
        await graph.wire.post(path(f"{PACKAGE}/resourceRoleScopes", package_id), role_body(role))
    except AlreadyThere:
        return
    except (Conflict, Rejected):
        # Graph documents no code for a role that is there already, so the package itself is asked.
        if not await _gives(graph, package_id, role):
            raise


async def remove_role(graph: Graph, package_id: str, scope_id: str) -> None:
    """The package does not give this role; not giving it already is success.

    https://learn.microsoft.com/graph/api/accesspackage-delete-resourcerolescopes
    """
    try:
        await graph.wire.delete(path(f"{PACKAGE}/resourceRoleScopes/{{}}", package_id, scope_id))
    except NotFound:
        return


async def exclude(graph: Graph, package_id: str, packages: Sequence[str], groups: Sequence[str]) -> None:
    """Who has one of these cannot ask for the package, in one round trip while there are at most twenty.

    https://learn.microsoft.com/graph/api/accesspackage-post-incompatibleaccesspackage
    """
    asks = []
    for number, (kind, _, target) in enumerate(_others(packages, groups)):
        # The reference must name the cloud's own host.
        body = {"@odata.id": graph.url + "/v1.0" + target}
        asks.append(Ask(str(number), path(f"{PACKAGE}/{kind}/$ref", package_id), method="POST", body=body))
    await _each(graph, asks, (AlreadyThere, Conflict))


async def include(graph: Graph, package_id: str, packages: Sequence[str], groups: Sequence[str]) -> None:
    """These keep nobody from the package.

    https://learn.microsoft.com/graph/api/accesspackage-delete-incompatibleaccesspackage
    """
    asks = [
        Ask(str(number), path(f"{PACKAGE}/{kind}/{{}}/$ref", package_id, other), method="DELETE")
        for number, (kind, other, _) in enumerate(_others(packages, groups))
    ]
    await _each(graph, asks, (NotFound,))


def role_body(role: ResourceRole) -> Json:
    """The resource role scope to add; resource and scope are named by where they come from."""
    resource, system = role.resource, role.resource.system.value
    return {
        "role": {
            "displayName": role.role.name,
            "originSystem": system,
            "originId": role.role.id,
            "resource": {
                "id": resource.catalog_resource_id,
                "originId": resource.origin_id,
                "originSystem": system,
            },
        },
        "scope": {"originId": resource.origin_id, "originSystem": system, "isRootScope": True},
    }


def _basics(name: str, description: str, *, hidden: bool) -> Json:
    return {"displayName": name, "description": description, "isHidden": hidden}


async def _gives(graph: Graph, package_id: str, role: ResourceRole) -> bool:
    package = await graph.wire.get(path(PACKAGE, package_id), PARTS["roles"])
    given = (resource_role_of(row) for row in package.get("resourceRoleScopes") or [])
    return any(one is not None and one.key == role.key for one in given)


def _others(packages: Sequence[str], groups: Sequence[str]) -> list[tuple[str, str, str]]:
    """Navigation, id and address of each package and group, once each."""
    others = [(EXCLUDED["packages"], one, path(PACKAGE, one)) for one in dict.fromkeys(packages)]
    return others + [(EXCLUDED["groups"], one, path("/groups/{}", one)) for one in dict.fromkeys(groups)]


async def _each(graph: Graph, asks: Sequence[Ask], fine: tuple[type[Exception], ...]) -> None:
    """Every ask succeeded or met one of the errors in `fine`; the first other error is raised when all were tried."""
    for start in range(0, len(asks), MOST):
        part = asks[start : start + MOST]
        answers = await send(graph.wire, part)
        for ask in part:
            try:
                answers[ask.id]
            except fine:
                continue
