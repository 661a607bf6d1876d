"""`undelegate`: take a catalog role back, after asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands import colleague
from bot.commands.catalogs import delegating, delegations
from bot.commands.catalogs.delegating import Delegation
from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.building.delegation import CatalogAssignment
from bot.domain.outcomes import Outcome, Press, Said, Style, Tone
from bot.domain.packages import Catalog
from bot.domain.roles import CatalogRole

USAGE = 'undelegate catalog "Partners" owner adele@contoso.com'
_YES = "undelegate.yes"


@dataclass(frozen=True, slots=True)
class Taking:
    """The role meant, and whether a card's "yes" came along."""

    about: Delegation
    sure: bool = False


def parse(words: str, value: Value) -> Taking:
    """Only a card can say yes."""
    return Taking(delegating.parse(words, value), text_of(value, "verb") == _YES)


async def run(wanted: Taking, ask: Ask) -> Outcome:
    """The question first; then who works there afterwards."""
    about = wanted.about
    catalog = await delegating.place(about, ask, verb="undelegate", usage=USAGE)
    if isinstance(catalog, Said):
        return catalog
    if about.notes:
        return Said("I am not sure what you mean", " ".join(about.notes), Tone.WARNING)
    held = await ask.deps.catalogs.catalog_assignments(catalog.id)
    meant = await _meant(about, catalog, held, ask)
    if isinstance(meant, Said):
        return meant
    if not meant:
        return await delegations.shown(catalog, ask, title="Nobody holds that role there (any more)")
    if len(meant) > 1:
        return _which(catalog, meant)
    if not wanted.sure:
        return _question(catalog, meant[0], held, ask)
    return await _take(catalog, meant[0], ask)


async def _meant(
    about: Delegation, catalog: Catalog, held: Sequence[CatalogAssignment], ask: Ask
) -> tuple[CatalogAssignment, ...] | Said:
    """By the card's assignment id, else by person and role; only what is held in this very catalog."""
    if about.assignment:
        return tuple(one for one in held if one.id == about.assignment)
    if not about.person:
        return tuple(one for one in held if one.role is about.role) if about.role else tuple(held)
    known = [
        one for one in held if about.person.casefold() in (one.principal_id.casefold(), one.principal_name.casefold())
    ]
    if not known:
        role = {"role": about.role.value} if about.role else {}
        again = Press("", "undelegate", {**delegations.everywhere(catalog), **role})
        person = await colleague.find(about.person, ask, example=USAGE, press=again)
        if isinstance(person, Said):
            return person
        known = [one for one in held if one.principal_id == person.id]
    return tuple(one for one in known if about.role in (None, one.role))


def _which(catalog: Catalog, meant: Sequence[CatalogAssignment]) -> Said:
    place = delegations.everywhere(catalog)
    presses = tuple(
        Press(f"{delegations.name(one)}, {delegations.short(one.role)}", "undelegate", {**place, "assignment": one.id})
        for one in meant[:6]
    )
    return Said("Which role shall be taken back?", f"For example: {USAGE}", Tone.WARNING, presses=presses)


def _question(catalog: Catalog, one: CatalogAssignment, held: Sequence[CatalogAssignment], ask: Ask) -> Said:
    data = {**delegations.everywhere(catalog), "assignment": one.id}
    where = f"in “{catalog.name}”" if catalog.id else "here"
    effect = (
        f"{delegations.name(one)} is no longer {delegations.one_of(one.role)} {where}. What they made or gave stays."
    )
    if one.principal_id == ask.person.id:
        effect += " That is you: you cannot undo it yourself unless another role lets you."
    elif one.role is CatalogRole.OWNER and sum(other.role is CatalogRole.OWNER for other in held) == 1:
        effect += " Nobody else owns the catalog: then only Identity Governance Administrators look after it."
    return Said(
        f"Take the role {one.role.value} back from {delegations.name(one)}?",
        effect,
        Tone.WARNING,
        presses=(
            Press("Yes, take it back", _YES, data, style=Style.DANGER),
            Press("No, keep it", delegations.KEEP, delegations.everywhere(catalog)),
        ),
    )


async def _take(catalog: Catalog, one: CatalogAssignment, ask: Ask) -> Outcome:
    target, detail = catalog.id or one.principal_id, f"{one.role.value}: {one.principal_id}"
    async with ask.doing("undelegate", target, detail=detail):
        await ask.deps.catalogs.take_back(one.id)
    title = f"{delegations.name(one)} is no longer {delegations.one_of(one.role)}"
    again = {**delegations.everywhere(catalog), "role": one.role.value, "person": one.principal_id}
    undo = Press("Give it again", "delegate.give", again)
    return await delegations.shown(catalog, ask, title=title, undo=undo)


COMMAND = Command(
    name="undelegate",
    usage=USAGE,
    summary="Take a catalog role back (asks before it acts).",
    parse=parse,
    run=run,
    aliases=("undelegate catalog",),
    verbs=(_YES,),
    replaces=True,
    group="catalogs",
)
