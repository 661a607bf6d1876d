"""Resolve subject sets (approvers, specific targets) to the people they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sandbox.directory.membership import members_of
from sandbox.world import Entity, World


def resolve(world: World, sets: Iterable[Entity], user: Entity, *, nested: bool = False) -> set[str]:
    """Object ids of the people the sets mean for a request about ``user``; with ``nested`` those of nested groups, too."""
    return {person for one in sets for person in _members(world, one, user, nested)}


def organization_of(world: World, user: Entity) -> Entity | None:
    """The connected organization whose domain the user's address is in, if any."""
    domain = str(user.get("mail") or "").rpartition("@")[2].casefold()
    for organization in world.tables["connectedOrganizations"].values():
        sources = organization.get("identitySources") or []
        if domain and domain in [str(s.get("domainName")).casefold() for s in sources]:
            return organization
    return None


def _members(world: World, one: Entity, user: Entity, nested: bool) -> Iterator[str]:
    kind = str(one.get("@odata.type")).removeprefix("#").removeprefix("microsoft.graph.")
    organization = organization_of(world, user)
    match kind:
        case "singleUser":
            yield one["userId"]
        case "groupMembers":
            yield from group_members(world, one["groupId"], nested=nested)
        case "connectedOrganizationMembers":
            if organization and organization["id"] == one["connectedOrganizationId"]:
                yield user["id"]
        case "requestorManager" | "targetManager":
            yield from _managers(world, user, int(one.get("managerLevel") or 1))
        case "targetUserSponsors":
            yield from user.get("_sponsors") or []
        case "internalSponsors":
            yield from (organization or {}).get("_internalSponsors") or []
        case "externalSponsors":
            yield from (organization or {}).get("_externalSponsors") or []


def group_members(world: World, group_id: str, *, nested: bool = False) -> list[str]:
    """Object ids of a group's members, with ``nested`` of the people in its groups, too; none for a group that is gone."""
    members = members_of(world, world.tables["groups"].get(group_id) or {}, nested)
    return [one for one in members if not nested or one in world.tables["users"]]


def _managers(world: World, user: Entity, levels: int) -> Iterator[str]:
    for _ in range(levels):
        manager = user.get("_manager")
        if manager not in world.tables["users"]:
            return
        user = world.tables["users"][manager]
    yield user["id"]
