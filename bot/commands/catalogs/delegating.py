"""What `delegate` and `undelegate` share: which role, in which catalog, of whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.commands.catalogs import which
from bot.commands.catalogs.delegations import EVERYWHERE
from bot.commands.command import Ask, Value, text_of
from bot.commands.naming import Which
from bot.domain import clauses
from bot.domain.building.delegation import role_called, role_in
from bot.domain.outcomes import Press, Said
from bot.domain.packages import Catalog
from bot.domain.roles import Act, CatalogRole

_FILLERS = frozenset("catalog to as for in the of from role is a an".split())


@dataclass(frozen=True, slots=True)
class Delegation:
    """`role` None where none was named. `person`: an address or object id. `assignment`: an id from a card.

    `notes` say what was not understood: then nothing is done before somebody looked.
    """

    which: Which = field(default_factory=Which)
    role: CatalogRole | None = None
    person: str = ""
    everywhere: bool = False
    assignment: str = ""
    sent: bool = False
    notes: tuple[str, ...] = ()


def parse(words: str, value: Value) -> Delegation:
    """`catalog "Partners" owner adele@contoso.com`, in any order; from a card the same by name."""
    if value:
        role = role_called(text_of(value, "role"))
        everywhere = role is CatalogRole.CREATOR or text_of(value, "everywhere") == "yes"
        return Delegation(
            which.parse("", value),
            role if not everywhere or role is CatalogRole.CREATOR else None,
            text_of(value, "person"),
            everywhere,
            text_of(value, "assignment"),
            "role" in value or "person" in value,
        )
    return _from_words(words)


def _from_words(words: str) -> Delegation:
    read = clauses.read(words, ("catalog", "role", "person"))
    people = [word.strip("<>.,;") for word in (*read.bare, *read.quoted) if "@" in word]
    named = [word for word in read.quoted if "@" not in word]
    role, rest = role_in((read.given["role"],)) if "role" in read.given else (None, ())
    if role is None:
        role, rest = role_in([word for word in read.bare if "@" not in word])
    bare = [word for word in rest if word.casefold() not in _FILLERS]
    everywhere = role is CatalogRole.CREATOR
    catalog = read.given.get("catalog") or ("" if everywhere else named.pop(0) if named else "")
    if not catalog and not everywhere:
        catalog, bare = " ".join(bare), []
    # Whoever names nobody by address may name them in quotes, after the catalog.
    people = [*([read.given["person"]] if "person" in read.given else []), *people, *named]
    notes = [f"I did not understand “{word[:60]}”." for word in bare[:3]]
    if everywhere and catalog:
        notes.append(f"Whoever creates catalogs does so in the whole tenant, not in “{catalog[:60]}”.")
    if len(people) > 1:
        notes.append(f"One person at a time, please: I read {' and '.join(one[:60] for one in people[:3])}.")
    person = people[0][:320] if people else ""
    return Delegation(Which(catalog[:256]), role, person, everywhere, sent=bool(words), notes=tuple(notes))


async def place(wanted: Delegation, ask: Ask, *, verb: str, usage: str) -> Catalog | Said:
    """The catalog (or the tenant) where it shall hold, once the asker may say so."""
    if wanted.everywhere:
        return await ask.refuse(Act.DELEGATE) or EVERYWHERE
    if not ask.may(Act.CHANGE_CATALOG):
        return await ask.refuse(Act.CHANGE_CATALOG) or EVERYWHERE
    data = {"role": wanted.role.value if wanted.role else "", "person": wanted.person}
    given = {name: text for name, text in data.items() if text}
    found = await which.find(wanted.which, ask, press=Press("", verb, given), usage=usage)
    if isinstance(found, Said):
        return found
    return await ask.refuse(Act.CHANGE_CATALOG, found.id) or found
