"""The demo's catalogs, packages, policies and the one assignment that is under way."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.world import World


def plant(world: "World") -> None:
    """Entitlement management holds the demo's story."""
