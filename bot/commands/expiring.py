"""`expiring`: whose access ends soon, with a way to extend it or to let it go."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.commands import extend, revoke
from bot.commands.building import which
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.subject import Subject
from bot.domain import addresses, clauses, spoken
from bot.domain.access import Assignment
from bot.domain.expiring import MOST_DAYS, USUAL_DAYS, soon, weeks
from bot.domain.outcomes import Expiring, Outcome, Press, Said, Tone
from bot.domain.packages import AccessPackage
from bot.domain.roles import Act

USAGE = 'expiring 30d mine "Invited users package"'
_MINE = frozenset("mine my me".split())
_FILLERS = frozenset("in within the next for of access guests soon package".split())
_SPANS = (14, 30, 90)


@dataclass(frozen=True, slots=True)
class Span:
    """What to list. `days` as it was typed, "" for the usual; `package` a name or an id, "" for all."""

    days: str = ""
    mine: bool = False
    package: str = ""


def parse(words: str, value: Value) -> Span:
    """Days, `mine` and a package's name in any order, or a card's."""
    if value:
        days = text_of(value, "days", most=10)
        return Span(days, value.get("mine") == "yes", text_of(value, "package"))
    said = clauses.read(words)
    bare, days, mine, rest = list(said.bare), "", False, []
    while bare:
        length, taken = spoken.read_duration(bare[:2])
        if taken:
            days, bare = days or length, bare[taken:]
            continue
        word = bare.pop(0)
        plain = word.casefold().strip(".,;!?")
        if plain in _MINE:
            mine = True
        elif plain not in _FILLERS:
            rest.append(word)
    return Span(days, mine, next(iter(said.quoted), "") or " ".join(rest)[:200])


async def run(wanted: Span, ask: Ask) -> Outcome:
    """Read fresh: packages and delivered access side by side, for `mine` the sponsors of those whose access ends."""
    if wanted.days and not (wanted.days.isascii() and wanted.days.isdigit() and 1 <= int(wanted.days) <= MOST_DAYS):
        presses = tuple(_span(days, wanted) for days in _SPANS)
        text = f"Give a number of days from 1 to {MOST_DAYS}. For example: expiring 30d"
        return Said("How many days ahead?", text, Tone.WARNING, presses=presses)
    days = int(wanted.days or USUAL_DAYS)
    packages, held = await asyncio.gather(ask.deps.directory.packages(), ask.deps.endings.delivered())
    open_to = {one.id: one for one in packages if ask.may(Act.READ, one.catalog.id)}
    package = _package(wanted, tuple(open_to.values()))
    if isinstance(package, Said):
        return package
    shown = (one for one in held if one.package_id in open_to and (package is None or one.package_id == package.id))
    ending = soon(shown, ask.now, days, ask.zone)
    if wanted.mine:
        ending = await _mine(ending, ask)
    return Expiring(
        ending,
        weeks(ending, ask.now, days, ask.zone),
        days,
        ask.now,
        wanted.mine,
        package.name if package else "",
        ask.turn.caller.time_zone,
        _elsewhere(wanted, days),
    )


def _package(wanted: Span, packages: tuple[AccessPackage, ...]) -> AccessPackage | Said | None:
    if not wanted.package:
        return None
    data = {"days": wanted.days, "mine": "yes" if wanted.mine else ""}
    return which.one_of(wanted.package, packages, verb="expiring", data=data)


async def _mine(ending: tuple[Assignment, ...], ask: Ask) -> tuple[Assignment, ...]:
    sponsors = await ask.deps.sponsors.of([one.person_id for one in ending])
    mine = {one for one, known in sponsors.items() if any(sponsor.id == ask.person.id for sponsor in known)}
    return tuple(one for one in ending if one.person_id in mine)


def _span(days: int, wanted: Span) -> Press:
    data = {"days": str(days), "mine": "yes" if wanted.mine else "", "package": wanted.package}
    return Press(f"{days} days", "expiring", data)


def _elsewhere(wanted: Span, days: int) -> tuple[Press, ...]:
    """Other spans, and mine instead of everybody's or the other way round."""
    other = {"days": str(days), "mine": "" if wanted.mine else "yes", "package": wanted.package}
    whose = Press("Everybody's" if wanted.mine else "Those I sponsor", "expiring", other)
    return (*(_span(one, wanted) for one in _SPANS if one != days), whose)


def parse_pick(words: str, value: Value) -> tuple[bool, Subject]:
    """(whether to extend, whose access of which package) as it was chosen on the list."""
    picked = text_of(value, "pick").split()
    found = addresses.read(picked[0])[:1] if len(picked) == 3 else ()
    address = found[0].address if found and not found[0].problem else ""
    about = Subject(address, picked[1], person=picked[2]) if address else Subject()
    return value.get("verb") != "expiring.letgo", about


async def picked(wanted: tuple[bool, Subject], ask: Ask) -> Outcome:
    """The form of an extension, or the question of a revocation; each decides anew what the asker may."""
    longer, about = wanted
    if not about.address:
        return Said("Whose access?", "Choose a guest from the list on the card first.", Tone.WARNING)
    if longer:
        return await extend.run(extend.Wanted(about), ask)
    return await revoke.run(("ask", about), ask)


COMMAND = Command(
    name="expiring",
    usage=USAGE,
    summary="Whose access ends soon, by week.",
    parse=parse,
    run=run,
    aliases=("ending", "expires", "ends"),
    act=Act.READ,
    replaces=True,
)
PICKED = Command(
    name="expiring.pick",
    usage=USAGE,
    summary="Extend one of the list, or let it go.",
    parse=parse_pick,
    run=picked,
    verbs=("expiring.extend", "expiring.letgo"),
    by_card=True,
)
