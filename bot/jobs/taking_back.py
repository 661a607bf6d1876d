"""The steps of a build backwards: the package goes, then what it brought into the catalog."""

from __future__ import annotations

from bot.domain.building.builds import PACKAGE, Build
from bot.domain.building.resources import Resource
from bot.domain.building.undoing import TakeBack
from bot.errors import NotFound, Rejected
from bot.jobs import own_package
from bot.jobs.build_waits import REPLICATION, Stopped, Wait, given
from bot.ports import Deps

KEPT = "kept"
"""In place of an id: the resource stays, because another package uses it."""


async def perform(build: Build, step: TakeBack, deps: Deps) -> str:
    """The step is done. Raises Wait while Entra may still show what was just written."""
    if step.resource is None:
        return await _delete_package(build, deps)
    return await _take_out(build, step.resource, deps)


async def _delete_package(build: Build, deps: Deps) -> str:
    package_id = build.made.get(PACKAGE, "") or await own_package.find(build, deps)
    if not package_id:
        # Its creation was cut off: it may show up yet.
        if _is_fresh(build, deps):
            raise Wait
        return ""
    try:
        # Deleting what Entra does not show yet would count as done, and leave it there.
        await deps.governance.blueprint(package_id)
        await deps.governance.delete_package(package_id)
    except NotFound:
        if _is_fresh(build, deps):
            raise Wait from None
    except Rejected as error:
        text = (
            f"Entra does not delete the package: {error.detail} Take back the access that people hold through it, "
            "then press Resume."
        )
        raise Stopped(text, code=error.code) from error
    return ""


async def _take_out(build: Build, resource: Resource, deps: Deps) -> str:
    """A resource that another package came to use stays where it is."""
    catalog_id = given(build.wanted).catalog.id
    resource_id = resource.catalog_resource_id
    if not resource_id:
        seen = await deps.governance.candidate(resource.system, resource.origin_id, catalog_id=catalog_id)
        if seen is None and _is_fresh(build, deps):
            raise Wait
        if seen is None:
            return ""
        resource_id = seen.resource.catalog_resource_id
    try:
        await deps.governance.remove_resource(catalog_id, resource_id)
    except NotFound:
        return ""
    except Rejected:
        # Right after its package went, Entra still counts it as used.
        if _is_fresh(build, deps):
            raise Wait from None
        return KEPT
    return ""


def _is_fresh(build: Build, deps: Deps) -> bool:
    """Whether the step before is so near that Entra may not have caught up with it."""
    since = build.updated_at or build.created_at
    return deps.clock.now() - since < REPLICATION
