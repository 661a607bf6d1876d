"""Who may write what a build wants written: asked anew at every press."""

from __future__ import annotations

from bot.commands.command import Ask
from bot.domain.building.builds import Build
from bot.domain.building.delegation import may_onboard, onboards_anything
from bot.domain.building.lookup import Wanted
from bot.domain.building.resources import Resource
from bot.domain.building.undoing import added_resources
from bot.domain.outcomes import Said, Tone
from bot.domain.roles import Act


async def refuse_building(build: Build, ask: Ask) -> Said | None:
    """None when the asker may build in this catalog and put into it what is not there yet."""
    if build.wanted is None:
        return None
    catalog_id = build.wanted.catalog.id
    refused = await ask.refuse(Act.BUILD, catalog_id)
    resources = {role.resource.origin_id: role.resource for role in build.wanted.roles}
    missing = [one for one in resources.values() if not one.catalog_resource_id and _is_open(one, build)]
    if refused or not (missing or build.leftovers):
        return refused
    return await ask.refuse(Act.CHANGE_CATALOG, catalog_id) or await _refuse_foreign(missing, catalog_id, ask)


async def refuse_undoing(build: Build, ask: Ask) -> Said | None:
    """None when the asker may take back what this build made, out of the catalog too."""
    if build.wanted is None:
        return None
    refused = await ask.refuse(Act.BUILD, build.wanted.catalog.id)
    if refused or not added_resources(build):
        return refused
    return await ask.refuse(Act.CHANGE_CATALOG, build.wanted.catalog.id)


def _is_open(resource: Resource, build: Build) -> bool:
    return f"resource {resource.origin_id}" not in build.done


async def _refuse_foreign(resources: list[Resource], catalog_id: str, ask: Ask) -> Said | None:
    """A catalog owner without a directory role may add only what they own; for an administrator nothing is looked up."""
    if onboards_anything(ask.roles):
        return None
    wanted = Wanted(catalog_id, tuple((one.system, one.origin_id) for one in resources))
    found = await ask.deps.governance.look_up(wanted)
    for one in resources:
        candidates = found.resources.get((one.system, one.origin_id), ())
        if not any(may_onboard(each, ask.roles, ask.person.id) for each in candidates):
            text = (
                f"You may add to this catalog only what you own, and “{one.name}” is not yours. Its owner, or an "
                "Identity Governance Administrator, can add it to the catalog; then press Create again."
            )
            return Said("You may not add this to the catalog", text, Tone.BAD)
    return None
