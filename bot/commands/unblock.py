"""`unblock`: let a blocked guest sign in again."""

from __future__ import annotations

from bot.commands import account
from bot.commands.account import Account
from bot.commands.command import Ask, Command
from bot.commands.stale import resting
from bot.domain.guest_runs import RunKind
from bot.domain.outcomes import Outcome, Said
from bot.domain.roles import Act

USAGE = "unblock dan@northwindtraders.com"


async def run(wanted: Account, ask: Ask) -> Outcome:
    """Sign-in is allowed; it being allowed already is fine."""
    person = await account.person_of(wanted, USAGE, ask, meant=lambda one: not (one.is_deleted or one.enabled))
    if isinstance(person, Said):
        return person
    due = not person.enabled or await account.begun("unblock", person, ask)
    if not due and not wanted.then:
        return account.nothing(person, f"{person.name} can sign in already.")
    if due:
        async with ask.doing("unblock", person.address):
            await ask.deps.directory.set_enabled(person.id, True)
        who = {"by_id": ask.person.id, "by_name": ask.person.name, "key": ask.turn.key}
        await resting.note(person, RunKind.UNBLOCK, ask.deps, **who)
    return await account.go_on(wanted, person, f"{person.name} can sign in again.", ask)


COMMAND = Command(
    name="unblock",
    usage=USAGE,
    summary="Let a blocked guest sign in again.",
    parse=account.parse,
    run=run,
    aliases=("enable",),
    act=Act.MANAGE_ACCOUNT,
    replaces=True,
)
