"""What was chosen on a list of guests somebody answers for: look at one, or hand one over."""

from __future__ import annotations

from bot.commands import status
from bot.commands.command import Ask, Command
from bot.commands.sponsoring import handover, listing, sponsor
from bot.commands.sponsoring.handing import Wanted
from bot.commands.subject import Subject
from bot.domain.outcomes import Outcome, Said, Tone
from bot.domain.roles import Act


async def run(wanted: tuple[str, str], ask: Ask) -> Outcome:
    """The guest's status, as far as the asker may see it, or the form that asks to whom they go; each decides anew what the asker may."""
    verb, guest = wanted
    person = await ask.deps.directory.person(guest)
    if person is None or not person.is_guest:
        return Said("Which guest?", "Choose a guest from the list on the card first.", Tone.WARNING)
    if verb == "sponsors.handover":
        return await handover.run(Wanted(guest=person.id), ask)
    if not ask.may(Act.READ):
        return await sponsor.run(sponsor.Wanted(person.id), ask)
    return await status.run(Subject(person.address), ask)


COMMAND = Command(
    name="sponsors.pick",
    usage=listing.USAGE,
    summary="Look at one of the list, or hand them over.",
    parse=listing.parse_pick,
    run=run,
    verbs=("sponsors.look", "sponsors.handover"),
    by_card=True,
)
