"""Read all that a decision needs in one round trip: the caller, their roles, the tenant's rules, who is who."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from bot.domain.packages import AccessPackage
from bot.domain.people import Person
from bot.domain.roles import Roles
from bot.errors import Forbidden, NotLicensed
from bot.graph import packages, roles
from bot.graph.batch import MOST, Answers, Ask, send
from bot.graph.client import Graph
from bot.graph.people import FIELDS, ask_person, asks_for, found_in, is_object_id, leading_to, person_of
from bot.graph.tenant import RULES, ask_invites_from, invites_from_in
from bot.ports import Survey

Group = list[Ask]


async def survey(graph: Graph, caller_id: str, addresses: Sequence[str] = (), sponsors: Sequence[str] = ()) -> Survey:
    """Everything in one `$batch`; more batches side by side only when there are more than twenty requests."""
    known = is_object_id(caller_id)
    groups: list[Group] = [roles.asks(caller_id) if known else []]
    groups += [[ask_invites_from()], [packages.ask("packages")]]
    groups += [list(asks_for(f"address {address}", address)) for address in dict.fromkeys(addresses)]
    groups += [[_ask_sponsor(sponsor)] for sponsor in dict.fromkeys(sponsors)]
    answers = await _all(graph, groups)
    opened = invites_from_in(answers[RULES])
    caller, held = await roles.read(graph.wire, answers["caller"], opened) if known else (None, Roles())
    found, licensed = await _packages(graph, answers["packages"])
    return Survey(
        caller=caller,
        roles=held,
        invites_from=opened,
        packages=found,
        people={one: found_in(answers[f"address {one}"], f"address {one}") for one in addresses},
        sponsors=_sponsors(answers, sponsors),
        licensed=licensed,
    )


async def _all(graph: Graph, groups: Sequence[Group]) -> dict[str, Answers]:
    """Ask name -> the batch that answered it."""
    batches = list(_packed(groups))
    answered = await asyncio.gather(*(send(graph.wire, batch) for batch in batches))
    return {ask.id: answers for batch, answers in zip(batches, answered, strict=True) for ask in batch}


def _packed(groups: Sequence[Group]) -> Iterator[Group]:
    """Groups put together into batches of at most twenty; asks that belong together stay together."""
    batch: Group = []
    for group in groups:
        if len(batch) + len(group) > MOST:
            yield batch
            batch = []
        batch = batch + group
    yield batch


async def _packages(graph: Graph, answers: Answers) -> tuple[tuple[AccessPackage, ...], bool | None]:
    """The packages, and whether the tenant may have any; None when the answer does not tell."""
    try:
        return packages.packages_of(await graph.wire.rest(answers["packages"])), True
    except NotLicensed:
        return (), False
    except Forbidden:
        return (), None


def _ask_sponsor(sponsor: str) -> Ask:
    name = f"sponsor {sponsor}"
    if is_object_id(sponsor):
        return ask_person(name, sponsor)
    return Ask(name, "/users", {"$filter": leading_to(sponsor), "$select": FIELDS})


def _sponsors(answers: dict[str, Answers], sponsors: Sequence[str]) -> dict[str, Person]:
    """Sponsor as asked for -> the first user it leads to; those it does not lead to are left out."""
    found: dict[str, Person] = {}
    for sponsor in sponsors:
        body = answers[f"sponsor {sponsor}"].maybe(f"sponsor {sponsor}") or {}
        rows = body.get("value", [body] if body else [])
        if rows:
            found[sponsor] = person_of(rows[0])
    return found
