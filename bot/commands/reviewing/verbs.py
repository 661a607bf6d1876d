"""The commands about access reviews, in the order in which help shows them."""

from __future__ import annotations

from bot.commands.command import Command
from bot.commands.reviewing import decide, listing, result, running, several, start

COMMANDS: tuple[Command, ...] = (
    start.COMMAND,
    listing.COMMAND,
    decide.COMMAND,
    several.COMMAND,
    running.COMMAND,
    result.COMMAND,
)
