"""`sponsor`: who answers for a guest, and naming somebody who does; `sponsor me`: the guests I answer for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands import colleague
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.sponsoring import listing, whose
from bot.commands.sponsoring.whose import Guest
from bot.domain import clauses
from bot.domain.outcomes import Field, Form, Outcome, Press, Said, Tone
from bot.domain.people import Person
from bot.domain.roles import Act
from bot.domain.sponsors import MOST, Sponsor

USAGE = "sponsor ana@fabrikam.com adele@contoso.com"
_ME = frozenset("me mine my myself".split())
_FILLERS = frozenset("to is for by and with of answers the as".split())


@dataclass(frozen=True, slots=True)
class Wanted:
    """A guest and whoever is to answer for them, unchecked. `adding`: ask whom; `mine`: the asker's own guests."""

    guest: str = ""
    people: tuple[str, ...] = ()
    mine: bool = False
    adding: bool = False
    sent: bool = False


def parse(words: str, value: Value) -> Wanted:
    """`ana@x.com`, `ana@x.com adele@y.com "Lee Gu" me`, `me`; or a card's guest and person."""
    if value:
        person, verb = text_of(value, "person"), value.get("verb")
        guest = text_of(value, "guest") or text_of(value, "address")
        return Wanted(
            guest, (person,) if person else (), adding=verb != "sponsor" or False, sent=verb == "sponsor.submit"
        )
    said = clauses.read(words)
    bare = [word.strip(".,;<>") for word in said.bare]
    if bare and bare[0].casefold() in _ME and len(bare) == 1 and not said.quoted:
        return Wanted(mine=True)
    addressed = [word for word in bare if "@" in word]
    named = [*addressed[1:], *said.quoted, *(word for word in bare if word.casefold() in _ME)]
    loose = [word for word in bare if "@" not in word and word.casefold() not in _ME | _FILLERS]
    if loose:
        named.append(" ".join(loose))
    guest = addressed[0] if addressed else ""
    if not guest and named:
        guest, named = named[0], named[1:]
    return Wanted(guest[:320], tuple(one[:320] for one in named[: MOST + 1]))


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """Who answers; or, where somebody was named and the asker may, they answer from now on."""
    if wanted.mine:
        return await listing.run(listing.Wanted(), ask)
    again = Press("", "sponsor", {"person": wanted.people[0]} if wanted.people else {})
    guest = await whose.find(wanted.guest, ask, example=USAGE, press=replace(again, verb="sponsor.guest"))
    if isinstance(guest, Said):
        return guest
    if not (wanted.people or wanted.adding):
        return whose.shown(guest, ask)
    refused = await ask.refuse(Act.SPONSOR)
    if refused:
        return refused
    if not wanted.people:
        return _form(guest, sent=wanted.sent)
    people = await _people(wanted, guest, ask)
    return people if isinstance(people, Said) else await _give(guest, people, ask)


async def _people(wanted: Wanted, guest: Guest, ask: Ask) -> tuple[Person, ...] | Said:
    """Everybody who was named and does not answer yet, each fit for it; all of them or nobody."""
    found: dict[str, Person] = {}
    for typed in wanted.people:
        press = Press("", "sponsor.submit", {"guest": guest.person.id})
        person = await colleague.find(typed, ask, example=USAGE, press=press)
        if isinstance(person, Said):
            return person
        unfit = colleague.unfit(person, task="Answering for guests")
        if unfit:
            return unfit
        found[person.id] = person
    fresh = tuple(one for one in found.values() if not guest.sponsor(one.id))
    if len(guest.sponsors) + len(fresh) > MOST:
        press = Press("Hand over…", "handover", {"guest": guest.person.id})
        text = f"A guest has {MOST} sponsors at most, and {guest.person.name} has {len(guest.sponsors)}. Nothing was changed."
        return Said("That are too many", text, Tone.WARNING, presses=(press,))
    return fresh


async def _give(guest: Guest, people: tuple[Person, ...], ask: Ask) -> Outcome:
    if not people:
        return whose.shown(guest, ask, said="They answer already. Nothing was changed.")
    address = guest.person.address or guest.person.id
    for person in people:
        async with ask.doing("add sponsor", address, detail=person.name):
            await ask.deps.sponsors.give(guest.person.id, person.id)
    made = tuple(Sponsor(one.id, one.name, one.address) for one in people)
    names = " and ".join(one.name for one in people)
    undo = Press("Undo", "unsponsor", {"guest": guest.person.id, "person": people[0].id, "sure": "yes"})
    now = Guest(guest.person, (*guest.sponsors, *made))
    answers = "answers" if len(people) == 1 else "answer"
    said = f"{names} {answers} for {guest.person.name} from now on."
    return whose.shown(now, ask, said=said, undo=undo if len(people) == 1 else None)


def _form(guest: Guest, *, sent: bool) -> Form:
    missing = "Give an address or a full name."
    return Form(
        title=f"Who answers for {guest.person.name}?",
        fields=(Field("person", "One more sponsor", placeholder="adele@contoso.com", required=missing),),
        verb="sponsor.submit",
        submit="Add",
        sentence=f"sponsor {guest.person.address or guest.person.name} adele@contoso.com",
        data={"guest": guest.person.id},
        problems={"person": missing} if sent else {},
    )


def parse_chosen(words: str, value: Value) -> Wanted:
    """The guest of a name that several have was chosen on a card."""
    person = text_of(value, "person")
    return Wanted(person)


COMMAND = Command(
    name="sponsor",
    usage=USAGE,
    summary="Who answers for a guest; name somebody to add them.",
    parse=parse,
    run=run,
    group="sponsors",
    verbs=("sponsor.add", "sponsor.submit"),
    redraws=("sponsor.add", "sponsor.submit"),
)
CHOSEN = Command("sponsor.guest", USAGE, "Who was meant by a name.", parse_chosen, run, by_card=True, replaces=True)
