"""`handover`: give guests to another sponsor, one of them or all somebody has."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands import colleague
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.sponsoring import running
from bot.domain.guest_runs import GuestRun, Item, RunKind, run_id
from bot.domain.outcomes import Field, Form, Outcome, Press, Said, Style, Tone
from bot.domain.people import Person
from bot.domain.roles import Act
from bot.domain.sponsors import Sponsor

USAGE = "handover from lee@contoso.com to adele@contoso.com"
USAGE_ONE = "handover ana@fabrikam.com to adele@contoso.com"
MOST = 500
"""Guests in one run: more are handed over in a second one."""
_FROM = frozenset("from von".split())
_TO = frozenset("to an → -> =>".split())
_FILLERS = frozenset("all guests guest the my mine everybody everyone of over".split())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed or sent, unchecked: addresses, names or object ids. `guest` may turn out to be a sponsor.

    `question` is the turn that asked for a Yes, `stamp` what it asked about; `sure` that a Yes was pressed.
    """

    guest: str = ""
    giver: str = ""
    taker: str = ""
    question: str = ""
    stamp: str = ""
    sure: bool = False
    sent: bool = False


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


@dataclass(frozen=True, slots=True)
class _Plan:
    """Who goes from whom to whom, as Entra shows it now. `guest`: the one guest it is about, None for all."""

    giver: Sponsor
    taker: Person
    guests: tuple[Person, ...]
    guest: Person | None = None
    left: int = 0

    def stamp(self, question: str) -> str:
        """Of exactly this, asked in that turn."""
        return run_id(question, RunKind.HANDOVER, (one.id for one in self.guests), self.giver.id, self.taker.id)


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The question with count and names; after the Yes to exactly these, the card of the handover."""
    if wanted.sure and wanted.stamp and (begun := await ask.deps.guest_runs.run(wanted.stamp)):
        return await running.go_on(begun, ask)
    plan = await _plan(wanted, ask)
    if not isinstance(plan, _Plan):
        return plan
    if not wanted.sure:
        return _question(plan, ask)
    if wanted.stamp != plan.stamp(wanted.question):
        return _question(plan, ask, note="Their guests have changed since that card. ")
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


async def _plan(wanted: Wanted, ask: Ask) -> _Plan | Outcome:
    """Everybody found and everything allowed, or what is missing or in the way."""
    wanted, guest = await _sorted(wanted, ask)
    if isinstance(guest, Said):
        return guest
    if not wanted.taker:
        return _form(wanted, guest)
    taker = await colleague.find(wanted.taker, ask, example=USAGE, press=_again(wanted, "taker"))
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
        return _Plan(giver, taker, (guest,), guest)
    guests = await ask.deps.sponsors.guests_of(giver.id)
    if not guests:
        whose = "You answer" if giver.id == ask.person.id else f"{giver.name} answers"
        return Said("Nobody to hand over", f"{whose} for no guest. Nothing was changed.")
    return _Plan(giver, taker, guests[:MOST], left=max(0, len(guests) - MOST))


async def _sorted(wanted: Wanted, ask: Ask) -> tuple[Wanted, Person | Said | None]:
    """`handover lee@… to adele@…`: what stands first may be the sponsor whose guests are meant."""
    if not wanted.guest:
        return wanted, None
    person = await colleague.find(wanted.guest, ask, example=USAGE_ONE, press=_again(wanted, "guest"))
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
        named = known or await colleague.find(wanted.giver, ask, example=USAGE, press=_again(wanted, "giver"))
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


def _again(wanted: Wanted, which: str) -> Press:
    """The same once more, with the person chosen among several of one name."""
    data = {"guest": wanted.guest, "giver": wanted.giver, "taker": wanted.taker}
    return Press("", f"handover.{which}", {name: said for name, said in data.items() if said})


def _question(plan: _Plan, ask: Ask, note: str = "") -> Said:
    count = len(plan.guests)
    who = plan.guest.name if plan.guest else f"{count} guest{'' if count == 1 else 's'}"
    giver = "you" if plan.giver.id == ask.person.id else plan.giver.name
    more = f" {plan.left} more stay for a second round." if plan.left else ""
    data = {
        "giver": plan.giver.id,
        "taker": plan.taker.id,
        "guest": plan.guest.id if plan.guest else "",
        "question": ask.turn.key,
        "stamp": plan.stamp(ask.turn.key),
    }
    return Said(
        f"Hand over {who} from {giver} to {plan.taker.name}?",
        f"{note}From then on {plan.taker.name} answers for them, and is told. Their access stays as it is.{more}",
        points=tuple(f"{one.name}, {one.address or one.upn}" for one in plan.guests),
        presses=(
            Press(f"Yes, hand over {count}", "handover.yes", data, style=Style.PRIMARY),
            Press("No", "handover.no"),
        ),
    )


def _form(wanted: Wanted, guest: Person | None) -> Form:
    fields = [Field("taker", "To whom", placeholder="adele@contoso.com", required="Give an address or a full name.")]
    if guest is None and not wanted.giver:
        label = "From whom (empty: your own guests)"
        fields.insert(0, Field("giver", label, placeholder="lee@contoso.com"))
    about = {"guest": guest.id if guest else "", "giver": wanted.giver}
    return Form(
        title=f"Hand over {guest.name}" if guest else "Hand over guests",
        fields=tuple(fields),
        verb="handover.submit",
        submit="Hand over…",
        sentence=USAGE_ONE if guest else USAGE,
        data={name: said for name, said in about.items() if said},
        notes=("Nothing happens before you have seen who it is about and said yes.",),
        problems={"taker": "Give an address or a full name."} if wanted.sent else {},
    )


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
