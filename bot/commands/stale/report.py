"""`stale`: guests who never redeemed, never signed in, or not for long. The first look in a tenant only reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.stale import facts
from bot.domain import spoken
from bot.domain.dormancy import FEWEST_DAYS, MOST_DAYS, USUAL_DAYS, Dormancy
from bot.domain.guest_runs import GuestRun, RunKind, run_id
from bot.domain.outcomes import Outcome, Press, Said, StaleGuests, Tone
from bot.domain.roles import Act
from bot.domain.wording import day

USAGE = "stale 90d"
_EVER = datetime.min.replace(tzinfo=UTC)
_FILLERS = frozenset("for since guests guest in the last not more than over seen".split())
_NUMBER = re.compile(r"\d{1,6}")
_MOST_RUNS = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """`days` as typed, "" for the usual; `what` "undo", "delete" or "" for the report."""

    days: str = ""
    what: str = ""


def parse(words: str, value: Value) -> Wanted:
    """`90d`, `6 months`, `undo`, `delete`; or a card's."""
    if value:
        return Wanted(text_of(value, "days", most=10), text_of(value, "what", most=10))
    bare = [word.strip(".,;!?").casefold() for word in words.split()]
    rest = [word for word in bare if word and word not in _FILLERS]
    if rest[:1] in (["undo"], ["delete"]):
        return Wanted(what=rest[0])
    length, taken = spoken.read_duration(rest[:2])
    if taken:
        return Wanted(length)
    return Wanted(" ".join(rest)[:60])


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """All groups with their counts; whom to act on can be chosen from the second look on."""
    if wanted.what == "undo":
        return await _runs(ask)
    if wanted.what == "delete":
        return await _waiting(ask)
    typed = wanted.days or str(USUAL_DAYS)
    if not (typed.isascii() and _NUMBER.fullmatch(typed) and FEWEST_DAYS <= int(typed) <= MOST_DAYS):
        text = f"Give a number of days from {FEWEST_DAYS} to {MOST_DAYS}. For example: {USAGE}"
        presses = tuple(Press(f"{days} days", "stale", {"days": str(days)}) for days in (60, 90, 180))
        return Said("Not seen for how many days?", text, Tone.WARNING, presses=presses)
    days = int(typed)
    reports = await ask.deps.guest_runs.recent((RunKind.REPORT,), since=_EVER)
    # A turn that runs twice is no second look.
    first = all(one.key == ask.turn.key for one in reports)
    found = await facts.look(days, ask)
    await _reported(days, found, ask)
    return StaleGuests(
        found.forgotten,
        dict(found.counts),
        found.total,
        days,
        ask.deps.stale_rules.cap,
        found.blind,
        "" if first or not found.forgotten else "stale.choose",
        time_zone=ask.turn.caller.time_zone,
        presses=_presses(days, found, first),
    )


async def _reported(days: int, found: facts.Facts, ask: Ask) -> None:
    """From the first on that named somebody there was a report in this tenant."""
    key = run_id(ask.turn.key, RunKind.REPORT, ())
    await ask.record("look for forgotten guests", "", result="done", detail=f"{days} days: {found.total}")
    if not found.forgotten:
        return
    report = GuestRun(key, RunKind.REPORT, ask.person.id, ask.person.name, ask.now, (), ask.turn.key)
    await ask.deps.guest_runs.claim(report)


def _presses(days: int, found: facts.Facts, first: bool) -> tuple[Press, ...]:
    presses = [Press("Look again, to choose", "stale", {"days": str(days)})] if first and found.forgotten else []
    presses += [Press(f"{other} days", "stale", {"days": str(other)}) for other in (60, 180) if other != days]
    return (
        *presses,
        Press("Blocked long ago", "stale", {"what": "delete"}),
        Press("Let in again…", "stale", {"what": "undo"}),
    )


async def _waiting(ask: Ask) -> Outcome:
    """Those blocked by Usher for thirty days and more, to be deleted."""
    waiting = await facts.waiting(ask)
    counts = {Dormancy.BLOCKED: len(waiting)}
    return StaleGuests(
        waiting,
        counts,
        len(waiting),
        30,
        ask.deps.stale_rules.cap,
        choose="stale.choose.delete" if waiting else "",
        waiting=True,
        time_zone=ask.turn.caller.time_zone,
        presses=(Press("Forgotten guests", "stale"),),
    )


async def _runs(ask: Ask) -> Outcome:
    """The last runs that can be taken back, each with its button."""
    runs = await ask.deps.guest_runs.recent((RunKind.BLOCK, RunKind.DELETE), since=_EVER)
    open_ = [one for one in runs if one.can_be_undone and not one.is_past_restoring(ask.now)][:_MOST_RUNS]
    if not open_:
        text = "No run of stale has blocked or deleted anybody who was not let in again since."
        return Said("Nothing to take back", text, presses=(Press("Forgotten guests", "stale"),))
    return Said(
        "Take which back?",
        "Those who were blocked can sign in again; deleted accounts are restored, within 30 days.",
        points=tuple(
            f"{_called(one, ask)}, by {one.by_name}: {', '.join(item.name for item in one.done[:8])}" for one in open_
        ),
        presses=tuple(Press(_called(one, ask), "run.undo", {"run": one.id}) for one in open_),
    )


def _called(run: GuestRun, ask: Ask) -> str:
    did = "deleted" if run.kind is RunKind.DELETE else "blocked"
    return f"{len(run.done)} {did} on {day(run.begun_at, ask.zone)}"


COMMAND = Command(
    name="stale",
    usage=USAGE,
    summary="Guests who never accepted, never signed in, or not for so many days; block them, safely.",
    parse=parse,
    run=run,
    aliases=("forgotten", "inactive", "dormant"),
    act=Act.MANAGE_ACCOUNT,
    group="sponsors",
    replaces=True,
)
