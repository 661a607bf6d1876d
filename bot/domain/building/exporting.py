"""Turn a package into what a file says of it: names where they mean one thing only, ids elsewhere."""

from __future__ import annotations

from datetime import tzinfo

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.describing import KINDS, draft_of
from bot.domain.building.drafts import NONE, ResourceWish
from bot.domain.building.filed import FiledPackage
from bot.domain.building.lookup import Found, Wanted
from bot.domain.building.referring import Kind, referring, refs_of, things
from bot.domain.building.refs import SELF, standard, unnamed
from bot.domain.building.resolving import references
from bot.domain.building.resources import DEFAULT_ACCESS, Role, System
from bot.domain.building.subjects import SubjectKind
from bot.domain.matching import match


def names_to_check(blueprint: Blueprint) -> Wanted:
    """What to look up before `filed`, to know which names of the package mean one thing only."""
    wanted = references(draft_of(blueprint, named=True))
    return Wanted(blueprint.catalog.id, wanted.resources, wanted.subjects)


def filed(blueprint: Blueprint, found: Found, *, zone: tzinfo) -> FiledPackage:
    """The whole package for a file. `found` is the tenant's answer to `names_to_check`; dates are days in `zone`."""
    draft, named = draft_of(blueprint, zone=zone), draft_of(blueprint, zone=zone, named=True)
    names = {one: other for one, (_, other) in zip(refs_of(draft), refs_of(named), strict=True)}
    roles = dict(zip(draft.resources, named.resources, strict=True))
    beside: dict[str, str] = {}

    def say(kind: Kind, ref: str) -> str:
        said = _said(kind, ref, names[kind, ref], found)
        if said == ref and names[kind, ref] != ref:
            beside[ref] = names[kind, ref]
        return said

    def resource(wish: ResourceWish) -> ResourceWish:
        said = _resource(wish, roles[wish], found)
        beside.update({ref: name for ref, name in ((wish.ref, roles[wish].ref),) if said.ref == ref != name})
        if said.role == wish.role != roles[wish].role:
            beside[wish.role] = roles[wish].role
        return said

    twins = [
        one for one in found.packages if one.catalog_id == blueprint.catalog.id and _same(one.name, blueprint.name)
    ]
    own_id = blueprint.id if len(twins) > 1 else ""
    return FiledPackage(referring(draft, say, resource), own_id, names=beside)


def _said(kind: Kind, ref: str, name: str, found: Found) -> str:
    """The name when only this is meant by it, otherwise the id. Our own words (manager, sponsors) stay."""
    if ref == name or not _is_a_name(name):
        return ref
    if kind in (Kind.PERSON, Kind.GROUP):
        return _person(ref, name, found)
    meant = match(name, things(kind, found), name=lambda one: one[1], key=lambda one: one[0]).one
    return name if meant is not None and meant[0] == ref else ref


def _is_a_name(name: str) -> bool:
    """Whether a reader would take it for a name at all."""
    return name == name.strip() and name not in ("", NONE, SELF) and standard(name) == name and unnamed(name) is None


def _person(ref: str, name: str, found: Found) -> str:
    """A person's address; the name of a group, or of somebody without address."""
    candidates = found.subjects.get(name, ())
    own = next((one for one in candidates if one.subject.id == ref), None)
    if own is not None and own.subject.kind is SubjectKind.USER and _is_a_name(own.address):
        return own.address
    namesakes = [one for one in candidates if _same(one.subject.name, name) or _same(one.address, name)]
    return name if own is not None and namesakes == [own] else ref


def _resource(wish: ResourceWish, named: ResourceWish, found: Found) -> ResourceWish:
    candidates = found.resources.get((KINDS[wish.kind], named.ref.strip()), ())
    namesakes = [one for one in candidates if _same(one.resource.name, named.ref) or one.resource.origin_id == wish.ref]
    own = next((one for one in candidates if one.resource.origin_id == wish.ref), None)
    if own is None:
        return wish
    alone = namesakes == [own] and _is_a_name(named.ref)
    roles = own.roles or ((Role(DEFAULT_ACCESS, "Default Access"),) if KINDS[wish.kind] is System.APPLICATION else ())
    namesake_roles = [one for one in roles if _same(one.name, named.role)]
    same_role = [one.id for one in namesake_roles] == [wish.role] and _is_a_name(named.role)
    return ResourceWish(wish.kind, named.ref if alone else wish.ref, named.role if same_role else wish.role)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
