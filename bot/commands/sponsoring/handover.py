"""`handover`: give guests to another sponsor, one of them or all somebody has."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import colleague
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.sponsoring import running
from bot.commands.sponsoring.handing import USAGE, USAGE_ONE, Plan, Wanted, again, form, question
from bot.domain.guest_runs import GuestRun, Item, RunKind
from bot.domain.outcomes import Outcome, Press, Said, Tone
from bot.domain.people import Person
from bot.domain.roles import Act
from bot.domain.sponsors import Sponsor

MOST = 500
"""Guests in one run: more are handed over in a second one."""
_FROM = frozenset("from von".split())
_TO = frozenset("to an → -> =>".split())
_FILLERS = frozenset("all guests guest the my mine everybody everyone of over".split())


def parse(words: str, value: Value) -> Wanted:
    """`[guest] [from sponsor] [to sponsor]` in any order, or a card's fields."""
    if value:
        return Wanted(
            guest=text_of(value, "guest") or text_of(value, "address"),
            giver=text_of(value, "giver"),
            taker=text_of(value, "taker"),
            question=text_of(value, "question", most=200),
            stamp=text_of(value, "stamp", most=60),
            sure=value.get("verb") == "handover.yes",
            sent=value.get("verb") == "handover.submit",
        )
    parts: dict[str, list[str]] = {"guest": [], "giver": [], "taker": []}
    now = "guest"
    for word in words.split():
        bare = word.casefold().strip(".,;!?")
        if bare in _FROM:
            now = "giver"
        elif bare in _TO:
            now = "taker"
        elif now != "guest" or bare not in _FILLERS:
            parts[now].append(word.strip(",;\"'“”"))
    said = {name: " ".join(those)[:400] for name, those in parts.items()}
    return Wanted(said["guest"], said["giver"], said["taker"])


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The question with count and names; after the Yes to exactly these, the card of the handover."""
    if wanted.sure and wanted.stamp and (begun := await ask.deps.guest_runs.run(wanted.stamp)):
        return await running.refuse(begun, ask) or await running.go_on(begun, ask)
    plan = await _plan(wanted, ask)
    if not isinstance(plan, Plan):
        return plan
    if not wanted.sure:
        return question(plan, ask)
    if wanted.stamp != plan.stamp(wanted.question):
        return question(plan, ask, note="Their guests have changed since that card. ")
    items = tuple(Item(one.id, one.name, one.address or one.upn) for one in plan.guests)
    return await running.begin(
        GuestRun(
            id=plan.stamp(wanted.question),
            kind=RunKind.HANDOVER,
            by_id=ask.person.id,
            by_name=ask.person.name,
            begun_at=ask.now,
            items=items,
            key=ask.turn.key,
            giver_id=plan.giver.id,
            giver_name=plan.giver.name,
            taker_id=plan.taker.id,
            taker_name=plan.taker.name,
        ),
        ask,
    )


async def _plan(wanted: Wanted, ask: Ask) -> Plan | Outcome:
    """Everybody found and everything allowed, or what is missing or in the way."""
    wanted, guest = await _sorted(wanted, ask)
    if isinstance(guest, Said):
        return guest
    if not wanted.taker:
        return form(wanted, guest)
    taker = await colleague.find(wanted.taker, ask, example=USAGE, press=again(wanted, "taker"))
    if isinstance(taker, Said):
        return taker
    unfit = colleague.unfit(taker, task="Answering for guests")
    if unfit:
        return unfit
    giver = await _giver(wanted, guest, ask)
    if not isinstance(giver, Sponsor):
        return giver
    if giver.id != ask.person.id:
        refused = await ask.refuse(Act.SPONSOR)
        if refused:
            return refused
    if giver.id == taker.id:
        return Said(f"{taker.name} answers for them already", "Nothing was changed.", Tone.WARNING)
    if guest:
        return Plan(giver, taker, (guest,), guest)
    guests = await ask.deps.sponsors.guests_of(giver.id)
    if not guests:
        whose = "You answer" if giver.id == ask.person.id else f"{giver.name} answers"
        text = f"{whose} for no guest in person; whom a group answers for stays with the group. Nothing was changed."
        return Said("Nobody to hand over", text)
    return Plan(giver, taker, guests[:MOST], left=max(0, len(guests) - MOST))


async def _sorted(wanted: Wanted, ask: Ask) -> tuple[Wanted, Person | Said | None]:
    """`handover lee@… to adele@…`: what stands first may be the sponsor whose guests are meant."""
    if not wanted.guest:
        return wanted, None
    person = await colleague.find(wanted.guest, ask, example=USAGE_ONE, press=again(wanted, "guest"), guest=True)
    if isinstance(person, Said) or person.is_guest:
        return wanted, person
    if wanted.giver:
        return wanted, Said(f"{person.name} is not a guest", "Only guests have sponsors.", Tone.WARNING)
    return replace(wanted, guest="", giver=person.id), None


async def _giver(wanted: Wanted, guest: Person | None, ask: Ask) -> Sponsor | Outcome:
    """Whose guest, or guests: who was named; otherwise the asker, or the guest's only sponsor."""
    if guest is None and not wanted.giver:
        return _as_sponsor(ask.person)
    held = (await ask.deps.sponsors.of([guest.id]))[guest.id] if guest else ()
    if wanted.giver:
        known = next((one for one in held if one.id == wanted.giver), None)
        named = known or await colleague.find(wanted.giver, ask, example=USAGE, press=again(wanted, "giver"))
        if isinstance(named, Said):
            return named
        giver = named if isinstance(named, Sponsor) else _as_sponsor(named)
        if guest and giver.id not in {one.id for one in held}:
            return Said(f"{giver.name} does not answer for {guest.name}", "Nothing was changed.", Tone.WARNING)
        return giver
    mine = next((one for one in held if one.id == ask.person.id), None)
    if mine or len(held) == 1:
        return mine or held[0]
    assert guest is not None
    if not held:
        press = Press("Name a sponsor…", "sponsor.add", {"guest": guest.id})
        return Said(f"Nobody answers for {guest.name}", "There is nothing to hand over.", presses=(press,))
    data = {"guest": guest.id, "taker": wanted.taker}
    presses = tuple(Press(f"From {one.name}", "handover", {**data, "giver": one.id}) for one in held)
    return Said(f"From whom shall {guest.name} go?", "Several answer for this guest.", presses=presses)


