"""Who answers for guests: the sponsors of users, and the managers of sponsors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.domain.people import Person
from bot.domain.sponsors import MOST_OF_GROUP, Sponsor, Sponsored
from bot.errors import AlreadyThere, Conflict, Forbidden, NotFound
from bot.graph.batch import Answers, Ask, send_all
from bot.graph.client import Graph
from bot.graph.faults import explained
from bot.graph.people import FIELDS, IN_FILTER, PAGE, is_object_id, person_of
from bot.graph.wire import Json, Query, literal, path

WITH_SPONSORS = "sponsors($select=id,displayName,mail,userPrincipalName,accountEnabled)"
GROUP, USER = "#microsoft.graph.group", "#microsoft.graph.user"


class EntraSponsors:
    """`bot.ports.Sponsors` on one tenant; every method's claims stand at the port."""

    def __init__(self, graph: Graph, *, page: int = PAGE) -> None:
        """`page`: how many guests a round trip reads where all are read."""
        self._graph = graph
        self._page = page

    async def of(self, guest_ids: Sequence[str]) -> Mapping[str, tuple[Sponsor, ...]]:
        """https://learn.microsoft.com/graph/api/user-list-sponsors"""
        rows = await self._by_id(guest_ids, {"$select": "id", "$expand": WITH_SPONSORS})
        found = {str(row["id"]).casefold(): _sponsors(row) for row in rows}
        return {one: found.get(one.casefold(), ()) for one in guest_ids}

    async def sponsored(self) -> AsyncIterator[tuple[Sponsored, ...]]:
        """https://learn.microsoft.com/graph/api/user-list"""
        query: Query = {
            "$filter": "userType eq 'Guest'",
            "$select": FIELDS,
            "$expand": WITH_SPONSORS,
            "$top": self._page,
        }
        async for rows in self._graph.wire.pages("/users", query):
            yield tuple(Sponsored(person_of(row), _sponsors(row)) for row in rows)

    async def guests_of(self, sponsor_id: str) -> tuple[Person, ...]:
        """https://learn.microsoft.com/graph/api/user-list-sponsorof has no row for applications."""
        ours = [one.guest async for page in self.sponsored() for one in page if sponsor_id in one.ids]
        return tuple(sorted(ours, key=lambda one: (one.name.casefold(), one.id)))

    async def members_of(self, group_ids: Sequence[str]) -> Mapping[str, tuple[Sponsor, ...]]:
        """https://learn.microsoft.com/graph/api/group-list-transitivemembers"""
        ids = [one for one in dict.fromkeys(group_ids) if is_object_id(one)]
        query: Query = {"$select": FIELDS, "$top": PAGE}
        asks = [Ask(one, path("/groups/{}/transitiveMembers", one), query) for one in ids]
        answers = await send_all(self._graph.wire, asks) if asks else None
        return {one: _members(answers, one) if answers and one in answers else () for one in group_ids}

    async def give(self, guest_id: str, sponsor_id: str) -> None:
        """https://learn.microsoft.com/graph/api/user-post-sponsors"""
        from msgraph.generated.models.reference_create import ReferenceCreate

        # The reference must name the cloud's own host.
        reference = ReferenceCreate(odata_id=self._graph.url + path("/v1.0/users/{}", sponsor_id))
        try:
            with explained(writing=True):
                await self._graph.sdk.users.by_user_id(guest_id).sponsors.ref.post(reference)
        except (AlreadyThere, Conflict):
            return

    async def take(self, guest_id: str, sponsor_id: str) -> None:
        """https://learn.microsoft.com/graph/api/user-delete-sponsors"""
        try:
            await self._graph.wire.delete(path("/users/{}/sponsors/{}/$ref", guest_id, sponsor_id))
        except NotFound:
            return

    async def managers_of(self, person_ids: Sequence[str]) -> Mapping[str, tuple[Person, str]]:
        """https://learn.microsoft.com/graph/api/user-list-manager"""
        rows = await self._by_id(person_ids, {"$select": FIELDS, "$expand": "manager($select=id)"})
        return {str(row["id"]): (person_of(row), str((row.get("manager") or {}).get("id") or "")) for row in rows}

    async def manager_of(self, person_id: str) -> Person | None:
        """https://learn.microsoft.com/graph/api/user-list-manager"""
        if not is_object_id(person_id):
            return None
        try:
            return person_of(await self._graph.wire.get(path("/users/{}/manager", person_id), {"$select": FIELDS}))
        except NotFound:
            return None

    async def _by_id(self, ids: Sequence[str], query: Query) -> list[Json]:
        wanted = [one for one in dict.fromkeys(ids) if is_object_id(one)]
        parts = [wanted[start : start + IN_FILTER] for start in range(0, len(wanted), IN_FILTER)]
        asks = [_among(number, part, query) for number, part in enumerate(parts)]
        if not asks:
            return []
        answers = await send_all(self._graph.wire, asks)
        return [row for ask in asks for row in await self._graph.wire.rest(answers[ask.id])]


def _members(answers: Answers, group_id: str) -> tuple[Sponsor, ...]:
    try:
        rows = answers[group_id].get("value", [])
    except (Forbidden, NotFound):
        return ()
    people = [person_of(row) for row in rows if row.get("@odata.type") == USER]
    able = (one for one in people if one.enabled and not one.is_guest)
    named = sorted(able, key=lambda one: (one.name.casefold(), one.id))
    return tuple(Sponsor(one.id, one.name, one.address or one.upn) for one in named[:MOST_OF_GROUP])


def _among(number: int, ids: Sequence[str], query: Query) -> Ask:
    named = ",".join(literal(one) for one in ids)
    return Ask(f"users {number}", "/users", {"$filter": f"id in ({named})", "$top": IN_FILTER, **query})


def _sponsors(row: Json) -> tuple[Sponsor, ...]:
    return tuple(_sponsor(one) for one in row.get("sponsors") or [])


def _sponsor(row: Json) -> Sponsor:
    address = str(row.get("mail") or row.get("userPrincipalName") or "")
    return Sponsor(
        id=str(row["id"]),
        name=str(row.get("displayName") or address or row["id"]),
        address=address,
        is_group=row.get("@odata.type") == GROUP,
        enabled=row.get("accountEnabled") is not False,
    )


if TYPE_CHECKING:
    from bot.ports.sponsors import Sponsors

    _keeps_the_port: type[Sponsors] = EntraSponsors
