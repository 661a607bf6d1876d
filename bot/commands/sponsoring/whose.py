"""The guest a command about sponsors means, with those who answer for them, and what the asker may see and do."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands import colleague
from bot.commands.command import Ask
from bot.commands.sponsoring import answering
from bot.domain.outcomes import Press, Said, Tone
from bot.domain.people import Person
from bot.domain.roles import Act
from bot.domain.sponsors import Sponsor


@dataclass(frozen=True, slots=True)
class Guest:
    """A guest, and who answers for them now."""

    person: Person
    sponsors: tuple[Sponsor, ...]

    def sponsor(self, person_id: str) -> Sponsor | None:
        """This one of them."""
        return next((one for one in self.sponsors if one.id == person_id), None)


async def find(typed: str, ask: Ask, *, example: str, press: Press) -> Guest | Said:
    """The guest behind an address, id or name; the plain answer where there is none, or it is none of the asker's."""
    person = await colleague.find(typed, ask, example=example, press=press, guest=True)
    if isinstance(person, Said):
        return person
    if not person.is_guest:
        return Said(f"{person.name} is not a guest", "Only guests have sponsors here.", Tone.WARNING)
    guest = Guest(person, (await ask.deps.sponsors.of([person.id]))[person.id])
    if not (ask.may(Act.READ) or ask.may(Act.SPONSOR) or await _answers(guest, ask)):
        return await ask.refuse(Act.READ) or Said("You may not see that", tone=Tone.BAD)
    return guest


async def _answers(guest: Guest, ask: Ask) -> bool:
    """In person, or as a member of a group."""
    if guest.sponsor(ask.person.id) or not any(one.is_group for one in guest.sponsors):
        return guest.sponsor(ask.person.id) is not None
    people = (await answering.sponsors([guest.person.id], ask.deps))[guest.person.id]
    return any(one.id == ask.person.id for one in people)


def shown(guest: Guest, ask: Ask, *, said: str = "", undo: Press | None = None) -> Said:
    """Who answers for the guest, with the ways to change it that are open to the asker."""
    name = guest.person.name
    titles = {
        0: f"Nobody answers for {name}",
        1: f"{guest.sponsors[0].name} answers for {name}" if guest.sponsors else "",
    }
    title = titles.get(len(guest.sponsors), f"{len(guest.sponsors)} answer for {name}")
    usable = [one for one in guest.sponsors if one.enabled]
    text = said or ("" if guest.sponsors else "Nobody here is told about this guest, and nobody is asked.")
    if guest.sponsors and not usable:
        text = f"{text} None of them can sign in.".strip()
    return Said(
        title,
        text,
        (Tone.GOOD if said else Tone.INFO) if usable else Tone.WARNING,
        points=tuple(map(_point, guest.sponsors)),
        presses=(*((undo,) if undo else ()), *_presses(guest, ask)),
    )


def _point(sponsor: Sponsor) -> str:
    kind = ", a group" if sponsor.is_group else ""
    state = "" if sponsor.enabled else " (⚠ cannot sign in)"
    return f"{sponsor.name}{kind}{f', {sponsor.address}' if sponsor.address else ''}{state}"


def _presses(guest: Guest, ask: Ask) -> list[Press]:
    about = {"guest": guest.person.id}
    presses: list[Press] = []
    if ask.may(Act.SPONSOR):
        presses.append(Press("Add a sponsor…", "sponsor.add", about))
        presses += [Press(f"Remove {one.name}", "unsponsor", {**about, "person": one.id}) for one in guest.sponsors[:2]]
    if guest.sponsors and (ask.may(Act.SPONSOR) or guest.sponsor(ask.person.id)):
        presses.append(Press("Hand over…", "handover", about))
    return presses
