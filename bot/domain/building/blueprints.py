"""A blueprint: a whole access package as data, as it is in the tenant or as it shall be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.building.resources import ResourceRole
from bot.domain.building.terms import Terms
from bot.domain.packages import Catalog


@dataclass(frozen=True, slots=True)
class Named:
    """Something referred to by id and read by name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Everything the portal's New access package wizard asks for.

    `id` is "", `created_at` and `modified_at` are None for a package that is not made yet. `incompatible_packages` and
    `incompatible_groups` are separation of duties: who has one of them cannot ask for this package.
    """

    name: str
    catalog: Catalog
    description: str = ""
    hidden: bool = False
    roles: tuple[ResourceRole, ...] = ()
    policies: tuple[Terms, ...] = ()
    incompatible_packages: tuple[Named, ...] = ()
    incompatible_groups: tuple[Named, ...] = ()
    id: str = ""
    modified_at: datetime | None = None
    created_at: datetime | None = None
