"""The simulated tenant as a contract test sees it: a Directory over HTTP, faults on request, and what was said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from bot.graph.accounts import EntraAccounts
from bot.graph.building import EntraGovernance
from bot.graph.catalogs import EntraCatalogs
from bot.graph.client import Graph, open_graph
from bot.graph.credential import Credential
from bot.graph.directory import EntraDirectory
from bot.graph.endings import EntraEndings
from bot.graph.login import Registration, Secret
from bot.graph.panels import EntraApprovals
from bot.graph.reviews import EntraReviews
from bot.graph.sign_ins import EntraSignIns
from bot.graph.sponsors import EntraSponsors
from bot.graph.sweep import EntraAssignmentPages
from tests.sandbox.exchanges import findings

TENANT = "11111111-1111-4111-8111-111111111111"
BOT = "22222222-2222-4222-8222-222222222222"
ALEX = "33333333-3333-4333-8333-333333333333"
MEGAN, ADELE, LEE = (f"44444444-4444-4444-8444-44444444444{n}" for n in (1, 2, 3))
ANA, BEN, CARLA, DAN, EVA = (f"55555555-5555-4555-8555-55555555555{n}" for n in range(1, 6))
NOBODY = "aaaaaaaa-0000-4000-8000-000000000000"
APP4GUEST = "66666666-6666-4666-8666-666666666661"
PHOENIX = "77777777-7777-4777-8777-777777777772"
READERS = "77777777-7777-4777-8777-777777777771"
GENERAL, PARTNERS = (f"88888888-8888-4888-8888-88888888888{n}" for n in (1, 2))
INVITED, PARTNER, STAFF, CLOSED, HIDDEN = (f"99999999-9999-4999-8999-99999999999{n}" for n in range(1, 6))
MAILBOX = "usher@contoso.onmicrosoft.com"

# Graph's documented body for a direct assignment names three ids that its own metadata does not declare.
UNDECLARED = re.compile(r"unknown request\.assignment\.(targetId|assignmentPolicyId|accessPackageId) ")


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Pauses:
    """Waits no time at all and remembers how long it should have; `during` is what happens meanwhile."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self.during: Callable[[float], None] = lambda seconds: None

    async def __call__(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.during(seconds)


@dataclass
class Tenant:
    """One reset sandbox; `directory` and `graph` speak to it as the bot's application."""

    url: str
    control: httpx.Client
    pauses: Pauses = field(default_factory=Pauses)

    def __post_init__(self) -> None:
        registration = Registration(TENANT, BOT, Secret("sandbox"), login_url=self.url)
        self.credential = Credential(registration)
        self.graph: Graph = open_graph(self.url, self.credential, pause=self.pauses)
        self.directory = EntraDirectory(self.graph, RealClock())
        self.catalogs = EntraCatalogs(self.graph, self.directory)
        self.governance = EntraGovernance(self.graph)
        self.endings = EntraEndings(self.graph)
        self.sponsors = EntraSponsors(self.graph)
        self.sign_ins = EntraSignIns(self.graph)
        self.reviews = EntraReviews(self.graph)
        self.assignment_pages = EntraAssignmentPages(self.graph)
        self.approvals = EntraApprovals(self.graph)
        self.accounts = EntraAccounts(self.graph)

    def reset(self, **options: Any) -> None:
        body = {"seed": "demo", "replicationSeconds": 0, "deliverySeconds": 0, **options}
        self.control.post("/_control/reset", json=body).raise_for_status()

    def break_down(self, *rules: dict[str, Any]) -> None:
        """The next exchanges fail as the rules say; no rule mends everything."""
        self.control.post("/_control/faults", json={"rules": list(rules)}).raise_for_status()

    def act(self, user: str, action: str, **more: Any) -> dict[str, Any]:
        answer = self.control.post("/_control/act", json={"user": user, "action": action, **more})
        answer.raise_for_status()
        return answer.json()

    def advance(self, **time: float) -> None:
        seconds = int(timedelta(**time).total_seconds())
        self.control.post("/_control/clock", json={"advance": f"PT{seconds}S"}).raise_for_status()

    def state(self) -> dict[str, Any]:
        return self.control.get("/_control/state").json()

    def mailbox(self) -> list[dict[str, Any]]:
        return self.control.get("/_control/mailbox").json()

    def said(self) -> list[dict[str, Any]]:
        """Every recorded Graph exchange, those inside a batch included."""
        return self.control.get("/_control/requests").json()

    def round_trips(self) -> list[str]:
        """`METHOD path` of each exchange that went over the network; a batch counts as one."""
        return [f"{one['method']} {_path(one['url'])}" for one in self.said() if not one.get("inBatch")]

    def performed(self, method: str, pattern: str) -> list[dict[str, Any]]:
        """Exchanges with this method whose path matches."""
        return [one for one in self.said() if one["method"] == method and re.search(pattern, _path(one["url"]))]

    def findings(self, shared: Path) -> list[str]:
        """What Graph's published schema has against anything that was said."""
        return [text for text in findings(shared, self.said()) if not UNDECLARED.search(text)]

    async def close(self) -> None:
        await self.graph.close()
        await self.credential.close()


def _path(url: str) -> str:
    return httpx.URL(url).path.removeprefix("/v1.0")
