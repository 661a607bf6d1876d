"""Who was given a role in a catalog."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.roles import CatalogRole


@dataclass(frozen=True, slots=True)
class CatalogAssignment:
    """One person or group with one role in one catalog. `id` is the role assignment's."""

    id: str
    role: CatalogRole
    principal_id: str
    principal_name: str = ""
