"""Which roles a person holds: directory roles, and entitlement-management roles for one or all catalogs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.people import InvitesFrom, Person
from bot.domain.roles import OPENED, CatalogRole, Role, Roles
from bot.errors import Forbidden, NotFound, NotLicensed
from bot.graph.batch import Answers, Ask, send
from bot.graph.client import Graph
from bot.graph.people import ask_person, is_object_id, person_of
from bot.graph.tenant import ask_invites_from, invites_from_in
from bot.graph.wire import Json, Wire, literal, path

CATALOG_SCOPE = "/AccessPackageCatalog/"
PAGE = 999
MOST_NAMES = 5


def asks(caller_id: str) -> list[Ask]:
    """Everything about a caller, for a batch.

    `checkMemberObjects` takes role template ids and sees through groups. The entitlement-management roles are
    read whole, because a group the person is in may hold one.
    https://learn.microsoft.com/graph/api/directoryobject-checkmemberobjects
    """
    return [
        ask_person("caller", caller_id),
        Ask(
            "directory-roles",
            path("/users/{}/checkMemberObjects", caller_id),
            method="POST",
            body={"ids": [role.template_id for role in Role]},
        ),
        Ask(
            "groups",
            path("/users/{}/transitiveMemberOf/graph.group", caller_id),
            {"$select": "id", "$count": "true", "$top": PAGE},
            eventual=True,
        ),
        Ask(
            "catalog-roles",
            "/roleManagement/entitlementManagement/roleAssignments",
            {"$expand": "roleDefinition"},
        ),
    ]


async def read(wire: Wire, answers: Answers, invites_from: InvitesFrom) -> tuple[Person | None, Roles]:
    """Who the caller of a batch is and what they hold here; unknown to Entra: None and no roles."""
    user = answers.maybe("caller")
    if user is None:
        return None, Roles()
    caller = person_of(user)
    held = answers.maybe("directory-roles") or {}
    directory = frozenset(str(item) for item in held.get("value", []))
    groups = await wire.rest(answers.maybe("groups") or {}, eventual=True)
    holders = {caller.id, *(str(group["id"]) for group in groups)}
    catalogs = await _catalogs(wire, answers, holders)
    return caller, Roles(directory, catalogs, caller.is_guest, members_invite=invites_from in OPENED)


async def roles(graph: Graph, caller_id: str) -> tuple[Person | None, Roles]:
    """Who someone is and what they hold, in one round trip. Anything but an object id is nobody."""
    if not is_object_id(caller_id):
        return None, Roles()
    answers = await send(graph.wire, [*asks(caller_id), ask_invites_from()])
    return await read(graph.wire, answers, invites_from_in(answers))


async def holders(graph: Graph, role_template_ids: Sequence[str]) -> tuple[str, ...]:
    """Display names of a few people who hold one of these roles directly, in the order of the roles.

    For built-in roles the definition's id is the template's id.
    https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments
    """
    if not role_template_ids:
        return ()
    wanted = [
        Ask(
            template_id,
            "/roleManagement/directory/roleAssignments",
            {"$filter": f"roleDefinitionId eq {literal(template_id)}", "$expand": "principal"},
        )
        for template_id in dict.fromkeys(role_template_ids)
    ]
    answers = await send(graph.wire, wanted)
    names: dict[str, None] = {}
    for ask in wanted:
        for assignment in answers[ask.id].get("value", []):
            principal = assignment.get("principal") or {}
            if principal.get("@odata.type", "#microsoft.graph.user") == "#microsoft.graph.user":
                names[str(principal.get("displayName") or "")] = None
    return tuple(name for name in names if name)[:MOST_NAMES]


async def _catalogs(wire: Wire, answers: Answers, holders: set[str]) -> dict[str, frozenset[CatalogRole]]:
    """Catalog id -> roles of any of `holders`; none where entitlement management cannot be read."""
    try:
        page = answers["catalog-roles"]
    except (Forbidden, NotLicensed, NotFound):
        return {}
    catalogs: dict[str, frozenset[CatalogRole]] = {}
    for assignment in await wire.rest(page):
        role = _catalog_role(assignment)
        if role is None or str(assignment.get("principalId")) not in holders:
            continue
        scope = str(assignment.get("appScopeId") or "/")
        catalog = scope.removeprefix(CATALOG_SCOPE) if scope.startswith(CATALOG_SCOPE) else ""
        if scope == "/" or catalog:
            catalogs[catalog] = catalogs.get(catalog, frozenset()) | {role}
    return catalogs


def _catalog_role(assignment: Json) -> CatalogRole | None:
    name = str((assignment.get("roleDefinition") or {}).get("displayName") or "").casefold()
    return next((role for role in CatalogRole if role.value.casefold() == name), None)
