"""Take an extension back: the old end holds again."""

from __future__ import annotations

from bot.commands import ending, extending
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.subject import Subject
from bot.domain.end_changes import ChangeState, EndChange, is_same
from bot.domain.outcomes import Extending, Outcome, Press, Said, Tone
from bot.domain.wording import day

USAGE = "extend.undo"


def parse(words: str, value: Value) -> str:
    """The id of the change."""
    return text_of(value, "change", most=60)


async def run(wanted: str, ask: Ask) -> Outcome:
    """The old end is on its way back, unless that day is over or somebody changed the end meanwhile."""
    begun = await ask.deps.end_changes.begun_by(ask.turn.key)
    if begun:
        return await ending.go_on(begun, ask)
    change = await ask.deps.end_changes.change(wanted)
    if change is None or change.undoes:
        press = Press("Guests", "guests")
        text = "I no longer know what this card is about. Nothing was done."
        return Said("This card is out of date", text, Tone.WARNING, presses=(press,))
    if change.state is not ChangeState.DONE or change.undone_by:
        return Extending(change, ask.turn.caller.time_zone)
    about = Subject(change.address, change.package_id, person=change.person_id)
    found = await extending.find(about, USAGE, ask)
    if isinstance(found, Said):
        return found
    if found.assignment.id != change.assignment_id or not is_same(found.assignment.ends_at, change.ends_at):
        return _too_late(change, (found.assignment.ends_at and day(found.assignment.ends_at, ask.zone)) or "", ask)
    if change.old_end <= ask.now:
        return _passed(change, ask)
    return await ending.begin(found, change.old_end, ask, undoes=change.id)


def _too_late(change: EndChange, ends: str, ask: Ask) -> Said:
    now = f"now ends on {ends}" if ends else "no longer ends by itself"
    return Said(
        "The end has changed since this card",
        f"The access of {change.address} to “{change.package_name}” {now}, so nothing was taken back.",
        Tone.WARNING,
        presses=(Press("Status", "status", {"address": change.address}),),
    )


def _passed(change: EndChange, ask: Ask) -> Said:
    revoke = Press("Revoke", "revoke", {"address": change.address, "package": change.package_id})
    text = (
        f"Before the extension, access ended on {day(change.old_end, ask.zone)}. That is over, so nothing can be set "
        "back. To end the access now, revoke it."
    )
    return Said("That day is over", text, Tone.WARNING, presses=(revoke,))


COMMAND = Command(
    name="extend.undo",
    usage=USAGE,
    summary="Take an extension back.",
    parse=parse,
    run=run,
    by_card=True,
    replaces=True,
)
