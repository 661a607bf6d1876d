"""A bot on the real adapter, with the channel beside it, for each test that asks."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from botbuilder.core import ActivityHandler, TurnContext

from bot.graph.accounts import EntraAccounts
from bot.graph.building import EntraGovernance
from bot.graph.catalogs import EntraCatalogs
from bot.graph.client import open_graph
from bot.graph.credential import Credential
from bot.graph.directory import EntraDirectory
from bot.graph.endings import EntraEndings
from bot.graph.login import Registration, Secret
from bot.graph.own_token import OwnTokens
from bot.graph.panels import EntraApprovals
from bot.graph.reviews import EntraReviews
from bot.graph.sign_ins import EntraSignIns
from bot.graph.sponsors import EntraSponsors
from bot.graph.sweep import EntraAssignmentPages
from bot.graph.themselves import EntraThemselves
from bot.ports import Deps, Links
from bot.store.approval_cases import SqlApprovalCases
from bot.store.campaigns import SqlCampaigns
from bot.store.database import Database
from bot.store.digests import SqlDigests
from bot.store.end_changes import SqlEndChanges
from bot.store.extension_asks import SqlExtensionAsks
from bot.store.farewells import SqlFarewells
from bot.store.guest_runs import SqlGuestRuns
from bot.store.kept_turns import SqlKeptTurns
from bot.store.ledger import SqlLedger
from bot.store.migrate import migrate
from bot.store.notices import SqlNotices
from bot.store.sponsor_books import SqlSponsorBooks
from bot.store.sweeps import SqlSweeps
from bot.teams.adapter import Adapter
from bot.teams.auth import Gate
from bot.teams.connector import Connector
from bot.teams.credentials import ConnectorToken
from bot.teams.hosts import ServiceHosts
from bot.teams.keys import SigningKeys
from bot.teams.room import Identity, open_room
from letters.post import Post
from letters.words import words
from packagefiles.files import Files as PackageFiles
from sandbox import Server
from tests.teams.channel import APP_ID, TENANT, FakeConnector, Key, Keys, claims
from tests.teams.office import Office, RealClock, TaskJobs, with_jobs


@dataclass(frozen=True)
class Token:
    token: str
    expires_on: int


class Scripted(ActivityHandler):
    """An SDK bot whose turn is whatever the test says."""

    def __init__(self) -> None:
        self.turns: list[Any] = []
        self.act: Callable[[TurnContext], Awaitable[None]] | None = None

    async def on_turn(self, turn_context: TurnContext) -> None:
        self.turns.append(turn_context.activity)
        if self.act:
            await self.act(turn_context)
        else:
            await super().on_turn(turn_context)


@dataclass
class World:
    """The bot's address, the channel's parts, and what the bot saw."""

    url: str
    service_url: str
    bot: Scripted
    key: Key
    keys: Keys
    connector: FakeConnector
    http: aiohttp.ClientSession
    adapter: Adapter
    tokens: int = 0

    def signed(self, **changes: Any) -> str:
        return "Bearer " + self.key.sign(claims(self.service_url, **changes))

    async def post(self, activity: Any, *, authorization: str | None = "good", **options: Any) -> tuple[int, bytes]:
        headers = {} if authorization is None else {"Authorization": authorization}
        if authorization == "good":
            headers["Authorization"] = self.signed()
        async with self.http.post(self.url, json=activity, headers=headers, **options) as response:
            return response.status, await response.read()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def served(app: web.Application) -> TestServer:
    server = TestServer(app, host="127.0.0.1")
    await server.start_server(access_log=None)
    return server


@pytest.fixture
async def world(http: aiohttp.ClientSession) -> AsyncIterator[World]:
    key = Key("k1")
    keys, connector, bot = Keys([key]), FakeConnector(), Scripted()
    openid, channel = await served(keys.app()), await served(connector.app())
    token = ConnectorToken(source := CountedSource())
    hosts = ServiceHosts.of(["127.0.0.1"])
    signing = SigningKeys(str(openid.make_url("/v1/.well-known/openidconfiguration")), http)
    adapter = Adapter(Gate(APP_ID, TENANT, signing, hosts), Connector(http, hosts, token))

    async def messages(request: web.Request) -> web.Response:
        return await adapter.process(request, bot)

    app = web.Application()
    app.router.add_route("*", "/api/messages", messages)
    front = await served(app)
    service_url = str(channel.make_url("/amer/"))
    url = str(front.make_url("/api/messages"))
    yield World(url, service_url, bot, key, keys, connector, http, adapter)
    assert source.asked <= 1
    await token.close()
    for server in (front, channel, openid):
        await server.close()


class CountedSource:
    """Hands out a token that lives an hour, and counts."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self) -> Token:
        self.asked += 1
        return Token(f"connector-token-{self.asked}", int(time.time()) + 3600)


