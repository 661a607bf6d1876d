"""`apps`: where a guest opens their applications."""

from __future__ import annotations

from bot.commands import mine
from bot.commands.command import Ask, Command, Value
from bot.domain.outcomes import Outcome, Press, Said


def parse(words: str, value: Value) -> None:
    """Nothing to read."""


async def run(wanted: None, ask: Ask) -> Outcome:
    """The guest's own card; for everybody else the address of My Apps."""
    if ask.person.is_guest:
        return await mine.mine(ask)
    tenant = await ask.deps.directory.tenant()
    press = Press("Open My Apps", url=ask.deps.links.apps(tenant.id))
    return Said("My Apps", "The applications you can open in this organisation.", presses=(press,))


COMMAND = Command(
    name="apps",
    usage="apps",
    summary="Where your applications are.",
    parse=parse,
    run=run,
    aliases=("myapps", "applications"),
    for_guests=True,
)
