"""The whole state of one simulated tenant: tables of entities, a clock with timers, mailbox and recording."""

import heapq
import itertools
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.clock import Clock

Entity = dict[str, Any]

DEFAULTS: Entity = {
    "seed": "demo",
    "withoutPermissions": [],
    "onlyPermissions": None,
    "withoutConsent": False,
    "withoutSignInConsent": False,
    "interactionRequired": False,
    "oauthConnections": ["usher-sign-in"],
    "clientSecret": None,
    "licence": True,
    "allowInvitesFrom": "adminsAndGuestInviters",
    "replicationSeconds": 0.2,
    "deliverySeconds": 0.5,
    "mailbox": True,
    "pageSize": None,
    "abuseLimit": None,
    "invitesSuspended": False,
    "packageReviewsByPolicyOnly": False,
    "resetKeepsClock": False,
    "assignments": 0,
}
RECORDED = 20_000


@dataclass(order=True)
class Timer:
    """Something that happens at `due` (sandbox time) unless cancelled before."""

    due: datetime
    order: int
    run: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """After this the timer does nothing."""
        self.cancelled = True


@dataclass
class SignIns:
    """What the Bot Framework's token service knows: sign-ins under way by link and by code, tokens by whom, and its calls."""

    links: dict[str, Entity] = field(default_factory=dict)
    codes: dict[str, Entity] = field(default_factory=dict)
    held: dict[tuple[str, str], str] = field(default_factory=dict)
    calls: list[Entity] = field(default_factory=list)


class World:
    """One tenant. Entities are stored as Graph returns them; keys that start with an underscore never leave."""

    def __init__(self, options: Entity | None = None) -> None:
        self.clock = Clock()
        self.tenant: Entity = {}
        self.tables: dict[str, dict[str, Entity]] = defaultdict(dict)
        self.options: Entity = {}
        self.mailbox: list[Entity] = []
        self.requests: list[Entity] = []
        self.faults: list[Entity] = []
        self.reserved_ids: dict[str, str] = {}
        self.sign_ins = SignIns()
        self.crowd: Any = None
        self._timers: list[Timer] = []
        self._order = itertools.count()
        self.reset(options or {})

    def reset(self, options: Entity) -> None:
        """Empties everything and plants the seed that `options` names; ValueError for an option that does not exist."""
        from sandbox.seed import SEEDS, plant

        unknown = sorted(set(options) - set(DEFAULTS))
        if unknown:
            raise ValueError(f"unknown option: {', '.join(unknown)}")
        if options.get("seed", SEEDS[0]) not in SEEDS:
            raise ValueError(f"seed must be one of {', '.join(SEEDS)}")
        self.options = DEFAULTS | options
        self.tables.clear()
        for held in (self.mailbox, self.requests, self.faults, self._timers):
            held.clear()
        self.reserved_ids.clear()
        self.sign_ins = SignIns()
        self.crowd = None
        if not self.options["resetKeepsClock"]:
            self.clock.reset()
        plant(self)

    def new_id(self, email: str = "") -> str:
        """A fresh object id, or the one the seed keeps for this address unless it is in use."""
        kept = self.reserved_ids.get(email.lower())
        taken = kept is None or kept in self.tables["users"] or kept in self.tables["deletedUsers"]
        return str(uuid.uuid4()) if taken else str(kept)

    def add(self, table: str, entity: Entity) -> Entity:
        """Stores `entity` under its id and gives it back."""
        self.tables[table][entity["id"]] = entity
        return entity

    def get(self, table: str, key: str) -> Entity | None:
        """The entity with this id (any case), once it has replicated; None until then or when there is none."""
        rows = self.tables[table]
        entity = rows.get(key) or rows.get(key.lower())
        return entity if entity is not None and self.visible(entity) else None

    def rows(self, table: str) -> list[Entity]:
        """Every entity of the table that has replicated, oldest first."""
        return [entity for entity in self.tables[table].values() if self.visible(entity)]

    def hide(self, entity: Entity) -> Entity:
        """Keeps a new entity out of sight for the tenant's replication delay."""
        delay = float(self.options["replicationSeconds"])
        entity["_visibleAt"] = self.clock.now() + timedelta(seconds=delay)
        return entity

    def visible(self, entity: Entity) -> bool:
        """Whether the entity has reached the replica that answers."""
        due = entity.get("_visibleAt")
        return due is None or bool(due <= self.clock.now())

    def after(self, seconds: float, run: Callable[[], None]) -> Timer:
        """Runs `run` once the sandbox clock has moved on by `seconds`."""
        return self.at(self.clock.now() + timedelta(seconds=seconds), run)

    def at(self, due: datetime, run: Callable[[], None]) -> Timer:
        """Runs `run` once the sandbox clock has reached `due`."""
        timer = Timer(due, next(self._order), run)
        heapq.heappush(self._timers, timer)
        return timer

    def settle(self) -> None:
        """Makes everything that is due happen, in order, each at its own moment."""
        present = self.clock.now()
        while self._timers and self._timers[0].due <= present:
            timer = heapq.heappop(self._timers)
            if not timer.cancelled:
                with self.clock.at(timer.due):
                    timer.run()

    def record(self, exchange: Entity) -> None:
        """Remembers one exchange for GET /_control/requests; the oldest are forgotten beyond a bound."""
        self.requests.append(exchange)
        if len(self.requests) > RECORDED:
            del self.requests[: RECORDED // 10]


def public(value: Any) -> Any:
    """A copy without the private keys (those that start with an underscore)."""
    if isinstance(value, dict):
        return {key: public(item) for key, item in value.items() if not key.startswith("_")}
    if isinstance(value, list):
        return [public(item) for item in value]
    return value
