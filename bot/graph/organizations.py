"""Connected organizations: partners whose people may ask for packages, and who vouches for them."""

from __future__ import annotations

from bot.domain.building.blueprints import Named
from bot.domain.building.organizations import ConnectedOrganization, IdentitySource, OrganizationState
from bot.errors import AlreadyThere, Ambiguous, Conflict, NotFound
from bot.graph.client import Graph
from bot.graph.packages import EM
from bot.graph.wire import Json, path

ORGANIZATIONS = f"{EM}/connectedOrganizations"
ORGANIZATION = f"{ORGANIZATIONS}/{{}}"
WITH_SPONSORS = {"$expand": "internalSponsors,externalSponsors"}
DOMAIN = "#microsoft.graph.domainIdentitySource"
TENANT = "#microsoft.graph.azureActiveDirectoryTenant"


async def organizations(graph: Graph) -> tuple[ConnectedOrganization, ...]:
    """All connected organizations with their sponsors, by name.

    https://learn.microsoft.com/graph/api/entitlementmanagement-list-connectedorganizations
    """
    found = [organization_of(row) for row in await graph.wire.all(ORGANIZATIONS, WITH_SPONSORS)]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


async def packages_naming(graph: Graph, organization_id: str) -> tuple[Named, ...]:
    """The access packages one of whose policies names the organization anywhere, by name.

    https://learn.microsoft.com/graph/api/entitlementmanagement-list-assignmentpolicies
    """
    rows = await graph.wire.all(f"{EM}/assignmentPolicies", {"$expand": "accessPackage"})
    packages = [row.get("accessPackage") or {} for row in rows if _names(row, organization_id)]
    named = {Named(str(one["id"]), str(one.get("displayName") or one["id"])) for one in packages if one.get("id")}
    return tuple(sorted(named, key=lambda one: (one.name.casefold(), one.id)))


def _names(part: object, organization_id: str) -> bool:
    """Whether this part of a policy, or a part of it, is about the organization's people."""
    if isinstance(part, dict):
        named = str(part.get("connectedOrganizationId") or "").lower() == organization_id.lower()
        return named or any(_names(one, organization_id) for one in part.values())
    return isinstance(part, list) and any(_names(one, organization_id) for one in part)


async def create_organization(graph: Graph, name: str, *, domain: str = "", tenant_id: str = "") -> str:
    """A configured connected organization is made; its id.

    https://learn.microsoft.com/graph/api/entitlementmanagement-post-connectedorganizations
    """
    source: Json = {"@odata.type": DOMAIN, "domainName": domain, "displayName": name}
    if tenant_id:
        source = {"@odata.type": TENANT, "tenantId": tenant_id, "displayName": name}
    body = {"displayName": name, "description": "", "identitySources": [source], "state": "configured"}
    made = await graph.wire.post(ORGANIZATIONS, body)
    if not made.get("id"):
        raise Ambiguous("the new organization's answer has no id", code="UnreadableAnswer")
    return str(made["id"])


async def update_organization(graph: Graph, organization: ConnectedOrganization) -> None:
    """Name, description and state are as given; identity sources are not touched.

    https://learn.microsoft.com/graph/api/connectedorganization-update
    """
    body = {
        "displayName": organization.name,
        "description": organization.description,
        "state": organization.state.value,
    }
    await graph.wire.patch(path(ORGANIZATION, organization.id), body)


async def delete_organization(graph: Graph, organization_id: str) -> None:
    """The connected organization is gone; being gone already is success.

    https://learn.microsoft.com/graph/api/connectedorganization-delete
    """
    try:
        await graph.wire.delete(path(ORGANIZATION, organization_id))
    except NotFound:
        return


async def add_sponsor(graph: Graph, organization_id: str, person_id: str, *, internal: bool) -> None:
    """The person vouches for the organization; doing so already is success.

    https://learn.microsoft.com/graph/api/connectedorganization-post-internalsponsors
    """
    # The reference must name the cloud's own host.
    body = {"@odata.id": graph.url + path("/v1.0/users/{}", person_id)}
    try:
        await graph.wire.post(path(f"{ORGANIZATION}/{_kind(internal)}/$ref", organization_id), body)
    except (AlreadyThere, Conflict):
        return


async def remove_sponsor(graph: Graph, organization_id: str, person_id: str, *, internal: bool) -> None:
    """The person does not vouch for the organization; not doing so already is success.

    https://learn.microsoft.com/graph/api/connectedorganization-delete-internalsponsors
    """
    try:
        await graph.wire.delete(path(f"{ORGANIZATION}/{_kind(internal)}/{{}}/$ref", organization_id, person_id))
    except NotFound:
        return


def organization_of(row: Json) -> ConnectedOrganization:
    """One connected organization. https://learn.microsoft.com/graph/api/resources/connectedorganization"""
    state = row.get("state")
    return ConnectedOrganization(
        id=str(row["id"]),
        name=str(row.get("displayName") or row["id"]),
        state=OrganizationState(state) if state in set(OrganizationState) else OrganizationState.PROPOSED,
        description=str(row.get("description") or ""),
        sources=tuple(_source(source) for source in row.get("identitySources") or []),
        internal_sponsors=_people(row.get("internalSponsors")),
        external_sponsors=_people(row.get("externalSponsors")),
    )


def _source(row: Json) -> IdentitySource:
    """Social identity sources have neither domain nor tenant, only a name."""
    return IdentitySource(
        name=str(row.get("displayName") or ""),
        domain=str(row.get("domainName") or ""),
        tenant_id=str(row.get("tenantId") or ""),
    )


def _people(rows: object) -> tuple[Named, ...]:
    listed = rows if isinstance(rows, list) else []
    return tuple(Named(str(row["id"]), str(row.get("displayName") or row["id"])) for row in listed)


def _kind(internal: bool) -> str:
    return "internalSponsors" if internal else "externalSponsors"
