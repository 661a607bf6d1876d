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


async def details(catalog: Catalog, ask: Ask, *, said: str = "", undo: Press | None = None) -> CatalogDetails:
    """The catalog with all that is in it, read side by side; `undo` comes first among the buttons."""
    resources, workers, packages = await asyncio.gather(
        ask.deps.catalogs.catalog_resources(catalog.id),
        ask.deps.catalogs.catalog_assignments(catalog.id),
        ask.deps.directory.packages(),
    )
    inside = tuple(Named(one.id, one.name) for one in packages if one.catalog.id == catalog.id)
    presses = ((undo,) if undo else ()) + buttons(catalog, ask, empty=not (inside or resources))
    return CatalogDetails(catalog, resources, inside, workers, presses, said)


def buttons(catalog: Catalog, ask: Ask, *, empty: bool) -> tuple[Press, ...]:
    """What the asker may do with it; only an `empty` one can be deleted, and a card has room for six."""
    data = {"catalog": catalog.id}
    build = Press("New package", "package new", data, style=Style.PRIMARY)
    if not ask.may(Act.CHANGE_CATALOG, catalog.id):
        workers = Press("Who works here", "delegations", data)
        return (build, workers) if ask.may(Act.BUILD, catalog.id) else (workers,)
    state = (
        Press("Unpublish", "catalog.unpublish", data)
        if catalog.published
        else Press("Publish", "catalog.publish", data)
    )
    outside = (
        Press("Hide from outside", "catalog.internal", data)
        if catalog.external
        else Press("Make visible outside", "catalog.external", data)
    )
    delete = Press("Delete", "catalog delete", data, style=Style.DANGER)
    return (
        build,
        Press("Add a resource", "catalog add", data),
        state,
        outside,
        Press("Who works here", "delegations", data),
        delete if empty and not catalog.built_in else Press("Rename", "catalog rename", data),
    )


async def packages_in(catalog: Catalog, ask: Ask) -> tuple[str, ...]:
    """The names of the access packages in it."""
    return tuple(one.name for one in await ask.deps.directory.packages() if one.catalog.id == catalog.id)


async def record(act: str, target: str, ask: Ask, *, result: str = "started", detail: str = "") -> None:
    """One line of the audit trail about a catalog, an organization or a person, by id."""
    await ask.deps.ledger.record(
        actor=ask.person.id, act=act, target=target, result=result, key=ask.turn.key, at=ask.now, detail=detail
    )


def _choose(title: str, text: str, catalogs: Sequence[Catalog], press: Press) -> Said:
    return naming.choose(title, text, catalogs, _SORT, press=press, about=lambda one: one.description)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
