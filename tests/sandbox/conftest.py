"""A sandbox in the test's own loop, a caller that speaks Graph to it, and the schema's verdict on all they said."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from sandbox import WORLD, World, create_app
from sandbox.tokens import app_token, user_token
from tests.sandbox.exchanges import findings

APP = "22222222-2222-4222-8222-222222222222"


@dataclass
class Answer:
    status: int
    body: Any
    headers: Any
    text: str

    @property
    def code(self) -> str:
        return self.body["error"]["code"]

    @property
    def ids(self) -> list[str]:
        return [row["id"] for row in self.body["value"]]


class Tenant:
    """A running sandbox: `call` speaks Graph, `control` the control API, `world` looks inside."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.world: World = client.app[WORLD]
        self.url = str(client.make_url("")).rstrip("/")

    async def call(self, method: str, path: str, body: Any = None, *, user: str = "", **headers: str) -> Answer:
        if user:
            token = user_token(self.world, self.world.tables["users"][user], APP, "https://graph.microsoft.com")
        else:
            token = app_token(self.world, APP, "https://graph.microsoft.com")
        sent = {"Authorization": f"Bearer {token}", **{name.replace("_", "-"): text for name, text in headers.items()}}
        more = {} if body is None else {"json": body}
        async with self.client.request(method, f"/v1.0{path}", headers=sent, **more) as response:
            json = "json" in response.content_type
            return Answer(
                response.status,
                await response.json(content_type=None) if json else None,
                response.headers,
                await response.text(),
            )

    async def get(self, path: str, **more: str) -> Answer:
        return await self.call("GET", path, **more)

    async def post(self, path: str, body: Any = None, **more: str) -> Answer:
        return await self.call("POST", path, body, **more)

    async def control(self, path: str, body: Any = None) -> Any:
        method = "GET" if body is None else "POST"
        more = {} if body is None else {"json": body}
        async with self.client.request(method, f"/_control/{path}", **more) as response:
            return await response.json()

    async def invite(self, email: str, **more: Any) -> Answer:
        return await self.post(
            "/invitations", {"invitedUserEmailAddress": email, "inviteRedirectUrl": "https://x.example", **more}
        )


@pytest.fixture
async def tenant(request: pytest.FixtureRequest) -> AsyncIterator[Tenant]:
    """The demo tenant without waiting times; what was said to it satisfies Graph's schema where that is at hand."""
    shared = _schemas(request)
    app = create_app({"replicationSeconds": 0, "deliverySeconds": 0})
    async with TestClient(TestServer(app)) as client:
        made = Tenant(client)
        yield made
        made.world.settle()
    if shared is not None:
        assert findings(shared, made.world.requests) == []


def _schemas(request: pytest.FixtureRequest) -> Path | None:
    try:
        return request.getfixturevalue("shared")
    except pytest.skip.Exception:
        return None
