"""`restore`: bring a deleted guest back."""

from __future__ import annotations

from bot.commands import account
from bot.commands.account import Account
from bot.commands.command import Ask, Command
from bot.commands.stale import resting
from bot.domain.guest_runs import RunKind
from bot.domain.outcomes import Outcome, Said
from bot.domain.roles import Act

USAGE = "restore eva@adatum.com"


async def run(wanted: Account, ask: Ask) -> Outcome:
    """The account is back with its groups; already there is fine."""
    person = await account.person_of(wanted, USAGE, ask, meant=lambda one: one.is_deleted)
    if isinstance(person, Said):
        return person
    due = person.is_deleted or await account.begun("restore", person, ask)
    if not due and not wanted.then:
        return account.nothing(person, f"{person.name}'s account is not deleted.")
    if due:
        async with ask.doing("restore", person.address):
            await ask.deps.directory.restore(person.id)
        who = {"by_id": ask.person.id, "by_name": ask.person.name, "key": ask.turn.key}
        await resting.note(person, RunKind.RESTORE, ask.deps, **who)
    return await account.go_on(wanted, person, f"{person.name}'s account is back.", ask)


COMMAND = Command(
    name="restore",
    usage=USAGE,
    summary="Bring back a guest deleted in the last 30 days.",
    parse=account.parse,
    run=run,
    aliases=("undelete",),
    act=Act.MANAGE_ACCOUNT,
    replaces=True,
)
