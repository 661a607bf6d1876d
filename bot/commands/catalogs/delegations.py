"""`delegations`: who works in a catalog, or may create catalogs, with the ways to give and take back roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.commands.catalogs import which
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.naming import Which
from bot.domain import clauses
from bot.domain.building.delegation import CatalogAssignment, role_in
from bot.domain.outcomes import Outcome, Press, Said, Tone
from bot.domain.packages import Catalog
from bot.domain.roles import Act, CatalogRole

USAGE = 'delegations "Partners"'
KEEP = "delegations.keep"
"""The answer “no” to a question about a role: who works there takes the place of the question."""
EVERYWHERE = Catalog("", "the whole tenant")
"""Where catalog creators are creators."""


@dataclass(frozen=True, slots=True)
class Place:
    """One catalog, or (`everywhere`) the tenant, where only creators of catalogs are named."""

    which: Which = field(default_factory=Which)
    everywhere: bool = False


def parse(words: str, value: Value) -> Place:
    """`"Partners"`, or `catalog-creators` for the tenant."""
    if value:
        return Place(which.parse("", value), text_of(value, "everywhere") == "yes")
    read = clauses.read(words, ("catalog",))
    role, _ = role_in(read.bare)
    if role is CatalogRole.CREATOR and not read.quoted:
        return Place(everywhere=True)
    return Place(Which((read.given.get("catalog") or read.name)[:256]))


async def run(place: Place, ask: Ask) -> Outcome:
    """Each role with those who hold it."""
    if place.everywhere:
        return await ask.refuse(Act.DELEGATE) or await shown(EVERYWHERE, ask)
    found = await which.find(place.which, ask, press=Press("", "delegations"), usage=USAGE)
    if isinstance(found, Said):
        return found
    return await ask.refuse(Act.READ, found.id) or await shown(found, ask)


async def shown(catalog: Catalog, ask: Ask, *, title: str = "", undo: Press | None = None) -> Said:
    """Who holds what; with buttons for whoever may give and take roles there."""
    held = await ask.deps.catalogs.catalog_assignments(catalog.id)
    act = Act.CHANGE_CATALOG if catalog.id else Act.DELEGATE
    others = [one for one in held if undo is None or not _is_undone(one, undo)]
    presses = _presses(catalog, others) if ask.may(act, catalog.id) else ()
    where = f"in “{catalog.name}”" if catalog.id else f"in {catalog.name}"
    text = "Identity Governance Administrators may do everything in every catalog, too."
    if not held:
        text = f"Nobody holds a catalog role there. {text}"
    return Said(
        title or f"Who works {where}" if catalog.id else title or "Who may create catalogs",
        text,
        Tone.GOOD if title else Tone.INFO,
        facts=tuple((role.value, ", ".join(map(name, who))) for role, who in _by_role(held)),
        presses=((undo,) if undo else ()) + presses,
    )


def name(assignment: CatalogAssignment) -> str:
    """What people read for whoever holds it."""
    return assignment.principal_name or assignment.principal_id


def one_of(role: CatalogRole) -> str:
    """The role as one of several, as it stands in a sentence: “an access package manager”."""
    return f"{'an' if role.value[0] in 'AEIOU' else 'a'} {role.value[0].lower()}{role.value[1:]}"


def everywhere(catalog: Catalog) -> dict[str, str]:
    """What a button carries to lead back to this place."""
    return {"catalog": catalog.id} if catalog.id else {"everywhere": "yes"}


def _by_role(held: Sequence[CatalogAssignment]) -> list[tuple[CatalogRole, list[CatalogAssignment]]]:
    listed = [(role, [one for one in held if one.role is role]) for role in CatalogRole]
    return [(role, who) for role, who in listed if who]


def _presses(catalog: Catalog, held: Sequence[CatalogAssignment]) -> tuple[Press, ...]:
    place = everywhere(catalog)
    people = [one.principal_id for one in held]
    back = [
        Press(_taking_back(one, people.count(one.principal_id)), "undelegate", {**place, "assignment": one.id})
        for one in held[:4]
    ]
    return (Press("Give a role", "delegate", place), *back)


def _taking_back(one: CatalogAssignment, roles: int) -> str:
    """Short enough for a narrow chat: the role is said only of people who hold several."""
    return f"Take back: {name(one)}" if roles == 1 else f"Take back {short(one.role)}: {name(one)}"


def _is_undone(one: CatalogAssignment, undo: Press) -> bool:
    """Whether the button that undoes takes this very role back: it needs no second button."""
    return (undo.data.get("person"), undo.data.get("role")) == (one.principal_id, one.role.value)


def short(role: CatalogRole) -> str:
    """Of one or two words, as they can be typed."""
    return (
        "package manager"
        if role is CatalogRole.PACKAGE_MANAGER
        else role.value.split(" ", 1)[1].removeprefix("package ")
    )


COMMAND = Command(
    name="delegations",
    usage=USAGE,
    summary="Who works in a catalog (“delegations catalog-creators”: who may create catalogs).",
    parse=parse,
    run=run,
    aliases=("delegation", "catalog roles", "catalog people"),
    verbs=(KEEP,),
    act=Act.READ,
    redraws=(KEEP,),
    group="catalogs",
)
