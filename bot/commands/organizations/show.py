"""`org`: one connected organization, its sponsors, and the access packages that name it."""

from __future__ import annotations

from bot.commands import slips
from bot.commands.command import Ask, Command
from bot.commands.naming import Which
from bot.commands.organizations import which
from bot.domain.outcomes import Outcome, Press, Said
from bot.domain.roles import Act

USAGE = 'org "Fabrikam"'
KEEP = "org.keep"
"""The answer “no” to a question about an organization: the organization takes the place of the question."""


async def run(wanted: Which, ask: Ask) -> Outcome:
    """Everything about it, with buttons for what the asker may do."""
    found = await which.find(wanted, ask, press=Press("", "org"), usage=USAGE)
    if isinstance(found, Said):
        return slips.second_word("org", wanted.name, ask) or found
    return await which.details(found, ask)


COMMAND = Command(
    name="org",
    usage=USAGE,
    summary="One connected organization: sponsors, and the access packages that name it.",
    parse=which.parse,
    run=run,
    aliases=("org show", "organization", "organisation"),
    verbs=(KEEP,),
    act=Act.READ,
    redraws=(KEEP,),
    group="orgs",
)
