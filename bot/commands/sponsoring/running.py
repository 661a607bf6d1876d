"""Begin an act on many guests, claimed once; try again what failed; take it back; give guests back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.commands.command import Ask, Command, Value, text_of
from bot.domain import guest_runs
from bot.domain.guest_runs import GuestRun, RunKind
from bot.domain.outcomes import Outcome, Press, RunShown, Said, Tone
from bot.domain.roles import Act

JOB = "guest run"
_JUDGED = (RunKind.BLOCK, RunKind.DELETE)
MOST_PICKED = 500
FRESH = timedelta(hours=1)
"""So long after a run, who failed may be tried again without being looked at anew: nobody is blocked by an old card."""


async def begin(run: GuestRun, ask: Ask) -> RunShown:
    """The run is on its way; whoever wanted the very same gets the card of the first."""
    stored, mine = await ask.deps.guest_runs.claim(run)
    if mine:
        ways = f"from {run.giver_name or 'nobody'} to {run.taker_name or 'nobody'}: " if run.taker_id else ""
        count = len(run.items)
        await ask.record(run.act, "", detail=f"{ways}{count} guest{'' if count == 1 else 's'}", key=run.key)
    return await go_on(stored, ask)


async def go_on(run: GuestRun, ask: Ask) -> RunShown:
    """The run's job is there, and its card is the answer."""
    await ask.deps.jobs.start(JOB, f"{run.id}-{run.round}", {"run": run.id, "round": run.round})
    return RunShown(run, ask.turn.caller.time_zone)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A run by id, and for giving back only some which guests."""

    run: str
    picked: tuple[str, ...] = ()
    every: bool = False


def parse(words: str, value: Value) -> Wanted:
    """What a card sent: guests that were ticked come as one text with commas."""
    picked = text_of(value, "picked", most=MOST_PICKED * 40)
    return Wanted(text_of(value, "run", most=60), tuple(picked.split(",")) if picked else (), value.get("all") == "yes")


async def undo(wanted: Wanted, ask: Ask) -> Outcome:
    """What takes the run back is on its way."""
    run = await _found(wanted, ask)
    if isinstance(run, Said):
        return run
    refused = await refuse(run, ask)
    if refused:
        return refused
    if not run.can_be_undone:
        return RunShown(run, ask.turn.caller.time_zone)
    return await begin(_back(run, ask), ask)


async def again(wanted: Wanted, ask: Ask) -> Outcome:
    """Those who failed are tried once more, on the same card."""
    run = await _found(wanted, ask)
    if isinstance(run, Said):
        return run
    refused = await refuse(run, ask)
    if refused:
        return refused
    if run.kind in _JUDGED and run.settled_at and ask.now - run.settled_at > FRESH:
        text = "They may have been seen since they were chosen. Choose anew whom you mean. Nothing was done."
        press = Press("Forgotten guests", "stale")
        return Said("That was too long ago", text, Tone.WARNING, presses=(press,))
    return await go_on(await ask.deps.guest_runs.amend(run.id, lambda one: one.again(ask.turn.key)), ask)


async def decline(wanted: Wanted, ask: Ask) -> Outcome:
    """The guests that were chosen go back to whoever gave them."""
    run = await _found(wanted, ask)
    if isinstance(run, Said):
        return run
    if run.kind is not RunKind.HANDOVER or run.taker_id != ask.person.id:
        return Said("These guests were given to somebody else", "Nothing was changed.", Tone.BAD)
    held = {one.guest_id for one in run.done}
    only = held if wanted.every else held & set(wanted.picked)
    if not held:
        return Said("Nothing to give back", "None of these guests is with you any more.")
    if not only:
        return Said("Which guests?", "Tick those who are not yours first. Nothing was changed.", Tone.WARNING)
    return await begin(await _to_whoever_can(_back(run, ask, only=tuple(only)), run, ask), ask)


async def _to_whoever_can(undo: GuestRun, run: GuestRun, ask: Ask) -> GuestRun:
    """The guests of a sponsor who left go back to whoever handed them on instead."""
    giver = await ask.deps.directory.person(run.giver_id) if run.giver_id else None
    group = giver is None and run.giver_id and not await ask.deps.sponsor_books.book(run.giver_id)
    if group or (giver and giver.enabled) or run.by_id == ask.person.id:
        return undo
    return replace(undo, taker_id=run.by_id, taker_name=run.by_name)


def _back(run: GuestRun, ask: Ask, *, only: tuple[str, ...] = ()) -> GuestRun:
    return guest_runs.back(run, by_id=ask.person.id, by_name=ask.person.name, at=ask.now, key=ask.turn.key, only=only)


async def _found(wanted: Wanted, ask: Ask) -> GuestRun | Said:
    run = await ask.deps.guest_runs.run(wanted.run) if wanted.run else None
    if run is None:
        text = "I no longer know what this card is about. Nothing was done."
        return Said("This card is out of date", text, Tone.WARNING, presses=(Press("Help", "help"),))
    return run


async def refuse(run: GuestRun, ask: Ask) -> Said | None:
    """Sponsors decide about what went from them or to them, whoever's roles allow it about the rest."""
    if run.kind is RunKind.HANDOVER:
        if ask.person.id in (run.giver_id, run.taker_id):
            return None
        return await ask.refuse(Act.SPONSOR)
    return await ask.refuse(Act.MANAGE_ACCOUNT)


COMMANDS = (
    Command("run.undo", "run.undo", "Take an act on many guests back.", parse, undo, by_card=True),
    Command("run.again", "run.again", "Try those once more who failed.", parse, again, by_card=True, replaces=True),
    Command("run.decline", "run.decline", "Give guests back.", parse, decline, by_card=True),
)
