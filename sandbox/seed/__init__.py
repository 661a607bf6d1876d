"""What a tenant holds after a reset: `empty` has the tenant and one administrator, `demo` the whole story."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.world import World

SEEDS = ("demo", "empty")


def plant(world: "World") -> None:
    """Fills a cleared world with the seed its options name."""
    from sandbox.entitlement import crowd
    from sandbox.seed import applications, extensions, groups, packages, people, sites, tenant

    tenant.plant(world)
    people.plant_administrator(world)
    if world.options["seed"] == "demo":
        people.plant(world)
        applications.plant(world)
        groups.plant(world)
        sites.plant(world)
        packages.plant(world)
        extensions.plant(world)
        crowd.plant(world, world.options["assignments"], packages.INVITED)
