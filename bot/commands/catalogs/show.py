"""`catalog`: one catalog, its resources, its access packages, and who works in it."""

from __future__ import annotations

from bot.commands import slips
from bot.commands.catalogs import which
from bot.commands.command import Ask, Command
from bot.commands.naming import Which
from bot.domain.outcomes import Outcome, Press, Said
from bot.domain.roles import Act

USAGE = 'catalog "Partners"'
KEEP = "catalog.keep"
"""The answer “no” to a question about a catalog: the catalog takes the place of the question."""


async def run(wanted: Which, ask: Ask) -> Outcome:
    """Everything in it, with buttons for what the asker may do."""
    found = await which.find(wanted, ask, press=Press("", "catalog"), usage=USAGE)
    if isinstance(found, Said):
        return slips.second_word("catalog", wanted.name, ask) or found
    return await ask.refuse(Act.READ, found.id) or await which.details(found, ask)


COMMAND = Command(
    name="catalog",
    usage=USAGE,
    summary="One catalog: resources with their roles, access packages, who works in it.",
    parse=which.parse,
    run=run,
    aliases=("catalog show", "katalog"),
    verbs=(KEEP,),
    act=Act.READ,
    redraws=(KEEP,),
    group="catalogs",
)
