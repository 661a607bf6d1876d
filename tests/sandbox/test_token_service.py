"""The token service keeps who has signed in to the bot, and speaks to the bot alone."""

import base64
import json
import re
from typing import Any

import pytest

from sandbox.seed.people import ADELE, ALEX
from sandbox.tokens import app_token, read, user_token
from tests.sandbox.conftest import APP, Tenant

CONNECTION = "usher-sign-in"
WHO = {"userId": "29:1adele", "connectionName": CONNECTION, "channelId": "msteams"}


class Bot:
    """The bot, as the token service sees it."""

    def __init__(self, tenant: Tenant, app: str = APP) -> None:
        self.tenant, self.app = tenant, app

    async def ask(self, method: str, path: str, query: dict[str, str], body: Any = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {app_token(self.tenant.world, self.app, 'https://api.botframework.com')}"}
        more = {} if body is None else {"json": body}
        async with self.tenant.client.request(method, path, params=query, headers=headers, **more) as answer:
            return answer.status, await answer.json()

    async def token(self, **more: str) -> tuple[int, Any]:
        return await self.ask("GET", "/api/usertoken/GetToken", {**WHO, **more})

    async def exchange(self, token: str) -> tuple[int, Any]:
        return await self.ask("POST", "/api/usertoken/exchange", WHO, {"token": token})

    async def resource(self, user: str = "29:1adele", connection: str = CONNECTION) -> tuple[int, Any]:
        state = {"connectionName": connection, "msAppId": APP, "conversation": {"user": {"id": user}}}
        text = base64.b64encode(json.dumps(state).encode()).decode()
        return await self.ask("GET", "/api/botsignin/GetSignInResource", {"state": text})

    async def code(self, person: str, **who: str) -> str:
        """Signs in as this person in a browser; the code the page shows."""
        link = (await self.resource(**who))[1]["signInLink"]
        path = link.removeprefix(self.tenant.url)
        async with self.tenant.client.get(path) as page:
            assert "Pick an account" in await page.text()
        async with self.tenant.client.post(path, data={"user": person}) as page:
            return re.search(r'id="code">(\d{6})<', await page.text())[1]


@pytest.fixture
def bot(tenant: Tenant) -> Bot:
    return Bot(tenant)


def assertion(tenant: Tenant, person: str, audience: str = f"api://botid-{APP}") -> str:
    return user_token(tenant.world, tenant.world.tables["users"][person], APP, audience)


async def test_nobody_is_signed_in_at_first(bot: Bot):
    status, body = await bot.token()

    assert (status, body["error"]["code"]) == (404, "NotFound")


async def test_an_exchanged_token_is_kept_until_its_owner_signs_out(tenant: Tenant, bot: Bot):
    assert (await bot.exchange(assertion(tenant, ADELE)))[0] == 200

    assert read((await bot.token())[1]["token"])["oid"] == ADELE
    assert (await bot.token(userId="29:1alex"))[0] == 404

    assert (await bot.ask("DELETE", "/api/usertoken/SignOut", WHO))[0] == 200
    assert (await bot.token())[0] == 404


async def test_a_code_from_the_sign_in_page_is_good_once_and_for_whom_the_link_was_made(bot: Bot):
    code = await bot.code(ADELE)
    assert (await bot.token(code=code, userId="29:1lee"))[0] == 404

    mine = await bot.code(ADELE)

    assert read((await bot.token(code=mine))[1]["token"])["oid"] == ADELE
    assert (await bot.token(code=mine))[0] == 404


async def test_a_code_is_not_good_for_ever(tenant: Tenant, bot: Bot):
    code = await bot.code(ADELE)
    await tenant.control("clock", {"advance": "PT11M"})

    assert (await bot.token(code=code))[0] == 404


async def test_a_link_is_good_once(tenant: Tenant, bot: Bot):
    path = (await bot.resource())[1]["signInLink"].removeprefix(tenant.url)
    async with tenant.client.post(path, data={"user": ALEX}) as page:
        assert page.status == 200

    async with tenant.client.get(path) as page:
        assert (page.status, "no longer good" in await page.text()) == (410, True)


@pytest.mark.parametrize("audience", ["https://graph.microsoft.com", "api://botid-other"])
async def test_a_token_for_somebody_else_s_api_is_not_exchanged(tenant: Tenant, bot: Bot, audience: str):
    status, body = await bot.exchange(assertion(tenant, ADELE, audience))

    assert (status, body["error"]["code"]) == (400, "InvalidExchangeToken")


async def test_without_consent_nothing_is_exchanged_and_the_page_says_whom_to_ask(tenant: Tenant, bot: Bot):
    await tenant.control("options", {"withoutSignInConsent": True})

    status, body = await bot.exchange(assertion(tenant, ADELE))

    assert (status, body["error"]["code"]) == (400, "ConsentRequired")
    path = (await bot.resource())[1]["signInLink"].removeprefix(tenant.url)
    async with tenant.client.post(path, data={"user": ADELE}) as page:
        assert "Need admin approval" in await page.text()


async def test_an_unknown_connection_is_not_found(bot: Bot):
    assert (await bot.resource(connection="typo"))[0] == 404
    assert (await bot.token(connectionName="typo"))[0] == 404


@pytest.mark.parametrize("authorization", ["", "Bearer x", "graph", "person"])
async def test_only_the_bot_s_own_token_opens_the_service(tenant: Tenant, authorization: str):
    tokens = {
        "graph": f"Bearer {app_token(tenant.world, APP, 'https://graph.microsoft.com')}",
        "person": f"Bearer {assertion(tenant, ADELE, 'https://api.botframework.com')}",
    }
    headers = {"Authorization": tokens.get(authorization, authorization)}

    async with tenant.client.get("/api/usertoken/GetToken", params=WHO, headers=headers) as answer:
        assert answer.status == 401


async def test_another_application_s_state_is_refused(tenant: Tenant):
    status, _ = await Bot(tenant, "aaaaaaaa-0000-4000-8000-00000000aaaa").resource()

    assert status == 400


async def test_calls_are_seen_without_tokens_and_codes(tenant: Tenant, bot: Bot):
    await bot.exchange(assertion(tenant, ADELE))
    await bot.token()

    async with tenant.client.get("/_control/signins") as answer:
        seen = await answer.json()

    assert seen["signedIn"] == [{"user": "29:1adele", "connection": CONNECTION, "oid": ADELE}]
    assert [one["call"] for one in seen["calls"]] == ["exchange", "GetToken"]
    assert "eyJ" not in json.dumps(seen)
