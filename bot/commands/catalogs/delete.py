"""`catalog delete`: say what stands in the way, or delete an empty catalog once its name was typed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.catalogs import which
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.naming import Which
from bot.domain import clauses
from bot.domain.outcomes import Field, Form, Outcome, Press, Said, Style, Tone
from bot.domain.packages import Catalog
from bot.domain.roles import Act
from bot.errors import Rejected

USAGE = 'catalog delete "Partners"'


@dataclass(frozen=True, slots=True)
class Deletion:
    """The catalog, and the name typed as confirmation (None: not asked yet)."""

    which: Which
    typed: str | None = None


def parse(words: str, value: Value) -> Deletion:
    """`"Partners"`, `"Partners" confirm:"Partners"`, or the form."""
    if value:
        sent = text_of(value, "verb") == "catalog.delete"
        return Deletion(which.parse("", value), text_of(value, "confirm") if sent else None)
    read = clauses.read(words, ("confirm",))
    return Deletion(Which(read.name[:256]), read.given.get("confirm"))


async def run(wanted: Deletion, ask: Ask) -> Outcome:
    """Gone, or what must go first, or the question."""
    found = await which.find(wanted.which, ask, press=Press("", "catalog delete"), usage=USAGE)
    if isinstance(found, Said):
        return found
    refused = await ask.refuse(Act.CHANGE_CATALOG, found.id)
    if refused:
        return refused
    if found.built_in:
        return _stays(found)
    in_the_way = await _in_the_way(found, ask)
    if in_the_way:
        return in_the_way
    if wanted.typed is None or wanted.typed.strip().casefold() != found.name.strip().casefold():
        return _form(found, wanted.typed)
    try:
        async with ask.doing("delete catalog", found.id, detail=found.name):
            await ask.deps.catalogs.delete_catalog(found.id)
    except Rejected as error:
        return Said(f"“{found.name}” stays", error.explanation, Tone.BAD, facts=(("Code", error.code),))
    return Said(f"The catalog “{found.name}” is deleted", tone=Tone.GOOD, presses=(which.ALL,))


def _stays(catalog: Catalog) -> Said:
    text = "It is built into Microsoft Entra, so nobody can delete it. Unpublished, nobody can ask for what is in it."
    press = Press("Show the catalog", "catalog", {"catalog": catalog.id})
    return Said(f"“{catalog.name}” stays", text, Tone.WARNING, presses=(press,))


async def _in_the_way(catalog: Catalog, ask: Ask) -> Said | None:
    """Access packages first, then resources: Entra deletes only an empty catalog."""
    packages = await which.packages_in(catalog, ask)
    resources = await ask.deps.catalogs.catalog_resources(catalog.id)
    if not packages and not resources:
        return None
    points = [f'Access package “{name}”: type package delete "{name}"' for name in packages]
    points += [
        f'Resource “{one.resource.name}”: type catalog remove "{catalog.name}" "{one.resource.name}"'
        for one in resources
    ]
    text = "Entra deletes a catalog only when it is empty. First take out, in this order:"
    press = Press("Show the catalog", "catalog", {"catalog": catalog.id})
    return Said(f"“{catalog.name}” is not empty", text, Tone.WARNING, points=tuple(points), presses=(press,))


def _form(catalog: Catalog, typed: str | None) -> Form:
    problem = "That is not its name. Nothing was deleted." if typed is not None else ""
    return Form(
        title=f"Delete the catalog “{catalog.name}”?",
        fields=(Field("confirm", f"Type its name: {catalog.name}", required="Type the catalog's name."),),
        verb="catalog.delete",
        submit="Delete",
        sentence=f'catalog delete "{catalog.name}" confirm:"{catalog.name}"',
        data={"catalog": catalog.id},
        notes=("It is empty. Deleting it cannot be undone; the roles people have in it go with it.",),
        problems={"confirm": problem} if problem else {},
        style=Style.DANGER,
    )


COMMAND = Command(
    name="catalog delete",
    usage=USAGE,
    summary="Delete an empty catalog (says what is in the way; asks for its name).",
    parse=parse,
    run=run,
    aliases=("delete catalog",),
    verbs=("catalog.delete",),
    act=Act.CHANGE_CATALOG,
    replaces=True,
    group="catalogs",
)
