"""`delegate`: let somebody who is no administrator work in a catalog, or create catalogs."""

from __future__ import annotations

from bot.commands import colleague
from bot.commands.catalogs import delegating, delegations
from bot.commands.catalogs.delegating import Delegation
from bot.commands.command import Ask, Command
from bot.domain.building.delegation import IN_A_CATALOG
from bot.domain.outcomes import Choice, Field, FieldKind, Form, Outcome, Press, Said
from bot.domain.packages import Catalog
from bot.domain.people import Person
from bot.domain.roles import CatalogRole

USAGE = 'delegate catalog "Partners" owner adele@contoso.com'
WHAT = {
    CatalogRole.OWNER: "does everything in the catalog and says who works in it",
    CatalogRole.PACKAGE_MANAGER: "builds access packages from what is in the catalog, and assigns them",
    CatalogRole.ASSIGNMENT_MANAGER: "assigns its access packages and takes them back",
    CatalogRole.READER: "sees what is in the catalog",
    CatalogRole.CREATOR: "creates catalogs, and owns those",
}


async def run(wanted: Delegation, ask: Ask) -> Outcome:
    """Who works there afterwards, with a way back; or the form with what is missing or wrong."""
    catalog = await delegating.place(wanted, ask, verb="delegate", usage=USAGE)
    if isinstance(catalog, Said):
        return catalog
    if wanted.role is None or not wanted.person or wanted.notes:
        return _form(wanted, catalog)
    again = Press("", "delegate.give", {**delegations.everywhere(catalog), "role": wanted.role.value})
    person = await colleague.find(wanted.person, ask, example=USAGE, press=again)
    if isinstance(person, Said):
        return person
    return colleague.unfit(person, task=f"The role {wanted.role.value}") or await _give(
        person, wanted.role, catalog, ask
    )


async def _give(person: Person, role: CatalogRole, catalog: Catalog, ask: Ask) -> Outcome:
    before = await ask.deps.catalogs.catalog_assignments(catalog.id)
    had = any(one.role is role and one.principal_id == person.id for one in before)
    if not had:
        target, detail = catalog.id or person.id, f"{role.value}: {person.id}"
        async with ask.doing("delegate", target, detail=detail):
            await ask.deps.catalogs.grant(catalog.id, role, person.id)
    title = (
        f"{person.name} is {delegations.one_of(role)} already"
        if had
        else f"{person.name} is now {delegations.one_of(role)}"
    )
    undo = Press(
        "Take it back", "undelegate", {**delegations.everywhere(catalog), "role": role.value, "person": person.id}
    )
    said = await delegations.shown(catalog, ask, title=title, undo=undo)
    means = f"{delegations.one_of(role)} {WHAT[role]}."
    return Said(said.title, means[0].upper() + means[1:], said.tone, said.facts, presses=said.presses)


def _form(wanted: Delegation, catalog: Catalog) -> Form:
    """Who gets which role; the tenant knows only one."""
    roles = IN_A_CATALOG if catalog.id else (CatalogRole.CREATOR,)
    chosen = wanted.role or roles[0]
    choices = tuple(Choice(role.value, role.value) for role in roles)
    missing = "Type the person's e-mail address."
    return Form(
        title=f"Who shall work in “{catalog.name}”?" if catalog.id else "Who shall create catalogs?",
        fields=(
            Field("person", "E-mail address", wanted.person, placeholder="adele@contoso.com", required=missing),
            Field("role", "Role", chosen.value, FieldKind.BUTTONS, choices),
        ),
        verb="delegate.give",
        submit="Give the role",
        sentence=f'delegate catalog "{catalog.name}" owner adele@contoso.com'
        if catalog.id
        else "delegate catalog-creator adele@contoso.com",
        data=delegations.everywhere(catalog),
        notes=(*wanted.notes, *(f"{role.value}: {WHAT[role]}." for role in roles)),
        problems={"person": missing} if wanted.sent and not wanted.person else {},
    )


COMMAND = Command(
    name="delegate",
    usage=USAGE,
    summary="Let somebody own a catalog, manage its packages or assignments, or read it (“delegate catalog-creator …”: "
    "create catalogs).",
    parse=delegating.parse,
    run=run,
    aliases=("delegate catalog", "delegieren"),
    verbs=("delegate.give",),
    replaces=True,
    group="catalogs",
)
