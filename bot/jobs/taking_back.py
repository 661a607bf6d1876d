"""The steps of a build backwards: the package goes, then what it brought into the catalog."""

from __future__ import annotations

from bot.domain.building.builds import PACKAGE, Build
from bot.domain.building.resources import Resource
from bot.domain.building.undoing import TakeBack
from bot.errors import NotFound, Rejected
from bot.jobs import own_package
from bot.jobs.build_waits import REPLICATION, Stopped, Wait, given, later, look_again
from bot.ports import Deps

KEPT = "kept"
"""In place of an id: the resource stays, because another package uses it."""


async def perform(build: Build, step: TakeBack, deps: Deps) -> str:
    """The step is done, and Entra no longer shows what it took away. Raises Wait while it may still show something."""
    if step.resource is None:
        return await _delete_package(build, step.name, deps)
    return await _take_out(build, step.resource, deps)


async def _delete_package(build: Build, step: str, deps: Deps) -> str:
    package_id = build.made.get(PACKAGE, "") or await own_package.find(build, deps)
    if not package_id or not await _is_there(package_id, deps):
        # What was just made, or whose making was cut off, may show up yet: nothing is deleted that does not show.
        if step not in build.attempts and _is_fresh(build, deps):
            raise Wait
        if not package_id:
            look_again(build, deps)
        return ""
    await deps.ledger.amend_build(build.id, lambda one: one.attempted(step))
    try:
        await deps.governance.delete_package(package_id)
    except Rejected as error:
        text = (
            f"Entra does not delete the package: {error.detail} Take back the access that people hold through it, "
            "then press Resume."
        )
        raise Stopped(text, code=error.code) from error
    if await _is_there(package_id, deps):
        raise later(Stopped("Entra still shows the package five minutes after it was deleted."), build, deps)
    return ""


async def _is_there(package_id: str, deps: Deps) -> bool:
    try:
        await deps.governance.blueprint(package_id)
    except NotFound:
        return False
    return True


async def _take_out(build: Build, resource: Resource, deps: Deps) -> str:
    """A resource that another package came to use stays where it is."""
    catalog_id = given(build.wanted).catalog.id
    there = await deps.governance.candidate(resource.system, resource.origin_id, catalog_id=catalog_id)
    if there is None:
        # Its addition may have been cut off a moment ago.
        if not resource.catalog_resource_id and _is_fresh(build, deps):
            raise Wait
        return ""
    try:
        await deps.governance.remove_resource(catalog_id, there.resource.catalog_resource_id)
    except Rejected:
        # Right after its package went, Entra still counts it as used.
        if _is_fresh(build, deps):
            raise Wait from None
        return KEPT
    if await deps.governance.candidate(resource.system, resource.origin_id, catalog_id=catalog_id) is not None:
        raise later(Stopped("Entra still shows the resource in the catalog after five minutes."), build, deps)
    return ""


def _is_fresh(build: Build, deps: Deps) -> bool:
    """Whether the step before is so near that Entra may not have caught up with it."""
    since = build.updated_at or build.created_at
    return deps.clock.now() - since < REPLICATION
