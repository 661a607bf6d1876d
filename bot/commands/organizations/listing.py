"""`orgs`: the connected organizations."""

from __future__ import annotations

from bot.commands.command import Ask, Command, Value
from bot.domain.outcomes import OrganizationList, Outcome, Press
from bot.domain.roles import Act

USAGE = "orgs"


def parse(words: str, value: Value) -> str:
    """What the names shall contain, "" for all."""
    return "" if value else " ".join(words.strip().strip('"“”').split()).casefold()[:100]


async def run(wanted: str, ask: Ask) -> Outcome:
    """Read fresh from Entra, by name."""
    known = await ask.deps.catalogs.organizations()
    shown = [
        one
        for one in known
        if wanted in one.name.casefold() or any(wanted in source.domain.casefold() for source in one.sources)
    ]
    new = (Press("Connect an organization", "org add"),) if ask.may(Act.ORGANIZE) else ()
    presses = tuple(Press(one.name, "org", {"organization": one.id}) for one in shown[:5])
    return OrganizationList(tuple(shown), (*new, *presses))


COMMAND = Command(
    name="orgs",
    usage=USAGE,
    summary="The connected organizations: domains, configured or proposed, sponsors.",
    parse=parse,
    run=run,
    aliases=("org list", "organizations", "organisations", "partners"),
    act=Act.READ,
    group="orgs",
)
