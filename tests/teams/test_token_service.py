"""The token service is asked with the bot's own token, again when it may pass, and nowhere else."""

import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.domain.turns import Place
from bot.errors import SignInFailed, SignInNeeded, Throttled, Transient, Why
from bot.teams.credentials import ConnectorToken
from bot.teams.reference import Reference
from bot.teams.token_service import NotExchangedError, TokenService
from tests.teams.conftest import CountedSource, served

CHAT = Reference("https://smba.example/amer/", "a:1", Place.PERSONAL, "28:bot", user_id="29:1adele", person_id="adele")


@dataclass
class Service:
    """Answers as it is told; `seen` is what was asked."""

    answers: list[tuple[int, Any, dict[str, str]]] = field(default_factory=list)
    seen: list[tuple[str, str, dict[str, str], str, Any]] = field(default_factory=list)

    async def serve(self, request: web.Request) -> web.Response:
        body = await request.json() if request.can_read_body else None
        self.seen.append((request.method, request.path, dict(request.query), request.headers["Authorization"], body))
        status, content, headers = self.answers.pop(0) if self.answers else (200, {"token": "t"}, {})
        return web.json_response(content, status=status, headers=headers)


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
async def tokens(service: Service, http: aiohttp.ClientSession) -> AsyncIterator[TokenService]:
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", service.serve)
    server = await served(app)
    token = ConnectorToken(CountedSource())
    yield TokenService(http, str(server.make_url("")).rstrip("/"), token, connection="sso", app_id="app")
    await token.close()
    await server.close()


async def test_a_person_is_asked_for_by_teams_id_connection_and_channel(service: Service, tokens: TokenService):
    assert await tokens.token("29:1adele", code="123456") == "t"

    ((method, path, query, authorization, _),) = service.seen
    assert (method, path, authorization) == ("GET", "/api/usertoken/GetToken", "Bearer connector-token-1")
    wanted = {"userId": "29:1adele", "connectionName": "sso", "channelId": "msteams", "code": "123456"}
    assert query == {**wanted, "api-version": "token"}


async def test_who_has_not_signed_in_has_no_token(service: Service, tokens: TokenService):
    service.answers = [(404, {"error": {"code": "NotFound"}}, {})]

    assert await tokens.token("29:1adele") is None


async def test_a_refused_bot_token_is_replaced_once(service: Service, tokens: TokenService):
    service.answers = [(401, {}, {})]

    assert await tokens.token("29:1adele") == "t"
    assert [one[3] for one in service.seen] == ["Bearer connector-token-1", "Bearer connector-token-2"]


@pytest.mark.parametrize("status", [401, 403])
async def test_a_bot_that_is_not_let_in_says_so(service: Service, tokens: TokenService, status: int):
    service.answers = [(status, {}, {})] * 3

    with pytest.raises(SignInFailed):
        await tokens.token("29:1adele")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_what_passes_is_tried_again(service: Service, tokens: TokenService, status: int):
    service.answers = [(status, {}, {"Retry-After": "0"})]

    assert await tokens.token("29:1adele") == "t"
    assert len(service.seen) == 2


async def test_a_long_wait_is_left_to_the_caller(service: Service, tokens: TokenService):
    service.answers = [(429, {}, {"Retry-After": "60"})]

    with pytest.raises(Throttled) as caught:
        await tokens.token("29:1adele")

    assert caught.value.retry_after == 60
    assert len(service.seen) == 1


async def test_a_service_that_is_away_is_transient(http: aiohttp.ClientSession):
    token = ConnectorToken(CountedSource())
    away = TokenService(http, "http://127.0.0.1:9", token, connection="sso", app_id="app")

    with pytest.raises(Transient):
        await away.token("29:1adele")

    await token.close()


@pytest.mark.parametrize("status", [400, 404, 412])
async def test_an_exchange_that_is_refused_is_told_apart_and_not_repeated(
    service: Service, tokens: TokenService, status: int
):
    service.answers = [(status, {"error": {"code": "ConsentRequired", "message": "no"}}, {})]

    with pytest.raises(NotExchangedError) as caught:
        await tokens.exchange("29:1adele", "secret-of-adele")

    assert caught.value.code == "ConsentRequired"
    assert "secret-of-adele" not in repr(caught.value) + caught.value.detail
    assert service.seen[0][4] == {"token": "secret-of-adele"}
    assert len(service.seen) == 1


async def test_the_state_says_where_the_sign_in_was_asked_for(service: Service, tokens: TokenService):
    exchange = {"id": "x1", "uri": "api://botid-app", "providerId": "p"}
    service.answers = [(200, {"signInLink": "https://sign.example/1", "tokenExchangeResource": exchange}, {})]

    resource = await tokens.resource(CHAT)

    assert (resource.link, resource.exchange_id) == ("https://sign.example/1", "x1")
    assert resource.exchange_uri == "api://botid-app"
    assert "sign.example" not in repr(resource)
    state = json.loads(base64.b64decode(service.seen[0][2]["state"]))
    assert (state["connectionName"], state["msAppId"]) == ("sso", "app")
    assert state["conversation"]["user"]["id"] == "29:1adele"
    assert state["conversation"]["conversation"]["id"] == "a:1"


async def test_a_connection_without_silent_sign_in_has_a_link_only(service: Service, tokens: TokenService):
    service.answers = [(200, {"signInLink": "https://sign.example/1"}, {})]

    assert (await tokens.resource(CHAT)).exchange_id == ""


@pytest.mark.parametrize("content", [{}, [], "x", None, {"signInLink": 1}])
async def test_an_answer_that_cannot_be_read_means_that_nobody_can_sign_in(
    service: Service, tokens: TokenService, content: Any
):
    service.answers = [(200, content, {})]

    with pytest.raises(SignInNeeded) as caught:
        await tokens.resource(CHAT)

    assert caught.value.why is Why.OFF


async def test_signing_out_minds_nothing(service: Service, tokens: TokenService):
    service.answers = [(404, {}, {})]

    await tokens.sign_out("29:1adele")

    assert service.seen[0][:2] == ("DELETE", "/api/usertoken/SignOut")
