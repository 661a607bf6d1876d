"""`catalog new`: make a catalog; whoever makes it owns it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands.catalogs import which
from bot.commands.command import Ask, Command, Value, text_of
from bot.domain import clauses
from bot.domain.outcomes import Choice, Field, FieldKind, Form, Outcome, Press, Said, Tone
from bot.domain.packages import Catalog
from bot.domain.roles import Act, CatalogRole, Roles

USAGE = 'catalog new "Partners" description:"What partners work with" external:yes'
_LONGEST_NAME = 256
_YES, _NO = frozenset("yes y true on ja oui si sí 1".split()), frozenset("no n false off nein non 0".split())
_CREATE = "create catalog"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was given so far; `external` "yes", "no", "" or something that is neither. `sent`: from the form."""

    name: str = ""
    description: str = ""
    external: str = ""
    sent: bool = False


def parse(words: str, value: Value) -> Draft:
    """From a sentence or the form."""
    if value:
        given = {name: text_of(value, name, most=1000) for name in ("name", "description", "external")}
        return Draft(
            **{**given, "name": " ".join(given["name"].split())}, sent=text_of(value, "verb") == "catalog.create"
        )
    read = clauses.read(words, ("name", "description", "external"))
    return Draft(
        (read.given.get("name") or read.name)[:1000],
        read.given.get("description", "")[:1000],
        read.given.get("external", ""),
    )


async def run(draft: Draft, ask: Ask) -> Outcome:
    """The new catalog, or the form with what is missing or wrong."""
    problems = _problems(draft)
    if problems:
        return _form(draft, problems)
    catalogs = await ask.deps.catalogs.catalogs()
    there = which.named(catalogs, draft.name)
    if there and not await _ours(there, ask):
        press = Press("Show it", "catalog", {"catalog": there.id})
        text = "Names are told apart by people, so choose another one."
        return Said(f"There is a catalog “{there.name}” already", text, Tone.WARNING, presses=(press,))
    catalog = there or await _create(draft, ask)
    await ask.deps.catalogs.grant(catalog.id, CatalogRole.OWNER, ask.person.id)
    await ask.record(_CREATE, catalog.id, result="done", detail=catalog.name)
    owner = {**ask.roles.catalogs, catalog.id: frozenset({CatalogRole.OWNER})}
    owning = replace(ask, roles=Roles(ask.roles.directory, owner, ask.roles.is_guest))
    return await which.details(catalog, owning, said="Created. You own it.")


def _problems(draft: Draft) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not draft.name.strip():
        problems["name"] = "Give the catalog a name." if draft.sent else ""
    elif len(draft.name) > _LONGEST_NAME:
        problems["name"] = f"A name has {_LONGEST_NAME} characters at most; this one has {len(draft.name)}."
    if draft.external.casefold() not in _YES | _NO | {""}:
        problems["external"] = "Say yes or no: may guests ask for what is in it?"
    return problems


def _form(draft: Draft, problems: dict[str, str]) -> Form:
    external = "yes" if draft.external.casefold() in _YES else "no"
    choices = (Choice("No, only people inside", "no"), Choice("Yes, guests too", "yes"))
    return Form(
        title="New catalog",
        fields=(
            Field("name", "Name", draft.name[:_LONGEST_NAME], required="Give the catalog a name."),
            Field("description", "Description", draft.description, kind=FieldKind.PARAGRAPH),
            Field("external", "Who can ask for what is in it?", external, FieldKind.BUTTONS, choices),
        ),
        verb="catalog.create",
        submit="Create",
        sentence=USAGE,
        problems={name: said for name, said in problems.items() if said},
    )


async def _create(draft: Draft, ask: Ask) -> Catalog:
    external = draft.external.casefold() in _YES
    await ask.record(_CREATE, _claim(draft.name), detail=ask.turn.key)
    made = await ask.deps.catalogs.create_catalog(draft.name, description=draft.description, external=external)
    return Catalog(made, draft.name, True, external, draft.description)


async def _ours(catalog: Catalog, ask: Ask) -> bool:
    """Made a moment ago by this very turn, which was interrupted before it could say so; nobody works in it yet."""
    lines = await ask.deps.ledger.trail(_claim(catalog.name), limit=1)
    if not any(line.actor == ask.person.id and line.detail == ask.turn.key for line in lines):
        return False
    workers = await ask.deps.catalogs.catalog_assignments(catalog.id)
    return all(one.principal_id == ask.person.id for one in workers)


def _claim(name: str) -> str:
    """What the audit trail calls a catalog that has no id yet."""
    return f"catalog {' '.join(name.split()).casefold()}"


COMMAND = Command(
    name="catalog new",
    usage=USAGE,
    summary="Make a catalog (just “catalog new” opens a form).",
    parse=parse,
    run=run,
    aliases=("catalog create", "new catalog", "create catalog"),
    verbs=("catalog.create",),
    act=Act.ADD_CATALOG,
    replaces=True,
    group="catalogs",
)
