"""`expiring`: whose access ends soon, with a way to extend it or to let it go."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.commands import counting, extend, revoke
from bot.commands.building import which
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.sponsoring import answering
from bot.commands.subject import Subject
from bot.domain import addresses, clauses, spoken
from bot.domain.access import Assignment, AssignmentState
from bot.domain.expiring import MOST_DAYS, USUAL_DAYS, soon, weeks, whole_weeks
from bot.domain.outcomes import Expiring, Outcome, Press, Said, Tone
from bot.domain.packages import AccessPackage
from bot.domain.roles import Act
from bot.domain.sweeps import Sweep

USAGE = 'expiring 30d mine "Invited users package"'
_MINE = frozenset("mine my me".split())
_FILLERS = frozenset("in within the next for of access guests soon package".split())
_SPANS = (14, 30, 90)
_READ_ANEW = 2_000  # of one package


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
    """Read anew: packages and delivered access side by side, for `mine` the sponsors of those whose access ends.

    Where the last sweep saw a great many, what it remembered is shown instead, with its time.
    """
    if wanted.days and not (wanted.days.isascii() and wanted.days.isdigit() and 1 <= int(wanted.days) <= MOST_DAYS):
        presses = tuple(_span(days, wanted) for days in _SPANS)
        text = f"Give a number of days from 1 to {MOST_DAYS}. For example: expiring 30d"
        return Said("How many days ahead?", text, Tone.WARNING, presses=presses)
    own = wanted.mine and not ask.may(Act.READ)
    if not own and (refused := await ask.refuse(Act.READ)):
        return refused
    days = int(wanted.days or USUAL_DAYS)
    last = await counting.recent(ask.deps, ask.now)
    held = ask.deps.endings.delivered() if last is None else _nothing()
    packages, everybodys = await asyncio.gather(ask.deps.directory.packages(), held)
    # Whoever answers for a guest is told what ends whatever the package: without a role, too.
    open_to = {one.id: one for one in packages if own or ask.may(Act.READ, one.catalog.id)}
    package = _package(wanted, tuple(open_to.values()))
    if isinstance(package, Said):
        return package
    zone, elsewhere = ask.turn.caller.time_zone, _elsewhere(wanted, days, own=own)
    named = package.name if package else ""
    empty = Expiring((), (), days, ask.now, wanted.mine, named, zone, elsewhere, revokes=not own)
    only = frozenset(open_to) if package is None else frozenset({package.id})
    return await (_listed(empty, everybodys, only, ask) if last is None else _of_many(empty, last, only, ask))


async def _listed(empty: Expiring, held: Iterable[Assignment], only: Collection[str], ask: Ask) -> Expiring:
    """What of `held` ends in time, all of it."""
    ending = soon((one for one in held if one.package_id in only), ask.now, empty.days, ask.zone)
    if empty.mine:
        ending = await _mine(ending, ask)
    return replace(empty, ending=ending, weeks=weeks(ending, ask.now, empty.days, ask.zone))


async def _of_many(empty: Expiring, last: Sweep, only: Collection[str], ask: Ask) -> Expiring:
    """Not everybody's access is read again: what the last sweep remembered is shown, or little enough read anew."""
    swept = replace(empty, counted_at=last.began_at)
    if last.tally.covers(ask.now + timedelta(days=empty.days + 1)):
        return await _listed(swept, last.tally.next, only, ask)
    if empty.mine:
        guests = await answering.guests_of(ask.person.id, ask.deps)
        access = await ask.deps.directory.access_of([one.id for one in guests])
        theirs = [one for _, held, _ in access.values() for one in held if one.state is AssignmentState.DELIVERED]
        return await _listed(empty, theirs, only, ask)
    ending = soon((one for one in last.tally.next if one.package_id in only), ask.now, empty.days, ask.zone)
    if empty.package and (not ending or sum(last.tally.held.get(one, 0) for one in only) <= _READ_ANEW):
        return await _listed(empty, await ask.deps.endings.delivered(package_id=next(iter(only))), only, ask)
    by_week = whole_weeks(last.tally.ends_of(only), ask.now, empty.days, ask.zone)
    return replace(swept, ending=ending, weeks=by_week, more=True)


async def _nothing() -> tuple[Assignment, ...]:
    return ()


def _package(wanted: Span, packages: tuple[AccessPackage, ...]) -> AccessPackage | Said | None:
    if not wanted.package:
        return None
    data = {"days": wanted.days, "mine": "yes" if wanted.mine else ""}
    return which.one_of(wanted.package, packages, verb="expiring", data=data)


async def _mine(ending: tuple[Assignment, ...], ask: Ask) -> tuple[Assignment, ...]:
    """What ends of the guests the asker answers for: by themselves, as a member of a group, or because they invited them."""
    guests = list(dict.fromkeys(one.person_id for one in ending))
    known = await answering.sponsors(guests, ask.deps)
    inviters = await ask.deps.ledger.inviters([one for one in guests if not known.get(one)])
    mine = {one for one in guests if any(sponsor.id == ask.person.id for sponsor in known.get(one, ()))}
    mine |= {guest for guest, inviter in inviters.items() if inviter == ask.person.id}
    return tuple(one for one in ending if one.person_id in mine)


def _span(days: int, wanted: Span) -> Press:
    data = {"days": str(days), "mine": "yes" if wanted.mine else "", "package": wanted.package}
    return Press(f"{days} days", "expiring", data)


def _elsewhere(wanted: Span, days: int, *, own: bool) -> tuple[Press, ...]:
    """Other spans, and mine instead of everybody's or the other way round; `own`: they may see no others."""
    other = {"days": str(days), "mine": "" if wanted.mine else "yes", "package": wanted.package}
    whose = Press("Everybody's" if wanted.mine else "Those I sponsor", "expiring", other)
    spans = tuple(_span(one, wanted) for one in _SPANS if one != days)
    return spans if own else (*spans, whose)


def parse_pick(words: str, value: Value) -> tuple[bool, Subject]:
    """(whether to extend, whose access of which package) as it was chosen on the list."""
    picked = text_of(value, "pick").split()
    found = addresses.read(picked[0])[:1] if len(picked) == 3 else ()
    address = found[0].address if found and not found[0].problem else ""
    about = Subject(address, picked[1], person=picked[2]) if address else Subject()
    return value.get("verb") != "expiring.revoke", about


async def picked(wanted: tuple[bool, Subject], ask: Ask) -> Outcome:
    """The form of an extension, or the question of a revocation; each decides anew what the asker may."""
    longer, about = wanted
    if not about.address:
        return Said("Whose access?", "Choose a guest from the list on the card first.", Tone.WARNING)
    if longer:
        return await extend.run(extend.Wanted(about), ask)
    return await revoke.run(revoke.Wanted("ask", about), ask)


COMMAND = Command(
    name="expiring",
    usage=USAGE,
    summary="Whose access ends soon, by week.",
    parse=parse,
    run=run,
    aliases=("ending", "expires", "ends"),
    replaces=True,
)
PICKED = Command(
    name="expiring.pick",
    usage=USAGE,
    summary="Extend one of the list, or let it go.",
    parse=parse_pick,
    run=picked,
    verbs=("expiring.extend", "expiring.revoke"),
    by_card=True,
)
