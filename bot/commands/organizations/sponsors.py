"""`org sponsor` and `org unsponsor`: who vouches for a connected organization, inside or outside."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands import colleague
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.naming import Which
from bot.commands.organizations import which
from bot.domain import clauses
from bot.domain.building.blueprints import Named
from bot.domain.building.organizations import ConnectedOrganization
from bot.domain.outcomes import Field, Form, Outcome, Press, Said, Tone
from bot.domain.people import Person
from bot.domain.roles import Act

USAGE = 'org sponsor "Fabrikam" megan@contoso.com'
USAGE_AWAY = 'org unsponsor "Fabrikam" megan@contoso.com'


@dataclass(frozen=True, slots=True)
class Sponsoring:
    """The organization, and the person's address or object id. `sent`: from the form."""

    which: Which
    person: str = ""
    sent: bool = False


def parse(words: str, value: Value) -> Sponsoring:
    """`"Fabrikam" megan@contoso.com`, in any order."""
    if value:
        return Sponsoring(which.parse("", value), text_of(value, "person"), "person" in value)
    read = clauses.read(words, ("person",))
    people = [word.strip("<>.,;") for word in (*read.bare, *read.quoted) if "@" in word]
    names = [word for word in read.quoted if "@" not in word]
    name = names[0] if names else " ".join(word for word in read.bare if "@" not in word)
    people += names[1:]
    return Sponsoring(Which(name[:256]), (read.given.get("person") or (people[0] if people else ""))[:320])


async def add(wanted: Sponsoring, ask: Ask) -> Outcome:
    """A member vouches as internal sponsor, a guest as external one; with a way back."""
    found = await which.find(wanted.which, ask, press=_again("org sponsor", wanted), usage=USAGE)
    if isinstance(found, Said):
        return found
    if not wanted.person:
        return _form(found, sent=wanted.sent)
    again = Press("", "org sponsor", {"organization": found.id})
    person = await colleague.find(wanted.person, ask, example=USAGE, press=again)
    if isinstance(person, Said):
        return person
    if not person.enabled:
        return Said(f"{person.name} cannot sign in", "A sponsor must be able to. Nothing was changed.", Tone.BAD)
    internal, data = not person.is_guest, {"organization": found.id, "person": person.id}
    if person.id in [one.id for one in _all(found)]:
        return await which.details(found, ask, said=f"{person.name} is a sponsor already.")
    async with ask.doing("add organization sponsor", found.id, detail=person.id):
        await ask.deps.catalogs.add_organization_sponsor(found.id, Named(person.id, person.name), internal=internal)
    said = f"{person.name} is now {'an internal' if internal else 'an external'} sponsor and may be asked to approve."
    return await which.details(_with(found, person), ask, said=said, undo=Press("Undo", "org unsponsor", data))


async def take_away(wanted: Sponsoring, ask: Ask) -> Outcome:
    """The person vouches no longer; with a way back."""
    found = await which.find(wanted.which, ask, press=_again("org unsponsor", wanted), usage=USAGE_AWAY)
    if isinstance(found, Said):
        return found
    if not wanted.person:
        return _whom(found)
    sponsor = await _sponsor(found, wanted.person, ask)
    if isinstance(sponsor, Said):
        return sponsor
    internal = sponsor in found.internal_sponsors
    async with ask.doing("remove organization sponsor", found.id, detail=sponsor.id):
        await ask.deps.catalogs.remove_organization_sponsor(found.id, sponsor.id, internal=internal)
    left = replace(
        found,
        internal_sponsors=tuple(one for one in found.internal_sponsors if one != sponsor),
        external_sponsors=tuple(one for one in found.external_sponsors if one != sponsor),
    )
    undo = Press("Undo", "org sponsor", {"organization": found.id, "person": sponsor.id})
    return await which.details(left, ask, said=f"{sponsor.name} is no longer a sponsor.", undo=undo)


async def _sponsor(organization: ConnectedOrganization, typed: str, ask: Ask) -> Named | Said:
    """One of its sponsors, by id, name or address."""
    named = [one for one in _all(organization) if typed.casefold() in (one.id.casefold(), one.name.casefold())]
    if named:
        return named[0]
    again = Press("", "org unsponsor", {"organization": organization.id})
    person = await colleague.find(typed, ask, example=USAGE_AWAY, press=again)
    if isinstance(person, Said):
        return person
    listed = next((one for one in _all(organization) if one.id == person.id), None)
    return listed or await which.details(organization, ask, said=f"{person.name} is no sponsor; nothing was changed.")


def _all(organization: ConnectedOrganization) -> tuple[Named, ...]:
    return (*organization.internal_sponsors, *organization.external_sponsors)


def _with(organization: ConnectedOrganization, person: Person) -> ConnectedOrganization:
    one = Named(person.id, person.name)
    if person.is_guest:
        return replace(organization, external_sponsors=(*organization.external_sponsors, one))
    return replace(organization, internal_sponsors=(*organization.internal_sponsors, one))


def _again(verb: str, wanted: Sponsoring) -> Press:
    return Press("", verb, {"person": wanted.person} if wanted.person else {})


def _whom(organization: ConnectedOrganization) -> Said:
    data = {"organization": organization.id}
    presses = tuple(Press(one.name, "org unsponsor", {**data, "person": one.id}) for one in _all(organization)[:6])
    if not presses:
        return Said(f"“{organization.name}” has no sponsors", "Nothing was changed.", presses=(which.ALL,))
    return Said("Which sponsor?", f"Who no longer vouches for “{organization.name}”?", Tone.WARNING, presses=presses)


def _form(organization: ConnectedOrganization, *, sent: bool) -> Form:
    missing = "Type the person's e-mail address."
    return Form(
        title=f"Who vouches for “{organization.name}”?",
        fields=(Field("person", "E-mail address", placeholder="megan@contoso.com", required=missing),),
        verb="org.sponsor",
        submit="Make sponsor",
        sentence=f'org sponsor "{organization.name}" megan@contoso.com',
        data={"organization": organization.id},
        notes=("Members become internal sponsors, guests external ones. Policies may ask sponsors to approve.",),
        problems={"person": missing} if sent else {},
    )


COMMANDS = (
    Command(
        name="org sponsor",
        usage=USAGE,
        summary="Name who vouches for an organization: a member (internal) or a guest (external).",
        parse=parse,
        run=add,
        verbs=("org.sponsor",),
        act=Act.ORGANIZE,
        replaces=True,
        group="orgs",
    ),
    Command(
        name="org unsponsor",
        usage=USAGE_AWAY,
        summary="Take a sponsor of an organization away.",
        parse=parse,
        run=take_away,
        act=Act.ORGANIZE,
        replaces=True,
        group="orgs",
    ),
)
