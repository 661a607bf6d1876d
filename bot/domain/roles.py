"""Who may do what: Entra's own roles decide, and a refusal names the role that is missing.

Role template ids: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum

from bot.domain.people import InvitesFrom


class Role(Enum):
    """Directory roles that matter here: template id and name."""

    GLOBAL_ADMINISTRATOR = ("62e90394-69f5-4237-9190-012177145e10", "Global Administrator")
    USER_ADMINISTRATOR = ("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator")
    GOVERNANCE_ADMINISTRATOR = (
        "45d8d3c5-c802-45c6-b32a-1d70b5e1e86e",
        "Identity Governance Administrator",
    )
    DIRECTORY_WRITER = ("9360feb5-f418-4baa-8175-e2a00bac4301", "Directory Writers")
    GUEST_INVITER = ("95e79109-95c0-4d8e-aee3-d01accf2d47b", "Guest Inviter")

    def __init__(self, template_id: str, title: str) -> None:
        """Members carry two facts."""
        self.template_id = template_id
        self.title = title


class CatalogRole(StrEnum):
    """Entitlement-management roles that hold for one catalog, by their display name."""

    OWNER = "Catalog owner"
    PACKAGE_MANAGER = "Access package manager"
    ASSIGNMENT_MANAGER = "Access package assignment manager"
    READER = "Catalog reader"
    CREATOR = "Catalog creator"


class Act(StrEnum):
    """What can be asked of Entra through Usher."""

    INVITE = "invite guests"
    ASSIGN = "assign or take back this access package"
    ADD_POLICY = "add an assignment policy to this access package"
    MANAGE_ACCOUNT = "restore, unblock or reset a guest's account"
    SPONSOR = "say who answers for guests"
    REMOVE_ACCOUNT = "block or delete a guest's account"
    BUILD = "create or change access packages in this catalog"
    ADD_CATALOG = "create catalogs"
    CHANGE_CATALOG = "change this catalog, its resources and who works in it"
    DELEGATE = "say who may create catalogs"
    ORGANIZE = "change connected organizations"
    SET_LIFECYCLE = "decide what happens to guests' accounts"
    REVIEW = "start, stop or apply an access review of this package"
    AUDIT = "look at what others did"
    READ = "look at guests and access packages"


_GOVERNING = (Role.GOVERNANCE_ADMINISTRATOR, Role.GLOBAL_ADMINISTRATOR)
_DIRECTORY: dict[Act, tuple[Role, ...]] = {
    Act.INVITE: (Role.GUEST_INVITER, Role.USER_ADMINISTRATOR, Role.GLOBAL_ADMINISTRATOR),
    Act.ASSIGN: _GOVERNING,
    Act.ADD_POLICY: _GOVERNING,
    Act.MANAGE_ACCOUNT: (Role.USER_ADMINISTRATOR, Role.GLOBAL_ADMINISTRATOR),
    # https://learn.microsoft.com/graph/api/user-post-sponsors
    Act.SPONSOR: (Role.DIRECTORY_WRITER, Role.USER_ADMINISTRATOR, Role.GLOBAL_ADMINISTRATOR),
    Act.REMOVE_ACCOUNT: (Role.USER_ADMINISTRATOR, Role.GLOBAL_ADMINISTRATOR),
    Act.BUILD: _GOVERNING,
    Act.ADD_CATALOG: _GOVERNING,
    Act.CHANGE_CATALOG: _GOVERNING,
    Act.DELEGATE: _GOVERNING,
    Act.ORGANIZE: _GOVERNING,
    Act.SET_LIFECYCLE: _GOVERNING,
    Act.REVIEW: _GOVERNING,
    Act.AUDIT: (Role.USER_ADMINISTRATOR, *_GOVERNING),
    Act.READ: (Role.GUEST_INVITER, Role.USER_ADMINISTRATOR, *_GOVERNING),
}
_CATALOG: dict[Act, frozenset[CatalogRole]] = {
    Act.INVITE: frozenset(),
    Act.ASSIGN: frozenset({CatalogRole.OWNER, CatalogRole.PACKAGE_MANAGER, CatalogRole.ASSIGNMENT_MANAGER}),
    Act.ADD_POLICY: frozenset({CatalogRole.OWNER, CatalogRole.PACKAGE_MANAGER}),
    Act.MANAGE_ACCOUNT: frozenset(),
    Act.SPONSOR: frozenset(),
    Act.REMOVE_ACCOUNT: frozenset(),
    Act.BUILD: frozenset({CatalogRole.OWNER, CatalogRole.PACKAGE_MANAGER}),
    Act.ADD_CATALOG: frozenset({CatalogRole.CREATOR}),
    Act.CHANGE_CATALOG: frozenset({CatalogRole.OWNER}),
    Act.DELEGATE: frozenset(),
    Act.ORGANIZE: frozenset(),
    Act.SET_LIFECYCLE: frozenset(),
    Act.REVIEW: frozenset({CatalogRole.OWNER, CatalogRole.PACKAGE_MANAGER}),
    Act.AUDIT: frozenset(CatalogRole) - {CatalogRole.CREATOR},
    # Who creates catalogs sees those they own, as their owner.
    Act.READ: frozenset(CatalogRole) - {CatalogRole.CREATOR},
}


OPENED = frozenset({InvitesFrom.MEMBERS, InvitesFrom.EVERYONE})
"""Settings under which a member needs no role to invite."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles one person holds. `directory`: role template ids. `catalogs`: catalog id -> role names.

    A role over every catalog stands under the id "". `is_guest` people hold none that count here.
    `members_invite`: this tenant lets every member invite guests.
    """

    directory: frozenset[str] = frozenset()
    catalogs: dict[str, frozenset[CatalogRole]] = field(default_factory=dict)
    is_guest: bool = False
    members_invite: bool = False

    def holds(self, role: Role) -> bool:
        """Whether this directory role is active for the person."""
        return role.template_id in self.directory

    def in_catalog(self, catalog_id: str | None) -> frozenset[CatalogRole]:
        """Roles in this catalog, those over all catalogs included; None asks for any catalog."""
        if catalog_id is None:
            return frozenset().union(*self.catalogs.values())
        none: frozenset[CatalogRole] = frozenset()
        return self.catalogs.get("", none) | self.catalogs.get(catalog_id, none)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing was written because a role is missing. `roles` are names, any one of which would do.

    `scoped` are those among them that hold for one catalog; `catalog_id` is that catalog when the person has roles in
    catalogs, but none that will do in this one; "" otherwise.
    """

    act: Act
    roles: tuple[str, ...]
    role_ids: tuple[str, ...] = ()
    reason: str = ""
    scoped: tuple[str, ...] = ()
    catalog_id: str = ""


