"""Find the person a command names, by address, by name or from a card, and see whether they can be given a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.commands import same_address
from bot.commands.command import Ask
from bot.domain import addresses
from bot.domain.building.lookup import Wanted
from bot.domain.building.subjects import Candidate, SubjectKind
from bot.domain.outcomes import Press, Said, Tone
from bot.domain.people import Person


async def find(typed: str, ask: Ask, *, example: str, press: Press, guest: bool = False) -> Person | Said:
    """The living account behind an address, an object id or a full name, or a plain answer why there is none.

    `press`, with a `person` filled in, says the same again: it is offered for everybody a name or address may mean.
    `guest`: of a member and a guest with one address the guest is meant.
    """
    directory = ask.deps.directory
    if not typed:
        return Said("Who?", f"Type the e-mail address behind it. For example: {example}", Tone.WARNING)
    if typed.strip().casefold() in ("me", "myself"):
        return ask.person
    if "@" not in typed:
        return await directory.person(typed) or await _named(typed, ask, example, press)
    read = addresses.read(typed)[:1]
    if not read or read[0].problem:
        problem = read[0].problem if read else "That is no e-mail address."
        return Said(f"I cannot use “{typed[:80]}”", f"{problem} For example: {example}", Tone.WARNING)
    found = await directory.find(read[0].address)
    living = [one for one in found if not one.is_deleted]
    if living:
        meant = [one for one in living if one.is_guest is guest] or living
        return meant[0] if len(meant) == 1 else same_address.which(read[0].address, meant, press, ask.zone)
    if found:
        press = Press("Restore", "restore", {"address": read[0].address})
        return Said(f"{found[0].name} is deleted", "Nothing was changed.", Tone.WARNING, presses=(press,))
    return Said(
        f"Nobody here has the address {read[0].address}",
        "Look for a slip of the pen; nothing was changed.",
        Tone.WARNING,
    )


def unfit(person: Person, *, task: str) -> Said | None:
    """Why a guest, or somebody who cannot sign in, is not given this task; None when nothing speaks against it."""
    if person.is_guest:
        text = f"{task} is for members of this organisation. Nothing was changed."
        return Said(f"{person.name} is a guest", text, Tone.BAD)
    if not person.enabled:
        text = f"Sign-in is blocked for {person.name}, so nothing could be done with it. Nothing was changed."
        return Said(f"{person.name} cannot sign in", text, Tone.BAD)
    return None


def _choice(name: str, offered: Sequence[Candidate], press: Press) -> Said:
    """A button for each, with the address where the name alone would not tell them apart."""
    names = [one.subject.name.casefold() for one in offered]
    presses = tuple(
        replace(
            press,
            title=one.subject.name if names.count(one.subject.name.casefold()) == 1 else one.address,
            data={**press.data, "person": one.subject.id},
        )
        for one in offered
    )
    points = tuple(f"{one.subject.name}, {one.address}" for one in offered)
    text = "Choose one; nothing was changed."
    return Said(f"Who is “{name[:80]}”?", text, Tone.WARNING, points=points, presses=presses)


async def _named(name: str, ask: Ask, example: str, press: Press) -> Person | Said:
    """The one person of this full name; those whose names begin like it are offered, never taken."""
    found = (await ask.deps.governance.look_up(Wanted(subjects=(name,)))).subjects.get(name, ())
    people = [one for one in found if one.subject.kind is SubjectKind.USER]
    called = [one for one in people if one.subject.name.casefold() == name.casefold()]
    if len(called) == 1:
        person = await ask.deps.directory.person(called[0].subject.id)
        if person:
            return person
    offered = (called or people)[:5]
    if offered:
        return _choice(name, offered, press)
    text = f"An e-mail address is the surest way to name somebody: {example}"
    return Said(f"Nobody here is called “{name[:80]}”", text, Tone.WARNING)
