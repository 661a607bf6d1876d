"""The tenant as `bot.ports.Accounts`: who holds a role, and the end of a guest's account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.belongings import Belongings
from bot.domain.people import Person
from bot.errors import Forbidden, NotFound, NotLicensed
from bot.graph.batch import Answers, Ask, send, send_all
from bot.graph.client import Graph
from bot.graph.faults import explained
from bot.graph.packages import EM
from bot.graph.people import FIELDS, PAGE, person_of
from bot.graph.times import moment
from bot.graph.wire import Json, literal, path

_TYPE = "@odata.type"
_USER = "#microsoft.graph.user"


class EntraAccounts:
    """`bot.ports.Accounts` on one tenant; every method's claims stand at the port."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    async def holders(self, role_template_ids: Sequence[str]) -> tuple[Person, ...]:
        """https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments"""
        asks = [
            Ask(
                template_id,
                "/roleManagement/directory/roleAssignments",
                {"$filter": f"roleDefinitionId eq {literal(template_id)}", "$expand": "principal"},
            )
            for template_id in dict.fromkeys(role_template_ids)
        ]
        if not asks:
            return ()
        answers = await send(self._graph.wire, asks)
        found: dict[str, Person] = {}
        for ask in asks:
            for row in answers[ask.id].get("value", []):
                principal = row.get("principal") or {}
                if principal.get("id") and principal.get(_TYPE, _USER) == _USER:
                    person = person_of(principal)
                    found.setdefault(person.id, person)
        return tuple(one for one in found.values() if one.enabled and not one.is_guest)

    async def belongings(self, person_id: str) -> Belongings:
        """https://learn.microsoft.com/graph/api/user-list-transitivememberof,
        https://learn.microsoft.com/graph/api/user-list-approleassignments,
        https://learn.microsoft.com/graph/api/resources/signinactivity
        """
        asks = [
            Ask("member", path("/users/{}/transitiveMemberOf", person_id), {"$top": PAGE}),
            Ask("applications", path("/users/{}/appRoleAssignments", person_id), {"$top": PAGE}),
            Ask("seen", path("/users/{}", person_id), {"$select": "id,signInActivity"}),
            _ask_subject("subject", person_id),
        ]
        answers = await send(self._graph.wire, asks)
        member, applications = await self._listed(answers, "member"), await self._listed(answers, "applications")
        seen = _allowed(answers, "seen")
        activity = (seen or {}).get("signInActivity") or {}
        return Belongings(
            groups=None if member is None else _names(member, "#microsoft.graph.group"),
            applications=None
            if applications is None
            else _sorted(row.get("resourceDisplayName") for row in applications),
            roles=None if member is None else _names(member, "#microsoft.graph.directoryRole"),
            governed=_is_governed(answers, "subject"),
            last_seen=moment(activity.get("lastSuccessfulSignInDateTime") or activity.get("lastSignInDateTime")),
            seen_known=seen is not None,
        )

    async def governed(self, person_ids: Sequence[str]) -> Mapping[str, bool | None]:
        """https://learn.microsoft.com/graph/api/accesspackagesubject-get"""
        ids = list(dict.fromkeys(person_ids))
        if not ids:
            return {}
        answers = await send_all(self._graph.wire, [_ask_subject(one, one) for one in ids])
        return {one: _is_governed(answers, one) for one in ids}

    async def blocked(self) -> tuple[Person, ...]:
        """https://learn.microsoft.com/graph/api/user-list"""
        which = "userType eq 'Guest' and accountEnabled eq false"
        rows = await self._graph.wire.all("/users", {"$filter": which, "$select": FIELDS, "$top": PAGE})
        return tuple(person_of(row) for row in rows)

    async def delete(self, person_id: str) -> None:
        """https://learn.microsoft.com/graph/api/user-delete"""
        try:
            with explained(writing=True):
                await self._graph.sdk.users.by_user_id(person_id).delete()
        except NotFound:
            # Perhaps by the first of two tries of our own: what was wanted is so.
            return

    async def _listed(self, answers: Answers, name: str) -> list[Json] | None:
        page = _allowed(answers, name)
        return None if page is None else await self._graph.wire.rest(page)


def _ask_subject(name: str, person_id: str) -> Ask:
    return Ask(name, path(f"{EM}/subjects(objectId='{{}}')", person_id))


def _allowed(answers: Answers, name: str) -> Json | None:
    """The answer; None where Usher lacks the permission or the tenant the licence."""
    try:
        return answers[name]
    except (Forbidden, NotLicensed):
        return None


def _is_governed(answers: Answers, name: str) -> bool | None:
    """None for somebody entitlement management does not know, or where it cannot be asked."""
    try:
        return answers[name].get("subjectLifecycle") == "governed"
    except (Forbidden, NotFound, NotLicensed):
        return None


def _names(rows: Sequence[Json], kind: str) -> tuple[str, ...]:
    """Names, or ids where Graph hides the names."""
    return _sorted(row.get("displayName") or row.get("id") for row in rows if row.get(_TYPE) == kind)


def _sorted(names: Iterable[Any]) -> tuple[str, ...]:
    return tuple(sorted({str(one) for one in names if one}, key=str.casefold))
