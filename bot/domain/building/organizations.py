"""Connected organizations: partners whose people may ask for packages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.building.blueprints import Named


class OrganizationState(StrEnum):
    """Only configured ones count for "all configured connected organizations"."""

    CONFIGURED = "configured"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class IdentitySource:
    """How their people sign in: `domain` for a domain, `tenant_id` for a Microsoft Entra tenant; the other is ""."""

    name: str
    domain: str = ""
    tenant_id: str = ""


@dataclass(frozen=True, slots=True)
class ConnectedOrganization:
    """A partner organisation. Sponsors are users of ours (internal) or guests of theirs (external)."""

    id: str
    name: str
    state: OrganizationState = OrganizationState.CONFIGURED
    description: str = ""
    sources: tuple[IdentitySource, ...] = ()
    internal_sponsors: tuple[Named, ...] = ()
    external_sponsors: tuple[Named, ...] = ()
