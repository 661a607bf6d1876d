"""Understand one package of a file against the tenant: what it is there, what it shall be, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.describing import KINDS, draft_of
from bot.domain.building.drafts import PackageDraft, PolicyWish, ResourceWish
from bot.domain.building.filed import FiledPackage, FileProblem
from bot.domain.building.lookup import Found, PackageName
from bot.domain.building.referring import Kind, referring, refs_of, things
from bot.domain.building.refs import standard
from bot.domain.building.resolving import resolve
from bot.domain.building.resources import ResourceRole
from bot.domain.matching import match
from bot.domain.outcomes.parts import Choice
from bot.domain.packages import Catalog


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying a package of a file would come to. `wanted` is None exactly when there are `problems`.

    `unclear`: a reference of the draft -> what it may mean; a chosen value in its place is unambiguous.
    """

    before: Blueprint | None
    wanted: Blueprint | None
    problems: tuple[FileProblem, ...] = ()
    unclear: tuple[tuple[str, tuple[Choice, ...]], ...] = ()


def settled(draft: PackageDraft, chosen: Mapping[str, str]) -> PackageDraft:
    """The draft with what somebody chose in place of references that may mean several things."""

    def resource(wish: ResourceWish) -> ResourceWish:
        return replace(wish, ref=chosen.get(wish.ref, wish.ref), role=chosen.get(wish.role, wish.role))

    return referring(draft, lambda _, ref: chosen.get(ref, ref), resource) if chosen else draft


def located(filed: FiledPackage, found: Found) -> tuple[PackageName, ...]:
    """The packages of the tenant that this one of a file may be: none, the one, or several of the same name."""
    if filed.id:
        return tuple(one for one in found.packages if one.id == filed.id.casefold())
    catalog = _catalog(filed.draft.catalog, found.catalogs)
    bare = " ".join(filed.draft.name.split()).casefold()
    named = (one for one in found.packages if " ".join(one.name.split()).casefold() == bare)
    return tuple(one for one in named if catalog is None or one.catalog_id == catalog.id)


def _catalog(ref: str, catalogs: Iterable[Catalog]) -> Catalog | None:
    return match(ref, catalogs, name=lambda one: one.name, key=lambda one: one.id).one if ref else None


def applied(filed: FiledPackage, base: Blueprint | None, found: Found, *, now: datetime, zone: ZoneInfo) -> Applied:
    """The package with what the file says put over what it is. Nothing goes that the file does not name.

    `found` answers `references` of the draft; days are days in `zone`.
    """
    draft = _aligned(filed.draft, base, found, zone) if base else filed.draft
    resolution = resolve(draft, found, base=base, now=now, zone=zone)
    problems = tuple(FileProblem(said, filed.spot(name, said)) for name, said in resolution.problems.items())
    wanted = resolution.blueprint
    if wanted is None or base is None:
        unclear = tuple((ref, resolution.choices[name]) for name, ref in resolution.ambiguous.items())
        return Applied(base, wanted, problems, unclear)
    gone = {name.casefold() for name in filed.removed_policies}
    policies = tuple(one for one in wanted.policies if one.name.casefold() not in gone or not one.id)
    return Applied(base, replace(wanted, roles=_roles(wanted, base, filed), policies=policies))


def _roles(wanted: Blueprint, base: Blueprint, filed: FiledPackage) -> tuple[ResourceRole, ...]:
    """Those the package has, as far as the file does not take them out, then the new ones."""
    had = {role.key for role in base.roles}
    kept = (role for role in base.roles if not any(_means(one, role) for one in filed.removed))
    return (*kept, *(role for role in wanted.roles if role.key not in had))


def _means(wish: ResourceWish, role: ResourceRole) -> bool:
    resource = role.resource
    ref, said = wish.ref.casefold(), wish.role.casefold()
    same = KINDS[wish.kind] is resource.system and ref in (resource.origin_id.casefold(), resource.name.casefold())
    return same and said in ("", role.role.id.casefold(), role.role.name.casefold())


def _aligned(draft: PackageDraft, base: Blueprint, found: Found, zone: ZoneInfo) -> PackageDraft:
    """The draft in the words in which `base` describes itself, wherever it means the same.

    Then what a file says as it is stays exactly as it is, whatever has become of the people it names. Policies go by
    name, so that a new one is added instead of taken for a misspelt old one.
    """
    earlier, named = draft_of(base, zone=zone), draft_of(base, zone=zone, named=True)
    known: dict[Kind, dict[str, str]] = {kind: {} for kind in Kind}
    for (kind, own_id), (_, name) in zip(refs_of(earlier), refs_of(named), strict=True):
        known[kind] |= {own_id.casefold(): own_id, **({name.casefold(): own_id} if name else {})}
    resources = dict(zip(named.resources, earlier.resources, strict=True))

    def say(kind: Kind, ref: str) -> str:
        ids = {known[kind][one.casefold()] for one in _meant(kind, ref, found) if one.casefold() in known[kind]}
        return ids.pop() if len(ids) == 1 else known[kind].get(ref.casefold(), ref)

    def resource(wish: ResourceWish) -> ResourceWish:
        return _same_resource(wish, resources, found)

    said = referring(draft, say, resource)
    first = PolicyWish(**{name: getattr(said, name) for name in PolicyWish.__dataclass_fields__})
    if not first.policy:
        return said
    blank = PolicyWish()
    emptied = {name: getattr(blank, name) for name in PolicyWish.__dataclass_fields__}
    return replace(said, **{**emptied, "others": (first, *said.others)})


def _meant(kind: Kind, ref: str, found: Found) -> tuple[str, ...]:
    """Ids of what the tenant has under a reference."""
    if kind in (Kind.PERSON, Kind.GROUP):
        return tuple(one.subject.id for one in found.subjects.get(standard(ref), ()))
    one = match(ref, things(kind, found), name=lambda one: one[1], key=lambda one: one[0]).one
    return (one[0],) if one else ()


def _same_resource(wish: ResourceWish, known: dict[ResourceWish, ResourceWish], found: Found) -> ResourceWish:
    """The role the package has already, if this means it: the resource by name or id, the role likewise."""
    candidates = found.resources.get((KINDS[wish.kind], wish.ref.strip()), ())
    refs = {one.resource.origin_id.casefold() for one in candidates} | {wish.ref.casefold()}
    for named, own in known.items():
        resource = own.kind == wish.kind and bool(refs & {own.ref.casefold(), named.ref.casefold()})
        if resource and wish.role.casefold() in (own.role.casefold(), named.role.casefold()):
            return own
    return wish
