"""Understand a draft against the tenant: what it refers to, what can be chosen, and what this person may do of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from uuid import UUID

from bot.commands.command import Ask
from bot.domain.building.amending import remembering
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.delegation import may_onboard
from bot.domain.building.describing import KINDS
from bot.domain.building.drafts import PackageDraft
from bot.domain.building.lookup import Found, Offers
from bot.domain.building.resolving import Resolution, references, resolve
from bot.domain.building.resources import ResourceCandidate
from bot.domain.matching import match
from bot.domain.packages import Catalog
from bot.domain.roles import Act

USUAL_CATALOG = "General"


@dataclass(frozen=True, slots=True)
class Understood:
    """A draft, what the tenant has under its names, and what it comes to.

    `problems` (field -> plain words) holds what the draft lacks as well as what its owner may not do; a blueprint is
    complete only when there are none. `offers` is empty when it was not asked for.
    """

    draft: PackageDraft
    found: Found
    resolution: Resolution
    problems: dict[str, str]
    catalog: Catalog | None
    offers: Offers


async def understand(
    draft: PackageDraft, ask: Ask, *, before: Blueprint | None = None, offering: bool = True
) -> Understood:
    """Two looks into the tenant at most, side by side where the catalog is known by its id.

    With `before` the draft is all that this package shall be.
    """
    governance = ask.deps.governance
    if not draft.catalog and not ask.may(Act.BUILD, ""):
        # Somebody with a role in some catalogs begins in one of these, not in General.
        draft = replace(draft, catalog=await _first(ask))
    if not offering:
        return _understood(draft, await governance.look_up(references(draft)), Offers(), ask, before)
    if _is_id(draft.catalog):
        found, offers = await asyncio.gather(
            governance.look_up(references(draft)), governance.offers(catalog=draft.catalog)
        )
        return _understood(draft, found, offers, ask, before)
    return await with_offers(await understand(draft, ask, before=before, offering=False), ask)


async def with_offers(understood: Understood, ask: Ask) -> Understood:
    """The same with what can be chosen; asked once."""
    if understood.offers != Offers():
        return understood
    catalog = understood.catalog.id if understood.catalog else ""
    return replace(understood, offers=await ask.deps.governance.offers(catalog=catalog))


def _is_id(reference: str) -> bool:
    try:
        UUID(reference)
    except ValueError:
        return False
    return True


async def _first(ask: Ask) -> str:
    """The catalog this person works in, the first by name of several; those are named by their roles already."""
    own = [one for one in ask.roles.catalogs if one and ask.may(Act.BUILD, one)]
    if len(own) < 2:
        return own[0] if own else ""
    return next((one.id for one in await ask.deps.catalogs.catalogs() if one.id in own), own[0])


def _catalog(draft: PackageDraft, found: Found) -> Catalog | None:
    """The catalog the draft means: as it says, the only one, or General."""
    if not draft.catalog and len(found.catalogs) == 1:
        return found.catalogs[0]
    wanted = draft.catalog or USUAL_CATALOG
    return match(wanted, found.catalogs, name=lambda one: one.name, key=lambda one: one.id).one


def _understood(draft: PackageDraft, found: Found, offers: Offers, ask: Ask, before: Blueprint | None) -> Understood:
    found = remembering(found, before) if before else found
    resolution = resolve(draft, found, base=before, whole=before is not None, now=ask.now, zone=ask.zone)
    catalog = _catalog(draft, found)
    problems = {**_rights(draft, found, catalog, ask), **resolution.problems}
    return Understood(draft, found, resolution, problems, catalog, offers)


def _rights(draft: PackageDraft, found: Found, catalog: Catalog | None, ask: Ask) -> dict[str, str]:
    """What the owner's roles do not allow, beside the field that asks for it."""
    if catalog is None:
        return {}
    if not ask.may(Act.BUILD, catalog.id):
        said = f"You may not create access packages in “{catalog.name}”. Choose a catalog you work in."
        return {"catalog": said}
    named = [_candidate(one.kind, one.ref, found) for one in draft.resources]
    closed = [one.resource.name for one in named if one and not may_add(one, catalog.id, ask)]
    if not closed:
        return {}
    names = ", ".join(f"“{name}”" for name in closed[:4])
    return {"resources": f"Not in the catalog “{catalog.name}” yet: {names}. {_WHO_ADDS}"}


_WHO_ADDS = "Only a catalog owner who owns it, or an Identity Governance Administrator, can add it there."


def _candidate(kind: str, ref: str, found: Found) -> ResourceCandidate | None:
    several = found.resources.get((KINDS[kind], ref.strip()), ()) if kind in KINDS else ()
    return several[0] if len(several) == 1 else None


def may_add(candidate: ResourceCandidate, catalog_id: str, ask: Ask) -> bool:
    """Whether the resource is in the catalog, or this person may add it."""
    if candidate.resource.catalog_resource_id:
        return True
    return ask.may(Act.CHANGE_CATALOG, catalog_id) and may_onboard(candidate, ask.roles, ask.person.id)
