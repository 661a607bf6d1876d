"""Answer for the guests of a sponsor who left, or name who does: what the card to the manager offers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands import colleague
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.sponsoring import running
from bot.domain.guest_runs import GuestRun, Item, RunKind
from bot.domain.leaving import Left, SponsorBook
from bot.domain.outcomes import Field, Form, Outcome, Press, Said, Tone
from bot.domain.people import Person
from bot.domain.roles import Act

USAGE = "sponsors none"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose guests (the sponsor who left), and who answers from now on: "" for whoever presses."""

    sponsor: str = ""
    taker: str = ""
    other: bool = False
    sent: bool = False


def parse(words: str, value: Value) -> Wanted:
    """What the card, or its form, sent."""
    verb = value.get("verb")
    taker = text_of(value, "taker") or text_of(value, "person")
    return Wanted(text_of(value, "sponsor", most=60), taker, verb != "adopt.all", verb == "adopt.submit")


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The card of the handover of all who still have nobody; asked of the manager, or of whoever may name sponsors."""
    book = await ask.deps.sponsor_books.book(wanted.sponsor) if wanted.sponsor else None
    if book is None or book.left is None:
        press = Press("Guests with nobody", "sponsors", {"whose": "nobody"})
        return Said("This card is out of date", "Nothing was changed.", Tone.WARNING, presses=(press,))
    if ask.person.id not in (book.left.asked_id, book.manager_id):
        refused = await ask.refuse(Act.SPONSOR)
        if refused:
            return refused
    if not book.is_open:
        return Said("Nothing is left to do", f"Somebody answers for the guests of {book.name} again.", Tone.GOOD)
    taker = await _taker(wanted, book, ask)
    return await _adopt(book, book.left, taker, ask) if isinstance(taker, Person) else taker


async def _taker(wanted: Wanted, book: SponsorBook, ask: Ask) -> Person | Outcome:
    if not wanted.other:
        return ask.person
    if not wanted.taker:
        missing = "Give an address or a full name."
        return Form(
            title=f"Who answers for the guests of {book.name}?",
            fields=(Field("taker", "From now on", placeholder="adele@contoso.com", required=missing),),
            verb="adopt.submit",
            submit="Hand over",
            data={"sponsor": book.sponsor_id},
            notes=(f"{len(book.left.guests) if book.left else 0} guests have nobody. They are told who answers now.",),
            problems={"taker": missing} if wanted.sent else {},
        )
    again = Press("", "adopt.submit", {"sponsor": book.sponsor_id})
    person = await colleague.find(wanted.taker, ask, example="adele@contoso.com", press=again)
    return person if isinstance(person, Said) else colleague.unfit(person, task="Answering for guests") or person


async def _adopt(book: SponsorBook, left: Left, taker: Person, ask: Ask) -> Outcome:
    """One who is only blocked is taken away as sponsor; a deleted one is none any more.

    Of two who press at once the first takes them all, so neither `taker` nor who is left is part of what names the handover.
    """
    items = tuple(Item(one.guest_id, one.name, one.address) for one in left.guests)
    giver_id = "" if left.deleted else book.sponsor_id
    shown = await running.begin(
        GuestRun(
            id=book.next_adoption,
            kind=RunKind.HANDOVER,
            by_id=ask.person.id,
            by_name=ask.person.name,
            begun_at=ask.now,
            items=items,
            key=ask.turn.key,
            giver_id=giver_id,
            giver_name=book.name,
            taker_id=taker.id,
            taker_name=taker.name,
        ),
        ask,
    )

    by, run = shown.run.taker_name, shown.run.id
    await ask.deps.sponsor_books.amend(book, lambda stored: stored.adopted(by, run))
    return shown


COMMAND = Command(
    "adopt.all",
    USAGE,
    "Answer for the guests of a sponsor who left.",
    parse,
    run,
    verbs=("adopt.other", "adopt.submit"),
    redraws=("adopt.submit",),
    by_card=True,
)
