"""`cancel`: end a question that is open; what is under way already stays."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.command import Ask, Command, Value
from bot.commands.sign_in import stop_waiting
from bot.domain.building.builds import Build
from bot.domain.outcomes import Outcome, Press, Said
from bot.domain.turns import Place

_MOST = 3


def parse(words: str, value: Value) -> None:
    """Nothing to read."""


async def run(wanted: None, ask: Ask) -> Outcome:
    """A form's own button ends that form; the word gets here only when no question was open."""
    if ask.turn.value:
        return Said("Cancelled", "Nothing was done.", presses=(Press("Help", "help"),))
    if await stop_waiting(ask):
        return Said(
            "Cancelled", "I no longer wait for your sign-in. Nothing was done.", presses=(Press("Help", "help"),)
        )
    # What somebody has open is nobody's business in a channel.
    alone = ask.turn.conversation.place is Place.PERSONAL and not ask.person.is_guest
    drafts = await ask.deps.ledger.open_drafts(ask.person.id) if alone else ()
    if drafts:
        return _drafts(drafts)
    return Said(
        "Nothing to cancel",
        "No question is open, and a form that is not sent does nothing. To take access back, type revoke and an address.",
    )


def _drafts(drafts: Sequence[Build]) -> Said:
    """Descriptions of packages stay open until they are made or dropped; which to drop is asked."""
    presses: list[Press] = []
    for one in drafts[:_MOST]:
        called = f"“{one.draft.name[:60]}”" if one.draft.name else "the draft"
        presses += [
            Press(f"Drop {called}", "package.drop", {"build": one.id}),
            Press(f"Go on with {called}", "package.continue", {"build": one.id}),
        ]
    many = "one description" if len(drafts) == 1 else f"{len(drafts)} descriptions"
    text = f"You have {many} of an access package open. Nothing of it was written to Microsoft Entra."
    return Said("Drop the draft?", text, presses=tuple(presses))


COMMAND = Command(
    name="cancel",
    usage="cancel",
    summary="End an open question.",
    parse=parse,
    run=run,
    aliases=("stop", "quit", "abbrechen"),
    quick=True,
    open_in_channel=True,
    for_guests=True,
)
