"""`catalog remove`: take a resource out of a catalog, after saying which access packages use it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.catalogs import show, which
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.naming import Which
from bot.domain import clauses
from bot.domain.building.resources import Resource, ResourceCandidate, System
from bot.domain.matching import match
from bot.domain.outcomes import Outcome, Press, Said, Style, Tone
from bot.domain.packages import Catalog
from bot.domain.roles import Act
from bot.errors import Rejected

USAGE = 'catalog remove "Partners" group:"Project Phoenix"'
_KINDS = {
    "app": System.APPLICATION,
    "application": System.APPLICATION,
    "group": System.GROUP,
    "team": System.GROUP,
    "site": System.SITE,
}
_YES = "catalog.remove.yes"


@dataclass(frozen=True, slots=True)
class Removal:
    """A resource of the catalog by name, id or URL; `system` None: of any kind. `sure`: a card's "yes"."""

    which: Which
    resource: str = ""
    system: System | None = None
    sure: bool = False


def parse(words: str, value: Value) -> Removal:
    """`"Partners" group:"Project Phoenix"`, `"Partners" "Project Phoenix"`. Only a card can say yes."""
    if value:
        sure = text_of(value, "verb") == _YES
        return Removal(which.parse("", value), text_of(value, "resource"), sure=sure)
    read = clauses.read(words, (*_KINDS, "catalog"))
    given = next(((kind, name) for kind, name in read.given.items() if kind in _KINDS), None)
    catalog = Which((read.given.get("catalog") or read.name)[:256])
    if given:
        return Removal(catalog, given[1][:400], _KINDS[given[0]])
    return Removal(catalog, read.quoted[1][:400] if len(read.quoted) > 1 else "")


async def run(wanted: Removal, ask: Ask) -> Outcome:
    """The catalog without it, or what uses it, or the question."""
    again = {"resource": wanted.resource} if wanted.resource else {}
    catalog = await which.find(wanted.which, ask, press=Press("", "catalog remove", again), usage=USAGE)
    if isinstance(catalog, Said):
        return catalog
    refused = await ask.refuse(Act.CHANGE_CATALOG, catalog.id)
    if refused:
        return refused
    inside = await ask.deps.catalogs.catalog_resources(catalog.id)
    one = _meant(wanted, catalog, inside)
    if isinstance(one, Said):
        return one
    using = await _using(one, ask)
    if using:
        text = "These access packages give a role in it. Change them first; nothing was changed."
        show = Press("Show the catalog", "catalog", {"catalog": catalog.id})
        return Said(f"“{one.name}” is in use", text, Tone.WARNING, points=using, presses=(show,))
    return await _remove(one, catalog, ask) if wanted.sure else _question(one, catalog)


def _meant(wanted: Removal, catalog: Catalog, inside: Sequence[ResourceCandidate]) -> Resource | Said:
    """The one resource of this catalog; anything near is offered, never taken."""
    kinds = [one.resource for one in inside if wanted.system in (None, one.resource.system)]
    reference = wanted.resource.rstrip("/").casefold()
    called = [one for one in kinds if reference in (one.name.casefold(), one.origin_id.rstrip("/").casefold())]
    if len(called) == 1:
        return called[0]
    near = match(wanted.resource, kinds, name=lambda one: one.name, key=lambda one: one.origin_id)
    offered = called or ((near.one,) if near.one else near.several or near.near)
    if not wanted.resource:
        offered = tuple(kinds)
    presses = tuple(
        Press(one.name, "catalog remove", {"catalog": catalog.id, "resource": one.origin_id}) for one in offered[:5]
    )
    text = "Did you mean one of these?" if offered else "Entra shows nothing of this name in the catalog (yet)."
    title = f"Which resource of “{catalog.name}”?"
    return Said(
        title, text, Tone.WARNING, presses=(*presses, Press("Show the catalog", "catalog", {"catalog": catalog.id}))
    )


async def _using(resource: Resource, ask: Ask) -> tuple[str, ...]:
    """The access packages that give a role in it."""
    packages = await ask.deps.governance.blueprints()
    key = resource.catalog_resource_id
    return tuple(one.name for one in packages if any(role.resource.catalog_resource_id == key for role in one.roles))


def _question(resource: Resource, catalog: Catalog) -> Said:
    data = {"catalog": catalog.id, "resource": resource.origin_id}
    return Said(
        f"Take “{resource.name}” out of “{catalog.name}”?",
        "No access package uses it, so nobody loses anything. It stays in the tenant.",
        Tone.WARNING,
        presses=(
            Press("Yes, take it out", _YES, data, style=Style.DANGER),
            Press("No, leave it", show.KEEP, {"catalog": catalog.id}),
        ),
    )


async def _remove(resource: Resource, catalog: Catalog, ask: Ask) -> Outcome:
    detail = f"{resource.name} ({resource.origin_id})"
    try:
        async with ask.doing("remove resource", catalog.id, detail=detail):
            await ask.deps.governance.remove_resource(catalog.id, resource.catalog_resource_id)
    except Rejected as error:
        return Said(f"“{resource.name}” stays in", error.explanation, Tone.BAD, facts=(("Code", error.code),))
    return await which.details(catalog, ask, said=f"{resource.name} is no longer in it.")


COMMAND = Command(
    name="catalog remove",
    usage=USAGE,
    summary="Take a resource out of a catalog (says which packages use it; asks before it acts).",
    parse=parse,
    run=run,
    verbs=(_YES,),
    act=Act.CHANGE_CATALOG,
    replaces=True,
    group="catalogs",
)
