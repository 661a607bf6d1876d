"""Find what somebody asks of the record, as far as they may see it, with names for the ids in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from bot.commands.building import which
from bot.commands.command import Ask
from bot.domain.audit import AuditEntry
from bot.domain.building.lookup import Wanted
from bot.domain.outcomes import Said
from bot.domain.record import About, Question, Search, since
from bot.domain.roles import Act

MOST_NAMES = 100
"""People whose names are looked up for one answer; the others stand there by id."""


@dataclass(frozen=True, slots=True)
class Found:
    """What to search for, and what it is called."""

    search: Search
    title: str
    note: str = ""


async def understood(wanted: Question, usage: str, ask: Ask) -> Found | Said:
    """What to search for, or the refusal, or what is asked back. Everybody may see what they did themselves."""
    span = f", last {wanted.days} days" if wanted.days != 1 else ", last day"
    span = span if wanted.days else ""
    from_then = since(wanted.days, ask.now)
    if wanted.about is About.ME:
        return Found(Search(actor=ask.person.id, since=from_then), f"What you did{span}")
    refused = await ask.refuse(Act.AUDIT)
    if refused:
        return refused
    within = await _within(ask)
    note = "" if within is None else "Only what concerns your catalogs, and what you did yourself."
    about: tuple[str, ...] = ()
    title = "What happened"
    if wanted.about is About.GUEST:
        about, title = (wanted.name,), wanted.name
    elif wanted.about is About.PACKAGE:
        package = await _package(wanted, usage, ask, everywhere=within is None)
        if isinstance(package, Said):
            return package
        about, title = package
    search = Search(about, since=from_then, within=within, actor_too=ask.person.id)
    return Found(search, f"{title}{span}", note)


async def _within(ask: Ask) -> frozenset[str] | None:
    """The catalogs, and the packages in them, to which this person's roles are limited; None for no limit."""
    if ask.may(Act.AUDIT, ""):
        return None
    packages = await ask.deps.directory.packages()
    catalogs = {one for one in ask.roles.catalogs if ask.may(Act.AUDIT, one)}
    return frozenset(catalogs | {one.id for one in packages if one.catalog.id in catalogs})


async def _package(wanted: Question, usage: str, ask: Ask, *, everywhere: bool) -> tuple[tuple[str, ...], str] | Said:
    """Ids and title of the package; one that was deleted through Usher is still known by its name."""
    name, data = wanted.name, {"days": str(wanted.days)}
    found = await which.package_of(name, ask, verb="audit", usage=usage, data=data)
    if not isinstance(found, Said):
        return (found.id,), found.name
    gone = await ask.deps.ledger.deleted_packages(name) if everywhere else ()
    return (gone, f"{name} (deleted)") if gone else found


async def names_of(entries: Iterable[AuditEntry], ask: Ask) -> dict[str, str]:
    """Id -> name of the people who acted and of the packages it was about, where they are still known."""
    some = tuple(entries)
    if not some:
        return {}
    actors = dict.fromkeys(one.actor for one in some if one.actor and one.actor != ask.person.id)
    packages, people = await asyncio.gather(ask.deps.directory.packages(), _people(tuple(actors)[:MOST_NAMES], ask))
    return {one.id: one.name for one in packages} | people | {ask.person.id: ask.person.name}


async def _people(ids: tuple[str, ...], ask: Ask) -> dict[str, str]:
    if not ids:
        return {}
    found = await ask.deps.governance.look_up(Wanted(subjects=ids))
    return {ref: many[0].subject.name for ref, many in found.subjects.items() if many}
