"""`catalogs`: the catalogs the asker may see, with their state."""

from __future__ import annotations

from bot.commands.command import Ask, Command, Value
from bot.domain.outcomes import CatalogEntry, CatalogList, Outcome, Press
from bot.domain.roles import Act

USAGE = "catalogs"
_MOST_COUNTED = 15


def parse(words: str, value: Value) -> str:
    """What the names shall contain, "" for all."""
    return "" if value else " ".join(words.strip().strip('"“”').split()).casefold()[:100]


async def run(wanted: str, ask: Ask) -> Outcome:
    """Read fresh from Entra, by name; a catalog role opens its own catalog only."""
    may_create = ask.may(Act.ADD_CATALOG)
    if not may_create:
        refused = await ask.refuse(Act.READ)
        if refused:
            return refused
    catalogs = await ask.deps.catalogs.catalogs()
    seen = [one for one in catalogs if ask.may(Act.READ, one.id) and wanted in one.name.casefold()]
    packages = await ask.deps.directory.packages()
    counts = await ask.deps.catalogs.resource_counts([one.id for one in seen[:_MOST_COUNTED]])
    entries = [
        CatalogEntry(one, sum(each.catalog.id == one.id for each in packages), counts.get(one.id)) for one in seen
    ]
    shown = tuple(Press(one.name, "catalog", {"catalog": one.id}) for one in seen[: 4 if may_create else 5])
    new = (Press("New catalog", "catalog new"),) if may_create else ()
    return CatalogList(tuple(entries), (*new, *shown))


COMMAND = Command(
    name="catalogs",
    usage=USAGE,
    summary="The catalogs here: published or not, visible outside or not, and how much is in them.",
    parse=parse,
    run=run,
    aliases=("catalog list", "kataloge"),
    group="catalogs",
)
