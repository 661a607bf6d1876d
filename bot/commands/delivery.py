"""`delivery`: every try to reach a guest, with time and outcome."""

from __future__ import annotations

from dataclasses import replace

from bot.commands import subject
from bot.commands.command import Ask, Command
from bot.commands.subject import Subject
from bot.domain.outcomes import DeliveryLog, Outcome, Press
from bot.domain.roles import Act

USAGE = "delivery ana@fabrikam.com"


async def run(wanted: Subject, ask: Ask) -> Outcome:
    """The receipts, newest first."""
    answer = subject.missing(wanted, USAGE)
    if answer:
        return answer
    if not wanted.address:
        invites = await subject.invites_of(wanted, ask)
        if not invites:
            return subject.nobody("")
        wanted = replace(wanted, address=invites[0].wish.address)
    receipts = await ask.deps.ledger.receipts(wanted.address)
    invited = await ask.deps.ledger.invites(address=wanted.address)
    presses = (Press("Resend", "resend", {"address": wanted.address}),) if invited else ()
    return DeliveryLog(wanted.address, tuple(reversed(receipts)), ask.turn.caller.time_zone, presses)


COMMAND = Command(
    name="delivery",
    usage=USAGE,
    summary="Every try to reach a guest, with time and outcome.",
    parse=subject.parse,
    run=run,
    aliases=("deliveries", "receipts"),
    act=Act.READ,
)
