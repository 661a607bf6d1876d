"""What is asked before guests are handed over: to whom, and whether it is really meant."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.command import Ask
from bot.domain.guest_runs import RunKind, run_id
from bot.domain.outcomes import Field, Form, Press, Said, Style
from bot.domain.people import Person
from bot.domain.sponsors import Sponsor

USAGE = "handover from lee@contoso.com to adele@contoso.com"
USAGE_ONE = "handover ana@fabrikam.com to adele@contoso.com"


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


@dataclass(frozen=True, slots=True)
class Plan:
    """Who goes from whom to whom, as Entra shows it now. `guest`: the one guest it is about, None for all."""

    giver: Sponsor
    taker: Person
    guests: tuple[Person, ...]
    guest: Person | None = None
    left: int = 0

    def stamp(self, question: str) -> str:
        """Of exactly this, asked in that turn."""
        return run_id(question, RunKind.HANDOVER, (one.id for one in self.guests), self.giver.id, self.taker.id)


def again(wanted: Wanted, which: str) -> Press:
    """The same once more, with the person chosen among several of one name."""
    data = {"guest": wanted.guest, "giver": wanted.giver, "taker": wanted.taker}
    return Press("", f"handover.{which}", {name: said for name, said in data.items() if said})


def question(plan: Plan, ask: Ask, note: str = "") -> Said:
    """Who goes from whom to whom, by name, and the Yes that means exactly this."""
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


def form(wanted: Wanted, guest: Person | None) -> Form:
    """What is missing."""
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
