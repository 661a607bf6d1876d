"""`packages`: the tenant's access packages, their state for guests, and their request links."""

from __future__ import annotations

from bot.commands.command import Ask, Command, Value
from bot.domain.outcomes import Outcome, PackageList, Press, Said, Style, Tone
from bot.domain.roles import Act

USAGE = "packages"


def parse(words: str, value: Value) -> str:
    """What the names shall contain, "" for all."""
    return "" if value else words.strip().strip('"“”').casefold()[:100]


async def run(wanted: str, ask: Ask) -> Outcome:
    """Read fresh from Entra, by name; a catalog role opens its own catalog only."""
    packages = [one for one in await ask.deps.directory.packages() if ask.may(Act.READ, one.catalog.id)]
    tenant = await ask.deps.directory.tenant()
    shown = sorted((one for one in packages if wanted in one.name.casefold()), key=lambda one: one.name.casefold())
    if wanted and not shown:
        everything = Press("Show access packages", "packages")
        return Said(
            f"There is no access package “{wanted}”",
            "Type packages to see them all.",
            Tone.WARNING,
            presses=(everything,),
        )
    links = {one.id: ask.deps.links.request(tenant.domain, one.id) for one in shown}
    new = Press("New package", "package new", style=Style.PRIMARY)
    presses = (new,) if not shown and ask.may(Act.BUILD) else ()
    return PackageList(tuple(shown), links, ask.may(Act.INVITE), presses)


COMMAND = Command(
    name="packages",
    usage=USAGE,
    summary="The access packages here, who can request them, and their links.",
    parse=parse,
    run=run,
    aliases=("package-list", "pakete"),
    act=Act.READ,
    open_in_channel=True,
)
