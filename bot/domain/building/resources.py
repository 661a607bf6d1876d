"""What a package opens: groups and Teams, applications, SharePoint sites, and a role in each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class System(StrEnum):
    """Where a resource comes from (`originSystem` of an accessPackageResource)."""

    GROUP = "AadGroup"
    APPLICATION = "AadApplication"
    SITE = "SharePointOnline"


ONBOARDING = {
    System.GROUP: "Group.ReadWrite.All",
    System.APPLICATION: "Application.ReadWrite.All",
    System.SITE: "Sites.FullControl.All",
}
"""What an application must hold to put into a catalog what it does not own.

https://learn.microsoft.com/graph/api/entitlementmanagement-post-resourcerequests
"""

DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000"
"""Role of an application that defines none: shown as Default Access."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a resource lets people be. `id` is the role's `originId`: an app role's id, `Member_<group id>`, a
    site's sequence number.
    """

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Resource:
    """Something a package can open.

    `origin_id` is the object id of the group or of the service principal, or the site's URL. `catalog_resource_id`
    is "" while the resource is not in the package's catalog.
    """

    system: System
    origin_id: str
    name: str
    catalog_resource_id: str = ""


@dataclass(frozen=True, slots=True)
class ResourceRole:
    """A role in a resource. `scope_id` is the id of the package's resource role scope, "" for one not added yet."""

    resource: Resource
    role: Role
    scope_id: str = ""

    @property
    def key(self) -> tuple[System, str, str]:
        """The same role of the same resource, wherever it was read."""
        return self.resource.system, self.resource.origin_id.casefold(), self.role.id.casefold()


@dataclass(frozen=True, slots=True)
class ResourceCandidate:
    """A resource of the tenant with the roles it offers, and what may keep it out of a package.

    `is_dynamic`: a group whose members follow a rule. `is_synced`: a group kept on premises. `owner_ids`: object ids
    of those who own it; a catalog owner without a directory role may add only what they own.
    """

    resource: Resource
    roles: tuple[Role, ...]
    is_dynamic: bool = False
    is_synced: bool = False
    owner_ids: tuple[str, ...] = ()
