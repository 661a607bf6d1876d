"""Find the catalog that words or a card mean, and show a catalog."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.commands import naming
from bot.commands.command import Ask, Value
from bot.commands.naming import Sort, Which
from bot.domain.building.blueprints import Named
from bot.domain.outcomes import CatalogDetails, Press, Said, Style
from bot.domain.packages import Catalog
from bot.domain.roles import Act

ALL = Press("Catalogs", "catalogs")
_SORT = Sort("catalog", "catalog", ALL)
MORE, LESS = "catalog.more", "catalog.less"
"""The catalog with its rarer buttons in place of the usual ones, and back."""


def parse(words: str, value: Value) -> Which:
    """The first quoted text, or else all words; from a card its `catalog`."""
    return naming.parse(words, value, key=_SORT.key)


async def find(wanted: Which, ask: Ask, *, press: Press, usage: str) -> Catalog | Said:
    """The one catalog, or what is asked back: `press`, with the id of a catalog filled in, says the same again.

    Only a name in full counts; anything near is offered as a button.
    """
    catalogs = await ask.deps.catalogs.catalogs()
    seen = tuple(one for one in catalogs if ask.may(Act.READ, one.id))
    back = naming.asked_back(wanted, catalogs, _SORT)
    if back:
        return back
    if wanted.id:
        return next(one for one in catalogs if one.id == wanted.id)
    if not wanted.name:
        return _choose("Which catalog?", f"For example: {usage}", seen, press)
    called = [one for one in catalogs if _same(one.name, wanted.name) or one.id == wanted.name]
    ours = [one for one in called if one in seen]
    if len(ours or called) == 1:
        return (ours or called)[0]
    if called:
        return _choose("Which of them?", f"{len(called)} catalogs are called “{wanted.name}”.", ours or called, press)
    text, fitting = naming.near(wanted.name, seen, _SORT)
    return _choose(f"There is no catalog “{wanted.name[:100]}”", text, fitting, press)


def named(catalogs: Sequence[Catalog], name: str) -> Catalog | None:
    """A catalog that has this name already, however it is written."""
    return next((one for one in catalogs if _same(one.name, name)), None)


async def details(
    catalog: Catalog, ask: Ask, *, said: str = "", undo: Press | None = None, more: bool = False
) -> CatalogDetails:
    """The catalog with all that is in it, read side by side; `undo` comes first among the buttons.

    With `more` it has the rarer buttons in their place.
    """
    resources, workers, packages = await asyncio.gather(
        ask.deps.catalogs.catalog_resources(catalog.id),
        ask.deps.catalogs.catalog_assignments(catalog.id),
        ask.deps.directory.packages(),
    )
    inside = tuple(Named(one.id, one.name) for one in packages if one.catalog.id == catalog.id)
    presses = ((undo,) if undo else ()) + buttons(catalog, ask, more=more)
    return CatalogDetails(catalog, resources, inside, workers, presses, said)


def buttons(catalog: Catalog, ask: Ask, *, more: bool = False) -> tuple[Press, ...]:
    """What the asker may do with it, five buttons at most; whatever takes something from people is under More."""
    data = {"catalog": catalog.id}
    build = Press("New package", "package new", data, style=Style.PRIMARY)
    workers = Press("Who works here", "delegations", data)
    if not ask.may(Act.CHANGE_CATALOG, catalog.id):
        return (build, workers) if ask.may(Act.BUILD, catalog.id) else (workers,)
    add = Press("Add a resource", "catalog add", data)
    if more:
        return _rarer(catalog, data)
    publish = [] if catalog.published else [Press("Publish", "catalog.publish", data)]
    outside = [] if catalog.external else [Press("Make visible outside", "catalog.external", data)]
    # What opens a catalog is what a catalog that is closed is looked at for; then who works here gives way.
    return (build, add, *[*publish, *outside, workers][:2], Press("More…", MORE, data))


def _rarer(catalog: Catalog, data: dict[str, str]) -> tuple[Press, ...]:
    harm = [
        *([Press("Unpublish", "catalog.unpublish", data)] if catalog.published else []),
        *([Press("Hide from outside", "catalog.internal", data)] if catalog.external else []),
    ]
    workers = [] if len(harm) == 2 else [Press("Who works here", "delegations", data)]
    delete = [] if catalog.built_in else [Press("Delete", "catalog delete", data, style=Style.DANGER)]
    return (Press("Rename", "catalog rename", data), *workers, *harm, *delete, Press("Back", LESS, data))


async def packages_in(catalog: Catalog, ask: Ask) -> tuple[str, ...]:
    """The names of the access packages in it."""
    return tuple(one.name for one in await ask.deps.directory.packages() if one.catalog.id == catalog.id)


def _choose(title: str, text: str, catalogs: Sequence[Catalog], press: Press) -> Said:
    return naming.choose(title, text, catalogs, _SORT, press=press, about=lambda one: one.description)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
