"""`org remove`: disconnect an organization, after saying which access packages name it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.naming import Which
from bot.commands.organizations import show, which
from bot.domain.building.organizations import ConnectedOrganization, OrganizationState
from bot.domain.outcomes import Outcome, Press, Said, Style, Tone
from bot.domain.roles import Act
from bot.errors import Rejected

USAGE = 'org remove "Fabrikam"'
_YES = "org.remove.yes"


@dataclass(frozen=True, slots=True)
class Removal:
    """The organization, and whether a card's "yes" came along."""

    which: Which
    sure: bool = False


def parse(words: str, value: Value) -> Removal:
    """Only a card can say yes."""
    return Removal(which.parse(words, value), text_of(value, "verb") == _YES)


async def run(wanted: Removal, ask: Ask) -> Outcome:
    """Gone, or what must change first, or the question."""
    found = await which.find(wanted.which, ask, press=Press("", "org remove"), usage=USAGE)
    if isinstance(found, Said):
        return found
    naming = await ask.deps.catalogs.packages_naming(found.id)
    if naming:
        return _in_the_way(found, tuple(one.name for one in naming))
    if not wanted.sure:
        return _question(found)
    try:
        async with ask.doing("remove organization", found.id, detail=found.name):
            await ask.deps.catalogs.delete_organization(found.id)
    except Rejected as error:
        return Said(f"“{found.name}” stays connected", error.explanation, Tone.BAD, facts=(("Code", error.code),))
    return Said(f"“{found.name}” is no longer connected", "Guests who are here stay.", Tone.GOOD, presses=(which.ALL,))


def _in_the_way(organization: ConnectedOrganization, packages: tuple[str, ...]) -> Said:
    text = "Policies of these access packages name it. Change them first, then remove it; nothing was changed."
    show = Press("Show it", "org", {"organization": organization.id})
    return Said(f"“{organization.name}” is in use", text, Tone.WARNING, points=packages, presses=(show,))


def _question(organization: ConnectedOrganization) -> Said:
    effect = "No policy names it by itself. Guests who are here, and their access, stay."
    if organization.state is OrganizationState.CONFIGURED:
        effect += " Its people can no longer ask where all configured organizations may."
    data = {"organization": organization.id}
    return Said(
        f"Remove “{organization.name}” ({which.sources(organization)})?",
        effect,
        Tone.WARNING,
        presses=(
            Press("Yes, remove it", _YES, data, style=Style.DANGER),
            Press("No, keep it", show.KEEP, data),
        ),
    )


COMMAND = Command(
    name="org remove",
    usage=USAGE,
    summary="Disconnect an organization (says which packages name it; asks before it acts).",
    parse=parse,
    run=run,
    aliases=("org delete", "org disconnect"),
    verbs=(_YES,),
    act=Act.ORGANIZE,
    replaces=True,
    group="orgs",
)
