"""`cancel`: end a question that is open; what is under way already stays."""

from __future__ import annotations

from bot.commands.command import Ask, Command, Value
from bot.domain.outcomes import Outcome, Press, Said


def parse(words: str, value: Value) -> None:
    """Nothing to read."""


async def run(wanted: None, ask: Ask) -> Outcome:
    """A form's own button ends that form; the word gets here only when no question was open."""
    if ask.turn.value:
        return Said("Cancelled", "Nothing was done.", presses=(Press("Help", "help"),))
    return Said(
        "Nothing to cancel",
        "No question is open, and a form that is not sent does nothing. To take access back, type revoke and an address.",
    )


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
