"""What commands about catalogs and connected organizations come to."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.building.blueprints import Named
from bot.domain.building.delegation import CatalogAssignment
from bot.domain.building.organizations import ConnectedOrganization
from bot.domain.building.resources import ResourceCandidate
from bot.domain.outcomes.parts import Press
from bot.domain.packages import Catalog


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """A catalog in a list; `resources` None where nobody counted."""

    catalog: Catalog
    packages: int
    resources: int | None = None


@dataclass(frozen=True, slots=True)
class CatalogList:
    """The catalogs the asker may see, by name."""

    entries: tuple[CatalogEntry, ...]
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogDetails:
    """One catalog with all that is in it. `said`: what was just done, "" for nothing."""

    catalog: Catalog
    resources: tuple[ResourceCandidate, ...]
    packages: tuple[Named, ...]
    workers: tuple[CatalogAssignment, ...]
    presses: tuple[Press, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class OrganizationList:
    """The connected organizations, by name."""

    organizations: tuple[ConnectedOrganization, ...]
    presses: tuple[Press, ...] = ()
