"""Who was given a role in a catalog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.building.resources import ResourceCandidate
from bot.domain.roles import Act, CatalogRole, Roles, refusal


@dataclass(frozen=True, slots=True)
class CatalogAssignment:
    """One person or group with one role in one catalog. `id` is the role assignment's."""

    id: str
    role: CatalogRole
    principal_id: str
    principal_name: str = ""


_WORDS = {
    "access package assignment manager": CatalogRole.ASSIGNMENT_MANAGER,
    "assignment manager": CatalogRole.ASSIGNMENT_MANAGER,
    "access package manager": CatalogRole.PACKAGE_MANAGER,
    "package manager": CatalogRole.PACKAGE_MANAGER,
    "catalog creator": CatalogRole.CREATOR,
    "catalog owner": CatalogRole.OWNER,
    "catalog reader": CatalogRole.READER,
    "creator": CatalogRole.CREATOR,
    "manager": CatalogRole.PACKAGE_MANAGER,
    "owner": CatalogRole.OWNER,
    "reader": CatalogRole.READER,
}
IN_A_CATALOG = tuple(role for role in CatalogRole if role is not CatalogRole.CREATOR)
"""Roles that hold in one catalog; a creator is one in the whole tenant."""


def role_in(words: Sequence[str]) -> tuple[CatalogRole | None, tuple[str, ...]]:
    """The catalog role these words name ("package-manager" is two words), and the words around it."""
    parts = [part for word in words for part in word.replace("-", " ").replace("_", " ").split()]
    folded = [part.casefold().strip(".,:;") for part in parts]
    for name, role in _WORDS.items():
        wanted = name.split()
        for start in range(len(folded) - len(wanted) + 1):
            found = folded[start : start + len(wanted)]
            if found == wanted or found == [*wanted[:-1], f"{wanted[-1]}s"]:
                return role, (*parts[:start], *parts[start + len(wanted) :])
    return None, tuple(words)


def role_called(name: str) -> CatalogRole | None:
    """The role with exactly this name, as a card sends it back."""
    return next((role for role in CatalogRole if role.value == name), None)


def onboards_anything(roles: Roles) -> bool:
    """Whether a directory role lets the person put any resource into any catalog."""
    return refusal(Act.CHANGE_CATALOG, Roles(roles.directory, is_guest=roles.is_guest)) is None


def may_onboard(candidate: ResourceCandidate, roles: Roles, person_id: str) -> bool:
    """Whether somebody who may change a catalog may put this into it: an administrator anything, others what they own.

    https://learn.microsoft.com/entra/id-governance/entitlement-management-catalog-create
    """
    return onboards_anything(roles) or person_id in candidate.owner_ids
