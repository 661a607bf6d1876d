"""Find the catalog that words or a card mean, and show a catalog."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.commands.command import Ask, Value, text_of
from bot.domain import clauses
from bot.domain.building.blueprints import Named
from bot.domain.matching import match
from bot.domain.outcomes import CatalogDetails, Press, Said, Style, Tone
from bot.domain.packages import Catalog
from bot.domain.roles import Act


@dataclass(frozen=True, slots=True)
class Which:
    """A catalog as somebody meant it: by name, or by id from a card; `others` were quoted behind it."""

    name: str = ""
    id: str = ""
    others: tuple[str, ...] = ()


def parse(words: str, value: Value) -> Which:
    """The first quoted text, or else all words; from a card its `catalog`."""
    if value:
        return Which(id=text_of(value, "catalog"))
    read = clauses.read(words)
    return Which(read.name[:256], others=tuple(one[:80] for one in read.quoted[1:4]))


async def find(wanted: Which, ask: Ask, *, press: Press, usage: str) -> Catalog | Said:
    """The one catalog, or what is asked back: `press`, with the id of a catalog filled in, says the same again.

    Only a name in full counts; anything near is offered as a button.
    """
    catalogs = await ask.deps.catalogs.catalogs()
    seen = tuple(one for one in catalogs if ask.may(Act.READ, one.id))
    if wanted.others:
        text = f"Nothing was changed. Besides “{wanted.name[:80]}” I read “{'”, “'.join(wanted.others)}”."
        return Said("One catalog at a time, please", text, Tone.WARNING, presses=(ALL,))
    if wanted.id:
        found = next((one for one in catalogs if one.id == wanted.id), None)
        return found or Said("That catalog is gone", "Nothing was changed.", Tone.WARNING, presses=(ALL,))
    if not wanted.name:
        return _choose("Which catalog?", f"For example: {usage}", seen, press)
    called = [one for one in catalogs if _same(one.name, wanted.name) or one.id == wanted.name]
    ours = [one for one in called if one in seen]
    if len(ours or called) == 1:
        return (ours or called)[0]
    if called:
        return _choose("Which of them?", f"{len(called)} catalogs are called “{wanted.name}”.", ours or called, press)
    near = match(wanted.name, seen, name=lambda one: one.name, key=lambda one: one.id)
    fitting = (near.one,) if near.one else near.several or near.near
    text = "Did you mean one of these?" if fitting else "Type catalogs to see them all."
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


ALL = Press("Catalogs", "catalogs")
_MOST_CHOICES = 5


def _choose(title: str, text: str, catalogs: Sequence[Catalog], press: Press) -> Said:
    choices = [
        replace(press, title=one.name, data={**press.data, "catalog": one.id}) for one in catalogs[:_MOST_CHOICES]
    ]
    points = [f"{one.name}: {one.description}" for one in catalogs[:_MOST_CHOICES] if one.description]
    return Said(title, text, Tone.WARNING, points=tuple(points), presses=(*choices, ALL))


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