@pytest.fixture(scope="session")
def tenant_url() -> Iterator[str]:
    with Server() as server:
        httpx.post(
            f"{server.url}/_control/reset",
            json={"seed": "demo", "replicationSeconds": 0, "deliverySeconds": 0},
            trust_env=False,
        ).raise_for_status()
        yield server.url


@pytest.fixture
async def office(http: aiohttp.ClientSession, tenant_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    key = Key("k1")
    keys, connector = Keys([key]), FakeConnector()
    openid, channel = await served(keys.app()), await served(connector.app())
    url = f"sqlite:///{tmp_path}/usher.db"
    await migrate(url)
    database = Database(url)
    ledger = SqlLedger(database, tenant_id=TENANT)
    credential = Credential(Registration(TENANT, APP_ID, Secret("sandbox"), login_url=tenant_url))
    graph = open_graph(tenant_url, credential)
    clock, jobs = RealClock(), TaskJobs()
    identity = Identity(
        APP_ID, TENANT, str(openid.make_url("/v1/.well-known/openidconfiguration")), ServiceHosts.of(["127.0.0.1"])
    )
    token = ConnectorToken(CountedSource())
    room = open_room(identity, http, token, ledger=ledger, clock=clock, say_in=lambda tag: words(tag).say)
    directory = EntraDirectory(graph, clock)
    links = Links("https://myaccess.microsoft.com", "https://myapps.microsoft.com")
    deps = with_jobs(
        Deps(
            directory,
            ledger,
            room.messenger,
            jobs,
            clock,
            Post(),
            links,
            EntraCatalogs(graph, directory),
            EntraGovernance(graph),
            room.files,
            PackageFiles(),
            SqlEndChanges(database, tenant_id=TENANT),
            EntraEndings(graph),
            sponsors=EntraSponsors(graph),
            sign_ins=EntraSignIns(graph),
            sponsor_books=SqlSponsorBooks(database, tenant_id=TENANT),
            guest_runs=SqlGuestRuns(database, tenant_id=TENANT),
            themselves=EntraThemselves(OwnTokens(graph, credential, room.sign_in_service.assertion)),
            sign_in_service=room.sign_in_service,
            kept_turns=SqlKeptTurns(database, tenant_id=TENANT),
            assignment_pages=EntraAssignmentPages(graph),
            sweeps=SqlSweeps(database, tenant_id=TENANT),
            approvals=EntraApprovals(graph),
            approval_cases=SqlApprovalCases(database, tenant_id=TENANT),
            extension_asks=SqlExtensionAsks(database, tenant_id=TENANT),
            accounts=EntraAccounts(graph),
            farewells=SqlFarewells(database, tenant_id=TENANT),
            reviews=EntraReviews(graph),
            campaigns=SqlCampaigns(database, tenant_id=TENANT),
            notices=SqlNotices(database, tenant_id=TENANT),
            digests=SqlDigests(database, tenant_id=TENANT),
        ),
        jobs,
    )
    handler = room.handler(deps)

    async def messages(request: web.Request) -> web.Response:
        return await room.adapter.process(request, handler)

    app = web.Application()
    app.router.add_route("*", "/api/messages", messages)
    front = await served(app)
    yield Office(
        room, deps, jobs, ledger, connector, str(channel.make_url("/amer/")), str(front.make_url("/api/messages")),
        key, http,
    )  # fmt: skip
    await jobs.done()
    await token.close()
    for server in (front, channel, openid):
        await server.close()
    await graph.close()
    await credential.close()
    await database.close()
