"""`unsponsor`: somebody no longer answers for a guest."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands import colleague
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.sponsoring import sponsor, whose
from bot.commands.sponsoring.whose import Guest
from bot.domain.outcomes import Outcome, Press, Said, Style, Tone
from bot.domain.roles import Act
from bot.domain.sponsors import Sponsor

USAGE = "unsponsor ana@fabrikam.com lee@contoso.com"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The guest, who is to answer no longer, and whether a Yes was pressed."""

    guest: str = ""
    person: str = ""
    sure: bool = False


def parse(words: str, value: Value) -> Wanted:
    """`ana@x.com lee@y.com`, or a card's guest and person."""
    if value:
        return Wanted(text_of(value, "guest"), text_of(value, "person"), value.get("sure") == "yes")
    said = sponsor.parse(words, {})
    return Wanted(said.guest, next(iter(said.people), ""))


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """They answer no longer, with a way back; whether the guest may be left with nobody is asked first."""
    press = Press("", "sponsor.guest")
    guest = await whose.find(wanted.guest, ask, example=USAGE, press=press)
    if isinstance(guest, Said):
        return guest
    refused = await ask.refuse(Act.SPONSOR)
    if refused:
        return refused
    away = await _away(wanted, guest, ask)
    if isinstance(away, Said):
        return away
    if not wanted.sure and not any(one.enabled for one in guest.sponsors if one.id != away.id):
        return _question(guest, away)
    address = guest.person.address or guest.person.id
    async with ask.doing("remove sponsor", address, detail=away.name):
        await ask.deps.sponsors.take(guest.person.id, away.id)
    left = Guest(guest.person, tuple(one for one in guest.sponsors if one.id != away.id))
    undo = None
    if not away.is_group:
        undo = Press("Undo", "sponsor.submit", {"guest": guest.person.id, "person": away.id})
    return whose.shown(left, ask, said=f"{away.name} no longer answers for {guest.person.name}.", undo=undo)


async def _away(wanted: Wanted, guest: Guest, ask: Ask) -> Sponsor | Said:
    """Which of the guest's sponsors; a group goes by id or name."""
    if not guest.sponsors:
        return whose.shown(guest, ask)
    if not wanted.person:
        about = {"guest": guest.person.id}
        presses = tuple(Press(one.name, "unsponsor", {**about, "person": one.id}) for one in guest.sponsors)
        return Said("Who answers no longer?", f"Choose; {guest.person.name} has these sponsors.", presses=presses)
    typed = wanted.person.casefold()
    known = next(
        (one for one in guest.sponsors if typed in (one.id, one.name.casefold(), one.address.casefold())), None
    )
    if known:
        return known
    person = await colleague.find(
        wanted.person, ask, example=USAGE, press=Press("", "unsponsor", {"guest": guest.person.id})
    )
    if isinstance(person, Said):
        return person
    return guest.sponsor(person.id) or whose.shown(guest, ask, said=f"{person.name} does not answer for them.")


def _question(guest: Guest, away: Sponsor) -> Said:
    data = {"guest": guest.person.id, "person": away.id}
    return Said(
        f"Leave {guest.person.name} with nobody?",
        f"{away.name} is the last who answers for this guest and can sign in. Nobody would be told about them any more.",
        Tone.WARNING,
        presses=(
            Press("Hand over instead…", "handover", {"guest": guest.person.id, "giver": away.id}, style=Style.PRIMARY),
            Press("Yes, remove", "unsponsor", {**data, "sure": "yes"}, style=Style.DANGER),
            Press("No", "sponsor.guest", {"person": guest.person.id}),
        ),
    )


COMMAND = Command(
    name="unsponsor",
    usage=USAGE,
    summary="Somebody no longer answers for a guest.",
    parse=parse,
    run=run,
    group="sponsors",
    replaces=True,
)
