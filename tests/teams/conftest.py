"""A bot on the real adapter, with the channel beside it, for each test that asks."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from botbuilder.core import ActivityHandler, TurnContext

from bot.teams.adapter import Adapter
from bot.teams.auth import Gate
from bot.teams.connector import Connector
from bot.teams.credentials import ConnectorToken
from bot.teams.hosts import ServiceHosts
from bot.teams.keys import SigningKeys
from tests.teams.channel import APP_ID, TENANT, FakeConnector, Key, Keys, claims


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
        import time

        self.asked += 1
        return Token(f"connector-token-{self.asked}", int(time.time()) + 3600)
