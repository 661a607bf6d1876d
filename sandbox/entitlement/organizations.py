"""Serve connected organizations and the people who vouch for them."""

from __future__ import annotations

from sandbox.entitlement.access import READ, WRITE, operation
from sandbox.entitlement.answers import shown
from sandbox.entitlement.expansions import Expansions
from sandbox.entitlement.model import conform, invalid, require
from sandbox.entitlement.records import find
from sandbox.entitlement.shapes import CONNECTED_ORGANIZATION
from sandbox.errors import GraphError, not_found
from sandbox.odata import collection, entity
from sandbox.routes import NO_CONTENT, Call, Reply
from sandbox.world import Entity, World

KNOWN = frozenset(
    ["id", "displayName", "description", "identitySources", "state", "createdDateTime", "modifiedDateTime"]
)
ORGANIZATIONS = "/connectedOrganizations"


def _sponsors(world: World, organization: Entity, kind: str) -> list[Entity]:
    users, groups = world.tables["users"], world.tables["groups"]
    found = [(i, users.get(i) or groups.get(i)) for i in organization.get(f"_{kind}") or []]
    types = {True: "#microsoft.graph.user", False: "#microsoft.graph.group"}
    return [{"@odata.type": types[i in users], **one} for i, one in found if one]


def _expand(world: World) -> Expansions:
    return {
        "internalSponsors": lambda o: _sponsors(world, o, "internalSponsors"),
        "externalSponsors": lambda o: _sponsors(world, o, "externalSponsors"),
    }


@operation("GET", ORGANIZATIONS, app=READ, delegated=READ)
def list_organizations(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagement-list-connectedorganizations"""
    return collection(call, call.world.rows("connectedOrganizations"), expand=_expand(call.world), known=KNOWN)


@operation("POST", ORGANIZATIONS, app=WRITE, delegated=WRITE)
def create_organization(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagement-post-connectedorganizations"""
    body, world = call.object(), call.world
    conform(body, CONNECTED_ORGANIZATION)
    require(body, "displayName", "identitySources")
    _check_sources(world, body["identitySources"])
    organization: Entity = {
        "id": world.new_id(),
        "displayName": body["displayName"],
        "description": body.get("description"),
        "identitySources": body["identitySources"],
        "state": body.get("state") or "configured",
        "createdDateTime": world.clock.text(),
        "modifiedDateTime": world.clock.text(),
        "_internalSponsors": [],
        "_externalSponsors": [],
    }
    return shown(call, world.add("connectedOrganizations", organization))


@operation("GET", ORGANIZATIONS + "/{id}", app=READ, delegated=READ)
def get_organization(call: Call) -> Reply:
    """One connected organization."""
    return entity(call, _organization(call), expand=_expand(call.world), known=KNOWN)


@operation("PATCH", ORGANIZATIONS + "/{id}", app=WRITE, delegated=WRITE)
def update_organization(call: Call) -> Reply:
    """Name, description or state are changed; identity sources are not."""
    found, body = _organization(call), call.object()
    conform(body, {name: check for name, check in CONNECTED_ORGANIZATION.items() if name != "identitySources"})
    found |= {**body, "modifiedDateTime": call.world.clock.text()}
    return NO_CONTENT


@operation("DELETE", ORGANIZATIONS + "/{id}", app=WRITE, delegated=WRITE)
def delete_organization(call: Call) -> Reply:
    """Refused while a policy names the organization; its people stay."""
    found = _organization(call)
    if any(_names(policy, found["id"]) for policy in call.world.tables["assignmentPolicies"].values()):
        raise GraphError(400, "ConnectedOrganizationInUse", "The connected organization is used by a policy.")
    del call.world.tables["connectedOrganizations"][found["id"]]
    return NO_CONTENT


def _names(part: object, organization: str) -> bool:
    """Whether a policy, or a part of it, names the organization."""
    if isinstance(part, dict):
        return part.get("connectedOrganizationId") == organization or any(
            _names(one, organization) for one in part.values()
        )
    return isinstance(part, list) and any(_names(one, organization) for one in part)


def _check_sources(world: World, sources: list[Entity]) -> None:
    """GraphError 400 for a source without domain or tenant, our own, or one that is connected already."""
    taken = {_key(one) for each in world.tables["connectedOrganizations"].values() for one in each["identitySources"]}
    own = {row["id"].lower() for row in world.tables["domains"].values()} | {world.tenant["id"]}
    for source in sources:
        key = _key(source)
        if not key:
            raise invalid("an identity source needs a domain or a tenant")
        if key in own:
            raise invalid("the identity source is this tenant")
        if key in taken:
            raise GraphError(400, "ConnectedOrganizationExists", "A connected organization with it already exists.")


def _key(source: Entity) -> str:
    return str(source.get("domainName") or source.get("tenantId") or source.get("displayName") or "").lower()


def _organization(call: Call) -> Entity:
    return find(call.world, "connectedOrganizations", call.params["id"])


def _serve_sponsors(kind: str) -> None:
    """Registers list, add and remove for one kind of sponsors."""
    path = f"{ORGANIZATIONS}/{{id}}/{kind}"

    @operation("GET", path, app=READ, delegated=READ)
    def list_sponsors(call: Call) -> Reply:
        return collection(call, _sponsors(call.world, _organization(call), kind))

    @operation("POST", path + "/$ref", app=WRITE, delegated=WRITE)
    def add_sponsor(call: Call) -> Reply:
        sponsor = str(call.object().get("@odata.id") or "").rstrip("/").rpartition("/")[2]
        user = call.world.tables["users"].get(sponsor)
        if user is None and sponsor not in call.world.tables["groups"]:
            raise invalid("@odata.id names no user or group")
        if user is not None and (user.get("userType") == "Guest") != (kind == "externalSponsors"):
            raise invalid("internal sponsors are members, external ones guests")
        sponsors = _organization(call)[f"_{kind}"]
        if sponsor in sponsors:
            raise GraphError(400, "SponsorExists", "The sponsor already exists.")
        sponsors.append(sponsor)
        return NO_CONTENT

    @operation("DELETE", path + "/{sponsor}/$ref", app=WRITE, delegated=WRITE)
    def remove_sponsor(call: Call) -> Reply:
        sponsors = _organization(call)[f"_{kind}"]
        if call.params["sponsor"] not in sponsors:
            raise not_found(call.params["sponsor"])
        sponsors.remove(call.params["sponsor"])
        return NO_CONTENT


_serve_sponsors("internalSponsors")
_serve_sponsors("externalSponsors")
