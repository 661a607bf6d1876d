"""A login host on loopback that counts what it is asked and fails on request."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

TENANT = "11111111-1111-4111-8111-111111111111"
BOT = "22222222-2222-4222-8222-222222222222"


class Authority:
    """`url` answers msal; `asked` counts by grant type; `answers` holds statuses to give before any token."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.failures: list[int] = []
        self.refusal: dict[str, Any] = {}
        self.lifetime = 3600
        self.delay = 0.0
        app = web.Application()
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self._document)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        self.server = TestServer(app)

    @property
    def url(self) -> str:
        return str(self.server.make_url("")).rstrip("/")

    async def _document(self, request: web.Request) -> web.Response:
        self.asked["document"] += 1
        base = f"{self.url}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        grant = str(form["grant_type"]).rsplit(":", 1)[-1]
        self.asked[grant] += 1
        await asyncio.sleep(self.delay)
        if self.failures:
            return web.Response(status=self.failures.pop(0), text="<html>later</html>", headers={"Retry-After": "0"})
        if self.refusal:
            return web.json_response(self.refusal, status=400)
        count = self.asked.total()
        return web.json_response(
            {"token_type": "Bearer", "expires_in": self.lifetime, "access_token": f"{grant} {count}"}
        )
