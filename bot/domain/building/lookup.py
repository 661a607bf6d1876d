"""What a draft refers to, and what the tenant has under these names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.building.blueprints import Named
from bot.domain.building.organizations import ConnectedOrganization
from bot.domain.building.resources import ResourceCandidate, System
from bot.domain.building.subjects import Candidate
from bot.domain.building.terms import Moment
from bot.domain.packages import Catalog


@dataclass(frozen=True, slots=True)
class Wanted:
    """References as somebody wrote them: names, addresses, ids or URLs.

    `catalog` decides which resources count as onboarded and whose custom extensions are read. `subjects` may be people
    or groups.
    """

    catalog: str = ""
    resources: tuple[tuple[System, str], ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomExtension:
    """A custom extension of a catalog and the moments its type may be called at."""

    id: str
    name: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class PackageName:
    """A package of the tenant, by id, name and catalog."""

    id: str
    name: str
    catalog_id: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the tenant has. References without a match have no entry; several matches are several candidates.

    `resources`: (system, reference) -> candidates; `catalog_resource_id` is set on those in the wanted catalog.
    """

    catalogs: tuple[Catalog, ...] = ()
    packages: tuple[PackageName, ...] = ()
    organizations: tuple[ConnectedOrganization, ...] = ()
    resources: Mapping[tuple[System, str], tuple[ResourceCandidate, ...]] = field(default_factory=dict)
    subjects: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    extensions: tuple[CustomExtension, ...] = ()


@dataclass(frozen=True, slots=True)
class Offers:
    """What a form can offer to choose from: the first of each kind by name (`catalog_resources` are in the catalog)."""

    catalogs: tuple[Catalog, ...] = ()
    packages: tuple[PackageName, ...] = ()
    organizations: tuple[ConnectedOrganization, ...] = ()
    applications: tuple[Named, ...] = ()
    groups: tuple[Named, ...] = ()
    sites: tuple[Named, ...] = ()
    extensions: tuple[CustomExtension, ...] = ()
    catalog_resources: frozenset[str] = frozenset()
