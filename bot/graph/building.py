"""The tenant as `bot.ports.Governance`: what access packages are made of, and how they are made and kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.facts import Facts, Use
from bot.domain.building.lookup import Found, Offers, Wanted
from bot.domain.building.resources import ResourceCandidate, ResourceRole, System
from bot.domain.building.terms import Terms
from bot.graph import blueprints, facts, lookup, offers, package_writes, policy_writes, resources, use
from bot.graph.client import Graph
from bot.graph.memory import Memory

CATALOG_SECONDS = 300.0


class EntraGovernance:
    """`bot.ports.Governance` on one tenant; every method's claims stand at the port."""

    def __init__(self, graph: Graph, *, ticks: Callable[[], float] = time.monotonic) -> None:
        """`ticks` is a monotonic clock."""
        self._graph = graph
        self._catalog_ids: Memory[str] = Memory(CATALOG_SECONDS, ticks)

    async def offers(self, *, catalog: str = "") -> Offers:
        return await offers.offers(self._graph, catalog)

    async def look_up(self, wanted: Wanted) -> Found:
        return await lookup.look_up(self._graph, wanted, self._catalog_ids)

    async def candidate(self, system: System, origin_id: str, *, catalog_id: str) -> ResourceCandidate | None:
        return await resources.candidate(self._graph, system, origin_id, catalog_id)

    async def blueprint(self, package_id: str) -> Blueprint:
        return await blueprints.blueprint(self._graph, package_id)

    async def blueprints(self) -> tuple[Blueprint, ...]:
        return await blueprints.blueprints(self._graph)

    async def facts(self, blueprints: Sequence[Blueprint]) -> Facts:
        return await facts.facts(self._graph, blueprints)

    async def use(self, package_id: str, *, now: datetime, within: timedelta) -> Use:
        return await use.use(self._graph, package_id, now, within)

    async def add_resource(self, catalog_id: str, system: System, origin_id: str) -> None:
        await resources.add_resource(self._graph, catalog_id, system, origin_id)

    async def remove_resource(self, catalog_id: str, catalog_resource_id: str) -> None:
        await resources.remove_resource(self._graph, catalog_id, catalog_resource_id)

    async def find_packages(self, name: str, catalog_id: str) -> tuple[Blueprint, ...]:
        return await blueprints.find_packages(self._graph, name, catalog_id)

    async def create_package(self, name: str, *, description: str, hidden: bool, catalog_id: str) -> str:
        return await package_writes.create_package(
            self._graph, name, description=description, hidden=hidden, catalog_id=catalog_id
        )

    async def update_package(
        self, package_id: str, *, name: str | None = None, description: str | None = None, hidden: bool | None = None
    ) -> None:
        await package_writes.update_package(self._graph, package_id, name=name, description=description, hidden=hidden)

    async def delete_package(self, package_id: str) -> None:
        await package_writes.delete_package(self._graph, package_id)

    async def add_role(self, package_id: str, role: ResourceRole) -> None:
        await package_writes.add_role(self._graph, package_id, role)

    async def remove_role(self, package_id: str, scope_id: str) -> None:
        await package_writes.remove_role(self._graph, package_id, scope_id)

    async def create_policy(self, package_id: str, terms: Terms) -> str:
        return await policy_writes.create_policy(self._graph, package_id, terms)

    async def change_policy(self, package_id: str, before: Terms, after: Terms) -> Terms:
        return await policy_writes.change_policy(self._graph, package_id, before, after)

    async def delete_policy(self, policy_id: str) -> None:
        await policy_writes.delete_policy(self._graph, policy_id)

    async def exclude(self, package_id: str, *, packages: Sequence[str] = (), groups: Sequence[str] = ()) -> None:
        await package_writes.exclude(self._graph, package_id, packages, groups)

    async def include(self, package_id: str, *, packages: Sequence[str] = (), groups: Sequence[str] = ()) -> None:
        await package_writes.include(self._graph, package_id, packages, groups)
