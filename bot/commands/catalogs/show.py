"""`catalog`: one catalog, its resources, its access packages, and who works in it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands import slips
from bot.commands.catalogs import which
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.naming import Which
from bot.domain.outcomes import Outcome, Press, Said
from bot.domain.roles import Act

USAGE = 'catalog "Partners"'
KEEP = "catalog.keep"
"""The answer “no” to a question about a catalog: the catalog takes the place of the question."""
_REDRAWN = (KEEP, which.MORE, which.LESS)


@dataclass(frozen=True, slots=True)
class Look:
    """The catalog, and whether its rarer buttons are wanted."""

    which: Which
    more: bool = False


def parse(words: str, value: Value) -> Look:
    """From words a name; from a card an id."""
    return Look(which.parse(words, value), text_of(value, "verb") == which.MORE)


async def run(wanted: Look, ask: Ask) -> Outcome:
    """Everything in it, with buttons for what the asker may do."""
    found = await which.find(wanted.which, ask, press=Press("", "catalog"), usage=USAGE)
    if isinstance(found, Said):
        return slips.second_word("catalog", wanted.which.name, ask) or found
    return await ask.refuse(Act.READ, found.id) or await which.details(found, ask, more=wanted.more)


COMMAND = Command(
    name="catalog",
    usage=USAGE,
    summary="One catalog: resources with their roles, access packages, who works in it.",
    parse=parse,
    run=run,
    aliases=("catalog show", "katalog"),
    verbs=_REDRAWN,
    act=Act.READ,
    redraws=_REDRAWN,
    group="catalogs",
)
