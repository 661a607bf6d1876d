"""What lies around a package: whether the people and groups it names still work, and how much it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.building.organizations import ConnectedOrganization


class Standing(StrEnum):
    """How somebody or something that a package names is doing."""

    FINE = "fine"
    DISABLED = "disabled"
    DELETED = "deleted"
    GUEST = "guest"
    EMPTY = "empty"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class Facts:
    """`standings`: object id of a user or group -> how it is doing; an id without an entry was not looked up.

    `organizations`: every connected organization of the tenant, None when they were not looked up.
    """

    standings: Mapping[str, Standing] = field(default_factory=dict)
    organizations: tuple[ConnectedOrganization, ...] | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """How many people hold a package, wait for an answer, lose it soon, and are just being given it."""

    assigned: int = 0
    pending: int = 0
    expiring: int = 0
    delivering: int = 0

    @property
    def waiting(self) -> int:
        """Everybody who asked for it or was assigned to it and cannot use it yet."""
        return self.pending + self.delivering