def _as_sponsor(person: Person) -> Sponsor:
    return Sponsor(person.id, person.name, person.address, enabled=person.enabled)


def parse_chosen(words: str, value: Value) -> Wanted:
    """Somebody of a name that several have was chosen on a card."""
    which = text_of(value, "verb").rpartition(".")[2]
    return parse("", {**value, which: text_of(value, "person")}) if which in ("guest", "giver", "taker") else Wanted()


async def no(wanted: Wanted, ask: Ask) -> Outcome:
    """Nothing is handed over."""
    return Said("Nothing was changed", "The guests stay where they are.")


COMMAND = Command(
    name="handover",
    usage=USAGE,
    summary="Give guests to another sponsor: one guest, or all that somebody has.",
    parse=parse,
    run=run,
    group="sponsors",
    aliases=("hand over", "hand-over", "übergeben"),
    verbs=("handover.yes", "handover.submit"),
    redraws=("handover.yes", "handover.submit"),
)
CHOSEN = Command(
    name="handover.chosen",
    usage=USAGE,
    summary="Who was meant by a name.",
    parse=parse_chosen,
    run=run,
    verbs=("handover.guest", "handover.giver", "handover.taker"),
    by_card=True,
    replaces=True,
)
NO = Command("handover.no", USAGE, "Hand over nothing.", parse, no, by_card=True, replaces=True)
