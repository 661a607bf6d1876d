"""Find the person a command names, by address or from a card, and see whether they can be given a task."""

from __future__ import annotations

from bot.commands.command import Ask
from bot.domain import addresses
from bot.domain.outcomes import Press, Said, Tone
from bot.domain.people import Person


async def find(typed: str, ask: Ask, *, example: str) -> Person | Said:
    """The living account behind an address or an object id, or a plain answer why there is none."""
    directory = ask.deps.directory
    if not typed:
        return Said("Who?", f"Type the e-mail address behind it. For example: {example}", Tone.WARNING)
    if "@" not in typed:
        person = await directory.person(typed)
        if person:
            return person
        return Said(f"I do not know “{typed[:80]}”", f"I find people by their e-mail address: {example}", Tone.WARNING)
    read = addresses.read(typed)[:1]
    if not read or read[0].problem:
        problem = read[0].problem if read else "That is no e-mail address."
        return Said(f"I cannot use “{typed[:80]}”", f"{problem} For example: {example}", Tone.WARNING)
    found = await directory.find(read[0].address)
    living = [one for one in found if not one.is_deleted]
    if living:
        return min(living, key=lambda one: one.is_guest)
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
