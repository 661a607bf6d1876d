"""Who signed in when, as Entra tells it, and who holds a directory role."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.domain.dormancy import Seen, SignIn, Sleeper
from bot.errors import Forbidden, NotLicensed, Rejected
from bot.graph.batch import Answers, Ask, send_all
from bot.graph.client import Graph
from bot.graph.people import FIELDS, PAGE, is_object_id, person_of
from bot.graph.times import NEVER, moment
from bot.graph.wire import Json, Query, path

ACTIVITY_PAGE = 120
_KINDS = ("lastSignInDateTime", "lastNonInteractiveSignInDateTime", "lastSuccessfulSignInDateTime")


class EntraSignIns:
    """`bot.ports.SignIns` on one tenant; every method's claims stand at the port."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    async def unreadable(self) -> str:
        """https://learn.microsoft.com/graph/api/resources/signinactivity"""
        try:
            await self._graph.wire.get("/users", {"$select": "id,signInActivity", "$top": 1})
        except NotLicensed:
            return "this tenant has no Microsoft Entra ID P1 or P2 licence"
        except (Forbidden, Rejected):
            return "Usher's application lacks the permission AuditLog.Read.All"
        return ""

    async def sleepers(self, *, with_sign_ins: bool) -> AsyncIterator[tuple[Sleeper, ...]]:
        """https://learn.microsoft.com/graph/api/user-list"""
        query: Query = {
            "$filter": "userType eq 'Guest'",
            "$select": _fields(with_sign_ins),
            "$top": ACTIVITY_PAGE if with_sign_ins else PAGE,
        }
        async for rows in self._graph.wire.pages("/users", query):
            yield tuple(map(sleeper_of, rows))

    async def of(self, guest_ids: Sequence[str], *, with_sign_ins: bool) -> Mapping[str, Sleeper]:
        """https://learn.microsoft.com/graph/api/user-get"""
        ids = [one for one in dict.fromkeys(guest_ids) if is_object_id(one)]
        query: Query = {"$select": _fields(with_sign_ins)}
        asks = [Ask(f"sleeper {one}", path("/users/{}", one), query) for one in ids]
        if not asks:
            return {}
        answers = await send_all(self._graph.wire, asks)
        found: dict[str, Sleeper] = {}
        for one, ask in zip(ids, asks, strict=True):
            row = answers.maybe(ask.id)
            if row is not None and row.get("userType") == "Guest":
                found[one] = sleeper_of(row)
        return found

    async def role_holders(self, person_ids: Sequence[str]) -> Mapping[str, bool | None]:
        """https://learn.microsoft.com/graph/api/user-list-transitivememberof"""
        ids = [one for one in dict.fromkeys(person_ids) if is_object_id(one)]
        query: Query = {"$select": "id", "$count": "true", "$top": 1}
        asks = [
            Ask(one, path("/users/{}/transitiveMemberOf/graph.directoryRole", one), query, eventual=True) for one in ids
        ]
        if not asks:
            return {}
        answers = await send_all(self._graph.wire, asks)
        return {one: _holds(answers, one) for one in ids}


def sleeper_of(row: Json) -> Sleeper:
    """The guest a Graph user describes, with what it says of sign-ins."""
    changed_at = moment(row.get("externalUserStateChangeDateTime"))
    return Sleeper(person_of(row), sign_in_of(row.get("signInActivity")), changed_at)


def sign_in_of(activity: object) -> SignIn:
    """Nothing, or something that is no time, is not known; only an explicit year 1 means never."""
    if not isinstance(activity, dict):
        return SignIn()
    said = [activity.get(kind) for kind in _KINDS]
    times = [at for one in said if (at := moment(one))]
    if times:
        return SignIn(Seen.AT, max(times))
    told = [one for one in said if one is not None]
    if told and all(isinstance(one, str) and one.startswith(NEVER) for one in told):
        return SignIn(Seen.NEVER)
    return SignIn()


def _fields(with_sign_ins: bool) -> str:
    return f"{FIELDS},signInActivity" if with_sign_ins else FIELDS


def _holds(answers: Answers, person_id: str) -> bool | None:
    try:
        page = answers.maybe(person_id)
    except Forbidden:
        return None
    return bool(page and page.get("value"))


if TYPE_CHECKING:
    from bot.ports.sign_ins import SignIns

    _keeps_the_port: type[SignIns] = EntraSignIns
