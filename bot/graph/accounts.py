"""The tenant as `bot.ports.Accounts`: who holds a role, and the end of a guest's account."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.people import Person
from bot.graph.batch import Ask, send
from bot.graph.client import Graph
from bot.graph.people import person_of
from bot.graph.wire import literal

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
                if principal.get("id") and principal.get("@odata.type", _USER) == _USER:
                    person = person_of(principal)
                    found.setdefault(person.id, person)
        return tuple(one for one in found.values() if one.enabled and not one.is_guest)