def refusal(
    act: Act,
    roles: Roles,
    *,
    catalog_id: str | None = None,
    invites_from: InvitesFrom = InvitesFrom.ADMINS,
) -> Refusal | None:
    """None when the person may, otherwise what is missing.

    `catalog_id` is the catalog of the package at stake; None: any catalog will do (reading).
    `invites_from` opens or closes invitations for people without a role.
    """
    if act is Act.INVITE and invites_from is InvitesFrom.NOBODY:
        return Refusal(act, (), (), "Invitations are switched off for this whole tenant.")
    if not roles.is_guest and _may(act, roles, catalog_id, invites_from):
        return None
    named = tuple(role.title for role in _DIRECTORY[act])
    scoped = tuple(role.value for role in CatalogRole if role in _CATALOG[act])
    ids = tuple(role.template_id for role in _DIRECTORY[act])
    elsewhere = catalog_id or "" if scoped and roles.catalogs and not roles.is_guest else ""
    return Refusal(act, named + scoped, ids, scoped=scoped, catalog_id=elsewhere)


def _may(act: Act, roles: Roles, catalog_id: str | None, invites_from: InvitesFrom) -> bool:
    if any(roles.holds(role) for role in _DIRECTORY[act]):
        return True
    if roles.in_catalog(catalog_id) & _CATALOG[act]:
        return True
    return act is Act.INVITE and (roles.members_invite or invites_from in OPENED)
