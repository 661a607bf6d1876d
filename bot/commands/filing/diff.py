"""`package diff`: a file of access packages beside the tenant, without changing either."""

from __future__ import annotations

from bot.commands.command import Ask, Command
from bot.commands.filing.planning import plan
from bot.commands.filing.showing import comparing
from bot.commands.filing.source import parse, source
from bot.domain.outcomes import Outcome, Said
from bot.domain.roles import Act

USAGE = "package diff (with a file, or its text behind these words)"


async def run(text: str, ask: Ask) -> Outcome:
    """What is only in the file, what differs, and what is only in the tenant."""
    found = await source(text, ask, command="package diff")
    if isinstance(found, Said):
        return found
    return comparing(await plan(found, ask), ask)


COMMAND = Command(
    name="package diff",
    usage=USAGE,
    summary="Compare a file of access packages with the tenant.",
    parse=parse,
    run=run,
    aliases=("packages diff", "package compare"),
    group="package",
    act=Act.READ,
    open_in_channel=True,
    verbatim=True,
)
