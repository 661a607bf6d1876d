"""`catalog add`: put an application, a group or team, or a site into a catalog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.catalogs import which
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.naming import Which
from bot.domain import clauses
from bot.domain.building.delegation import may_onboard
from bot.domain.building.lookup import Wanted
from bot.domain.building.resources import ONBOARDING, Resource, ResourceCandidate, System
from bot.domain.outcomes import Choice, Field, FieldKind, Form, Outcome, Press, Said, Tone
from bot.domain.packages import Catalog
from bot.domain.roles import Act
from bot.errors import Rejected

USAGE = 'catalog add "Partners" group:"Project Phoenix"'
_KINDS = {"app": System.APPLICATION, "application": System.APPLICATION, "group": System.GROUP, "team": System.GROUP}
_KINDS |= {"site": System.SITE}
_WORDS = {System.APPLICATION: "application", System.GROUP: "group or team", System.SITE: "site"}
_ADD = "catalog.add"
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Adding:
    """The catalog, and a resource by kind and name, id or URL. `sent`: from the form."""

    which: Which
    system: System | None = None
    resource: str = ""
    sent: bool = False


def parse(words: str, value: Value) -> Adding:
    """`"Partners" group:"Project Phoenix"`, or the form."""
    if value:
        system = _KINDS.get(text_of(value, "system"))
        return Adding(which.parse("", value), system, text_of(value, "resource"), text_of(value, "verb") == _ADD)
    read = clauses.read(words, (*_KINDS, "catalog"))
    given = next(((kind, name) for kind, name in read.given.items() if kind in _KINDS), None)
    catalog = Which((read.given.get("catalog") or read.name)[:256])
    return Adding(catalog, _KINDS[given[0]], given[1][:400]) if given else Adding(catalog)


async def run(wanted: Adding, ask: Ask) -> Outcome:
    """The catalog with the resource on its way into it; or which one is meant; or why it cannot be."""
    again = {"system": _name(wanted.system), "resource": wanted.resource} if wanted.system else {}
    verb = _ADD if wanted.system else "catalog add"
    catalog = await which.find(wanted.which, ask, press=Press("", verb, again), usage=USAGE)
    if isinstance(catalog, Said):
        return catalog
    refused = await ask.refuse(Act.CHANGE_CATALOG, catalog.id)
    if refused:
        return refused
    if wanted.system is None or not wanted.resource:
        return _form(catalog, wanted)
    found = await _candidates(wanted.system, wanted.resource, catalog, ask)
    if len(found) != 1:
        return await _choose(wanted.system, wanted.resource, catalog, found, ask)
    return _unfit(found[0]) or await _add(found[0], catalog, ask)


async def _candidates(system: System, reference: str, catalog: Catalog, ask: Ask) -> tuple[ResourceCandidate, ...]:
    found = await ask.deps.governance.look_up(Wanted(catalog.id, ((system, reference),)))
    return tuple(found.resources.get((system, reference), ()))


async def _choose(
    system: System, reference: str, catalog: Catalog, found: Sequence[ResourceCandidate], ask: Ask
) -> Said:
    """Several fit, or something begins alike."""
    title, text = f"Which {_WORDS[system]} is “{reference[:80]}”?", "Several fit; choose one."
    if not found:
        found = await _candidates(system, reference[:_NEAR], catalog, ask) if len(reference) > _NEAR else ()
        text = "Did you mean one of these?" if found else f"No {_WORDS[system]} has a name like this."
    presses = tuple(
        Press(
            one.resource.name,
            _ADD,
            {"catalog": catalog.id, "system": _name(system), "resource": one.resource.origin_id},
        )
        for one in found[:5]
    )
    points = tuple(f"{one.resource.name}: {one.resource.origin_id}" for one in found[:5])
    return Said(title, text, Tone.WARNING, points=points, presses=(*presses, Press("Cancel", "cancel")))


def _unfit(one: ResourceCandidate) -> Said | None:
    """What Entra does not take: https://learn.microsoft.com/entra/id-governance/entitlement-management-catalog-create"""
    if one.is_synced:
        why = "It is kept on premises; Entra cannot change who is in it. Nothing was changed."
    elif one.is_dynamic:
        why = "A rule decides who is in it, so nobody can be put into it. Nothing was changed."
    else:
        return None
    return Said(f"“{one.resource.name}” cannot be given", why, Tone.BAD)


async def _add(one: ResourceCandidate, catalog: Catalog, ask: Ask) -> Outcome:
    """Whoever holds no directory role for it may add only what they own, as in the portal."""
    resource = one.resource
    if resource.catalog_resource_id:
        return await which.details(catalog, ask, said=f"{resource.name} is in it already; nothing was changed.")
    detail = f"{_name(resource.system)} {resource.name} ({resource.origin_id})"
    if not may_onboard(one, ask.roles, ask.person.id):
        await ask.record("add resource", catalog.id, result="refused", detail=detail)
        text = (
            "An owner of a catalog adds only what they own themselves. Ask an owner of it who also owns this catalog, "
            "or an Identity Governance Administrator. Nothing was changed."
        )
        return Said(f"You do not own “{resource.name}”", text, Tone.BAD)
    try:
        async with ask.doing("add resource", catalog.id, detail=detail):
            await ask.deps.governance.add_resource(catalog.id, resource.system, resource.origin_id)
    except Rejected as error:
        return _rejected(resource, error)
    undo = Press("Take it out", "catalog remove", {"catalog": catalog.id, "resource": resource.origin_id})
    said = f"{resource.name} was added; Entra shows it within a minute."
    return await which.details(catalog, ask, undo=undo, said=said)


def _rejected(resource: Resource, error: Rejected) -> Said:
    text = error.explanation
    if error.code == "CallerNotResourceOwner":
        text = (
            f"Usher's application lacks the permission {ONBOARDING[resource.system]}. Grant it (`python app.py check` "
            "says how), or let somebody who owns it add it in the portal. Nothing was changed."
        )
    return Said(f"“{resource.name}” was not added", text, Tone.BAD, facts=(("Code", error.code),))


def _form(catalog: Catalog, wanted: Adding) -> Form:
    kinds = (Choice("Application", "app"), Choice("Group or team", "group"), Choice("SharePoint site", "site"))
    missing = "Type its name."
    return Form(
        title=f"Add a resource to “{catalog.name}”",
        fields=(
            Field("system", "Kind", _name(wanted.system) or "group", FieldKind.BUTTONS, kinds),
            Field(
                "resource",
                "Name, object id, or a site's address",
                wanted.resource,
                placeholder="Project Phoenix",
                required=missing,
            ),
        ),
        verb=_ADD,
        submit="Add",
        sentence=f'catalog add "{catalog.name}" group:"Project Phoenix"',
        data={"catalog": catalog.id},
        problems={"resource": missing} if wanted.sent and not wanted.resource else {},
    )


def _name(system: System | None) -> str:
    return next((name for name, one in _KINDS.items() if one is system), "")


COMMAND = Command(
    name="catalog add",
    usage=USAGE,
    summary="Put an application (app:), a group or team (group:) or a site (site:) into a catalog.",
    parse=parse,
    run=run,
    verbs=(_ADD,),
    act=Act.CHANGE_CATALOG,
    replaces=True,
    group="catalogs",
)
