"""`approvals`: what waits for the asker's decision."""

from __future__ import annotations

from bot.commands.approving import showing, waiting
from bot.commands.command import Ask, Command, Value
from bot.domain.outcomes import ApprovalList, Outcome

USAGE = "approvals"


def parse(words: str, value: Value) -> None:
    """Nothing to say beside the name."""


async def run(wanted: None, ask: Ask) -> Outcome:
    """A line for each, with the time left; a button opens its card."""
    cases = await waiting.mine(ask)
    return ApprovalList(
        cases,
        ask.now,
        await showing.link(ask.deps),
        can_decide=ask.deps.themselves.configured,
        time_zone=ask.turn.caller.time_zone,
    )


COMMAND = Command(
    name="approvals",
    usage=USAGE,
    summary="What waits for your approval, and until when.",
    parse=parse,
    run=run,
    aliases=("approval", "pending approvals", "my approvals", "genehmigungen"),
    for_guests=True,
)
