"""`catalog rename`: give a catalog another name or description."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands.catalogs import which
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.naming import Which
from bot.domain import clauses
from bot.domain.outcomes import Field, FieldKind, Form, Outcome, Press, Said
from bot.domain.packages import Catalog
from bot.domain.roles import Act

USAGE = 'catalog rename "Partners" to "Allies"'
_LONGEST_NAME = 256


@dataclass(frozen=True, slots=True)
class Renaming:
    """`name` None and `description` None: as they are. `sent`: from the form or a button."""

    which: Which
    name: str | None = None
    description: str | None = None


def parse(words: str, value: Value) -> Renaming:
    """`"Partners" to "Allies"`, `Partners to Allies`, `"Partners" description:"…"`, or the form."""
    if value:
        sent = text_of(value, "verb") == "catalog.rename"
        given = (
            text_of(value, name, most=1000) if sent and name in value else None for name in ("name", "description")
        )
        return Renaming(which.parse("", value), *given)
    read = clauses.read(words, ("to", "name", "description"))
    name, old = read.given.get("to") or read.given.get("name"), read.name
    if len(read.quoted) > 1:
        name = read.quoted[1]
    elif not read.quoted and "to" in read.bare:
        place = read.bare.index("to")
        old, name = " ".join(read.bare[:place]), " ".join(read.bare[place + 1 :])
    elif read.quoted and read.bare[:1] == ("to",):
        name = " ".join(read.bare[1:])
    return Renaming(Which(old[:256]), name, read.given.get("description"))


async def run(wanted: Renaming, ask: Ask) -> Outcome:
    """The catalog under its new name, with a way back; without a new name the form."""
    again = {name: text for name in ("name", "description") if (text := getattr(wanted, name)) is not None}
    verb = "catalog.rename" if again else "catalog rename"
    found = await which.find(wanted.which, ask, press=Press("", verb, again), usage=USAGE)
    if isinstance(found, Said):
        return found
    refused = await ask.refuse(Act.CHANGE_CATALOG, found.id)
    if refused:
        return refused
    name = found.name if wanted.name is None else " ".join(wanted.name.split())
    description = found.description if wanted.description is None else wanted.description
    problem = await _problem(name, found, ask)
    if problem or not again:
        return _form(found, name, description, problem)
    return await _rename(found, replace(found, name=name, description=description), ask)


async def _problem(name: str, catalog: Catalog, ask: Ask) -> str:
    if not name:
        return "Give the catalog a name."
    if len(name) > _LONGEST_NAME:
        return f"A name has {_LONGEST_NAME} characters at most; this one has {len(name)}."
    others = [one for one in await ask.deps.catalogs.catalogs() if one.id != catalog.id]
    return "Another catalog is called that already." if which.named(others, name) else ""


async def _rename(found: Catalog, wanted: Catalog, ask: Ask) -> Outcome:
    if wanted == found:
        return await which.details(found, ask, said="It was called that already; nothing was changed.")
    detail = f"{found.name} → {wanted.name}" if wanted.name != found.name else "description"
    async with ask.doing("rename catalog", found.id, detail=detail):
        await ask.deps.catalogs.update_catalog(found, wanted)
    back = {"catalog": found.id, "name": found.name, "description": found.description}
    return await which.details(wanted, ask, said="Renamed.", undo=Press("Undo", "catalog.rename", back))


def _form(catalog: Catalog, name: str, description: str, problem: str) -> Form:
    return Form(
        title=f"Rename “{catalog.name}”",
        fields=(
            Field("name", "Name", name[:_LONGEST_NAME], required="Give the catalog a name."),
            Field("description", "Description", description, FieldKind.PARAGRAPH),
        ),
        verb="catalog.rename",
        submit="Rename",
        sentence=f'catalog rename "{catalog.name}" to "…"',
        data={"catalog": catalog.id},
        problems={"name": problem} if problem else {},
    )


COMMAND = Command(
    name="catalog rename",
    usage=USAGE,
    summary="Give a catalog another name or description.",
    parse=parse,
    run=run,
    aliases=("catalog describe", "rename catalog"),
    verbs=("catalog.rename",),
    act=Act.CHANGE_CATALOG,
    replaces=True,
    group="catalogs",
)
