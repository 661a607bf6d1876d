"""`sponsors`: the guests I answer for, or somebody else does, or nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.commands import colleague
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.sponsoring import answering
from bot.domain.access import Assignment, AssignmentState
from bot.domain.outcomes import Outcome, Press, Said, SponsoredGuest, SponsoredGuests
from bot.domain.people import Person
from bot.domain.report import state_of
from bot.domain.roles import Act

USAGE = "sponsors me"
MOST = 60
"""Guests whose access is looked at: more do not fit on a card."""
SOON = timedelta(days=14)
NOBODY = "nobody"
_NEVER = datetime.max.replace(tzinfo=UTC)
_ME = frozenset("me mine my myself guests of the by".split())
_NOBODY = frozenset("none nobody missing without no-one noone".split())


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose guests: "" for the asker's own, NOBODY for those without a sponsor who can sign in."""

    whose: str = ""


def parse(words: str, value: Value) -> Wanted:
    """`me`, `lee@contoso.com`, `none`, or a card's."""
    if value:
        return Wanted(text_of(value, "whose"))
    said = " ".join(word for word in words.split() if word.casefold().strip(".,;!?") not in _ME).strip(" .,;!?\"'“”")
    return Wanted(NOBODY if said.casefold() in _NOBODY else said[:320])


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The list with each guest's state, and the ways on."""
    person = ask.person
    if wanted.whose:
        if wanted.whose != ask.person.id and (refused := await ask.refuse(Act.READ)):
            return refused
        if wanted.whose == NOBODY:
            return await _shown(await answering.unsponsored(ask.deps), "nobody", "", ask)
        found = await colleague.find(wanted.whose, ask, example=USAGE, press=Press("", "sponsors.whose"))
        if isinstance(found, Said):
            return found
        person = found
    guests = await answering.guests_of(person.id, ask.deps)
    return await _shown(guests, "" if person.id == ask.person.id else person.name, person.id, ask)


async def _shown(guests: Sequence[Person], whose: str, person_id: str, ask: Ask) -> Outcome:
    first = sorted(guests, key=lambda one: (one.has_redeemed, not one.enabled))[:MOST]
    access = await ask.deps.directory.access_of([one.id for one in first]) if first else {}
    rows = [_row(one, access[one.id][1] if one.id in access else ()) for one in first]
    rows.sort(key=lambda one: (one.ends_at or _NEVER, one.guest.has_redeemed, one.guest.name.casefold()))
    counts = Counter(state_of(one) for one in guests)
    counts["soon"] = sum(one.ends_at is not None and one.ends_at - ask.now < SOON for one in rows)
    return SponsoredGuests(
        tuple(rows),
        dict(counts),
        len(guests),
        ask.now,
        whose,
        ask.turn.caller.time_zone,
        _presses(guests, person_id, ask),
    )


def _row(guest: Person, held: Sequence[Assignment]) -> SponsoredGuest:
    """With the access that ends next."""
    ending = [one for one in held if one.state is AssignmentState.DELIVERED and one.ends_at]
    if not ending:
        return SponsoredGuest(guest)
    first = min(ending, key=lambda one: one.ends_at or _NEVER)
    return SponsoredGuest(guest, first.ends_at, first.package_name)


def _presses(guests: Sequence[Person], person_id: str, ask: Ask) -> tuple[Press, ...]:
    presses: list[Press] = []
    if guests and person_id and (person_id == ask.person.id or ask.may(Act.SPONSOR)):
        presses.append(Press("Hand over all…", "handover", {"giver": person_id}))
    if ask.may(Act.READ):
        if person_id:
            presses.append(Press("Guests with nobody", "sponsors", {"whose": NOBODY}))
        if person_id != ask.person.id:
            presses.append(Press("My guests", "sponsors"))
    return tuple(presses)


def parse_pick(words: str, value: Value) -> tuple[str, str]:
    """What to do with the guest that was chosen on the list."""
    return text_of(value, "verb", most=40), text_of(value, "pick", most=60)


def parse_whose(words: str, value: Value) -> Wanted:
    """The sponsor of a name that several have was chosen on a card."""
    return Wanted(text_of(value, "person"))


COMMAND = Command(
    name="sponsors",
    usage=USAGE,
    summary="The guests you answer for, or somebody else does, or nobody.",
    parse=parse,
    run=run,
    group="sponsors",
    aliases=("sponsored", "my guests"),
    replaces=True,
)
WHOSE = Command("sponsors.whose", USAGE, "Whose guests were meant.", parse_whose, run, by_card=True, replaces=True)
