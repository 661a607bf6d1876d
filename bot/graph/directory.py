"""The Directory port over Microsoft Graph: puts the room's nouns together and remembers what rarely changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.domain.access import AccessRequest, Application, ApplicationUser, Assignment
from bot.domain.packages import AccessPackage
from bot.domain.people import Person, Tenant
from bot.domain.roles import Roles
from bot.graph import (
    access,
    applications,
    assignments,
    governance,
    invitations,
    mail,
    packages,
    people,
    policies,
    roles,
    survey,
    tenant,
)
from bot.graph.client import Graph
from bot.graph.memory import Memory
from bot.ports import Clock, Invitation, Survey

ROLES_SECONDS = 60.0


class EntraDirectory:
    """`bot.ports.Directory` on one tenant; every method's claims stand at the port."""

    def __init__(self, graph: Graph, clock: Clock, *, ticks: Callable[[], float] = time.monotonic) -> None:
        self._graph = graph
        self._clock = clock
        self._tenant: Tenant | None = None
        self._roles: Memory[tuple[Person | None, Roles]] = Memory(ROLES_SECONDS, ticks)

    async def tenant(self) -> Tenant:
        if self._tenant is None:
            self._tenant = await tenant.tenant(self._graph)
        return self._tenant

    async def survey(self, caller_id: str, addresses: Sequence[str] = (), sponsors: Sequence[str] = ()) -> Survey:
        seen = await survey.survey(self._graph, caller_id, addresses, sponsors)
        self._roles.keep(caller_id, (seen.caller, seen.roles))
        return seen

    async def roles(self, caller_id: str) -> tuple[Person | None, Roles]:
        held = self._roles.get(caller_id)
        if held is None:
            held = await roles.roles(self._graph, caller_id)
            self._roles.keep(caller_id, held)
        return held

    def forget_roles(self) -> None:
        """Roles are read anew for everybody: one given to a group changes what many people hold."""
        self._roles.clear()

    async def holders(self, role_template_ids: Sequence[str]) -> tuple[str, ...]:
        return await roles.holders(self._graph, role_template_ids)

    async def person(self, person_id: str) -> Person | None:
        return await people.person(self._graph, person_id)

    async def find(self, address: str) -> tuple[Person, ...]:
        return await people.find(self._graph, address)

    async def guests(self) -> tuple[Person, ...]:
        return await people.guests(self._graph)

    async def invite(self, address: str, *, name: str, redirect_url: str, sponsor_id: str) -> Invitation:
        return await invitations.invite(
            self._graph, address, name=name, redirect_url=redirect_url, sponsor_id=sponsor_id
        )

    async def reset_redemption(self, guest_id: str, address: str, *, redirect_url: str) -> Invitation:
        return await invitations.reset_redemption(self._graph, guest_id, address, redirect_url=redirect_url)

    async def restore(self, person_id: str) -> None:
        await people.restore(self._graph, person_id)

    async def set_enabled(self, person_id: str, enabled: bool) -> None:
        await people.set_enabled(self._graph, person_id, enabled=enabled)

    async def packages(self) -> tuple[AccessPackage, ...]:
        return await packages.packages(self._graph)

    async def assignments(self, *, person_id: str = "", package_id: str = "") -> tuple[Assignment, ...]:
        return await assignments.assignments(self._graph, person_id=person_id, package_id=package_id)

    async def access_of(
        self, guest_ids: Sequence[str]
    ) -> Mapping[str, tuple[Person | None, tuple[Assignment, ...], tuple[AccessRequest, ...]]]:
        return await access.access_of(self._graph, guest_ids)

    async def requests(self, person_id: str) -> tuple[AccessRequest, ...]:
        return await assignments.requests(self._graph, person_id)

    async def assign(
        self,
        person_id: str,
        *,
        package_id: str,
        policy_id: str,
        ends_at: datetime | None,
        justification: str,
    ) -> str:
        return await assignments.assign(
            self._graph,
            person_id,
            package_id=package_id,
            policy_id=policy_id,
            ends_at=ends_at,
            justification=justification,
            now=self._clock.now(),
        )

    async def remove(self, assignment_id: str, *, justification: str) -> str:
        return await assignments.remove(self._graph, assignment_id, justification=justification)

    async def set_end(self, assignment_id: str, *, ends_at: datetime) -> str:
        return await assignments.set_end(self._graph, assignment_id, ends_at=ends_at, now=self._clock.now())

    async def reprocess(self, *, request_id: str = "", assignment_id: str = "") -> None:
        await assignments.reprocess(self._graph, request_id=request_id, assignment_id=assignment_id)

    async def add_direct_policy(self, package_id: str, *, name: str) -> str:
        return await policies.add_direct_policy(self._graph, package_id, name=name)

    async def govern(self, person_id: str) -> bool:
        return await governance.govern(self._graph, person_id)

    async def applications(self, name: str) -> tuple[Application, ...]:
        return await applications.applications(self._graph, name)

    async def application_users(self, application_id: str) -> tuple[ApplicationUser, ...]:
        return await applications.application_users(self._graph, application_id)

    async def send_mail(self, sender: str, to: str, *, subject: str, text: str, html: str) -> None:
        await mail.send_mail(self._graph, sender, to, subject=subject, text=text, html=html)
