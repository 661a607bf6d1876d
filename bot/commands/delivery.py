"""`delivery`: every try to reach a guest, with time and outcome."""

from __future__ import annotations

from bot.commands import subject
from bot.commands.command import Ask, Command
from bot.commands.subject import Subject
from bot.domain.outcomes import DeliveryLog, Outcome, Press, Said
from bot.domain.roles import Act

USAGE = "delivery ana@fabrikam.com"


async def run(wanted: Subject, ask: Ask) -> Outcome:
    """The receipts, newest first."""
    address = await subject.address_of(wanted, USAGE, ask)
    if isinstance(address, Said):
        return address
    receipts = await ask.deps.ledger.receipts(address)
    invited = await ask.deps.ledger.invites(address=address)
    presses = (Press("Resend", "resend", {"address": address}),) if invited else ()
    return DeliveryLog(address, tuple(reversed(receipts)), ask.turn.caller.time_zone, presses)


COMMAND = Command(
    name="delivery",
    usage=USAGE,
    summary="Every try to reach a guest, with time and outcome.",
    parse=subject.parse,
    run=run,
    aliases=("deliveries", "receipts"),
    act=Act.READ,
)
