"""The Teams channel for tests: signs tokens, publishes its keys and answers the connector's calls over HTTP."""

import asyncio
import base64
import time
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jwt
import orjson
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

APP_ID = "22222222-2222-4222-8222-222222222222"
TENANT = "11111111-1111-4111-8111-111111111111"
ALEX = "33333333-3333-4333-8333-333333333333"
BOT_ID = f"28:{APP_ID}"
ISSUER = "https://api.botframework.com"


def _b64(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


@cache
def _private(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Key:
    """A signing key of the channel; keys of one `name` are the same key."""

    def __init__(self, kid: str, *, name: str = "", endorsements: tuple[str, ...] = ("msteams",)) -> None:
        self.kid = kid
        self.private = _private(name or kid)
        numbers = self.private.public_key().public_numbers()
        self.jwk = {
            "kty": "RSA",
            "use": "sig",
            "kid": kid,
            "n": _b64(numbers.n),
            "e": _b64(numbers.e),
            "endorsements": list(endorsements),
        }

    def sign(self, claims: dict[str, Any], *, alg: str = "RS256", **headers: Any) -> str:
        named = {name: value for name, value in {"kid": self.kid, **headers}.items() if value is not None}
        return jwt.encode(claims, self.private, algorithm=alg, headers=named)


def claims(service_url: str, **changes: Any) -> dict[str, Any]:
    """Good claims, with changes; None takes a claim away."""
    now = int(time.time())
    good = {"iss": ISSUER, "aud": APP_ID, "serviceurl": service_url, "nbf": now - 60, "exp": now + 3600}
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def message(service_url: str, text: str | None = "hello", **changes: Any) -> dict[str, Any]:
    """A message as Teams sends it; None takes a field away."""
    good = {
        "type": "message",
        "id": "1700000000001",
        "text": text,
        "textFormat": "plain",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "locale": "en-US",
        "from": {"id": "29:1alex", "name": "Alex Wilber", "aadObjectId": ALEX},
        "recipient": {"id": BOT_ID, "name": "Usher"},
        "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": "a:1alex"},
        "entities": [{"type": "clientInfo", "locale": "en-US", "timezone": "Europe/Berlin"}],
        "channelData": {"tenant": {"id": TENANT}},
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def invoke(service_url: str, name: str, value: Any, **changes: Any) -> dict[str, Any]:
    """An invoke as Teams sends it."""
    return message(service_url, None, type="invoke", name=name, value=value, **changes)


@dataclass
class Keys:
    """The OpenID document and key set that the channel publishes."""

    published: list[Key] = field(default_factory=list)
    fetches: int = 0
    status: int = 200
    delay: float = 0.0

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", self._document)
        app.router.add_get("/keys", self._keys)
        return app

    async def _document(self, request: web.Request) -> web.Response:
        self.fetches += 1
        await asyncio.sleep(self.delay)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"http://{request.host}/keys"}, status=self.status)

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response({"keys": [key.jwk for key in self.published]})


@dataclass
class Call:
    """One call the connector received."""

    method: str
    path: str
    body: Any
    authorization: str
    at: float


@dataclass
class FakeConnector:
    """The Bot Connector: records each call and answers as told, then with ids."""

    calls: list[Call] = field(default_factory=list)
    answers: deque[Any] = field(default_factory=deque)
    delay: float = 0.0
    open_now: int = 0
    most_open: int = 0
    members: list[dict[str, Any]] = field(default_factory=list)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        return app

    def refuse(self, status: int, body: Any = None, **headers: str) -> None:
        """Answer the next call with this."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append((status, body, named))

    def cut(self) -> None:
        """Take the next call, then close the connection without an answer."""
        self.answers.append("cut")

    async def _answer(self, request: web.Request) -> web.Response:
        raw = await request.read()
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        try:
            await asyncio.sleep(self.delay)
        finally:
            self.open_now -= 1
        authorization = request.headers.get("Authorization", "")
        body = orjson.loads(raw) if raw else None
        self.calls.append(Call(request.method, request.raw_path, body, authorization, time.monotonic()))
        if self.answers:
            return self._told(request, self.answers.popleft())
        return self._usual(request)

    def _told(self, request: web.Request, told: Any) -> web.Response:
        if told == "cut":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        status, body, headers = told
        data = b"" if body is None else body if isinstance(body, bytes) else orjson.dumps(body)
        return web.Response(status=status, body=data, headers=headers, content_type="application/json")

    def _usual(self, request: web.Request) -> web.Response:
        number = len(self.calls)
        if request.method == "GET" and "pagedmembers" in request.path:
            return web.json_response({"members": self.members})
        if request.path.endswith("/v3/conversations"):
            return web.json_response({"id": f"a:new{number}"}, status=201)
        return web.json_response({"id": f"sent-{number}"}, status=201)
