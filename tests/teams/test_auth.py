"""Only what the Teams channel signed for this bot and this tenant reaches a turn."""

import base64
import hashlib
import hmac
import io
import json
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.teams.channel import APP_ID, TENANT, Key, claims, invoke, message
from tests.teams.conftest import World

OTHER = "99999999-9999-4999-8999-999999999999"


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def with_public_key_as_secret(key: Key, payload: dict[str, Any]) -> str:
    pem = key.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    head = part({"alg": "HS256", "typ": "JWT", "kid": key.kid}) + "." + part(payload)
    mac = hmac.new(pem, head.encode(), hashlib.sha256).digest()
    return head + "." + base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


async def test_a_good_token_reaches_the_turn(world: World) -> None:
    status, _ = await world.post(message(world.service_url))

    assert status == 201
    assert [turn.text for turn in world.bot.turns] == ["hello"]


async def test_a_token_that_ended_within_the_leeway_is_good(world: World) -> None:
    status, _ = await world.post(message(world.service_url), authorization=world.signed(exp=int(time.time()) - 120))

    assert status == 201


NOW = int(time.time())
BAD_CLAIMS = {
    "expired": {"exp": NOW - 3600},
    "without an end": {"exp": None},
    "not begun": {"nbf": NOW + 3600},
    "without a beginning": {"nbf": None},
    "for another bot": {"aud": OTHER},
    "for nobody": {"aud": None},
    "for several bots": {"aud": [OTHER, APP_ID]},
    "of another issuer": {"iss": "https://evil.example"},
    "of no issuer": {"iss": None},
    "of part of the issuer": {"iss": "https://api"},
    "of the emulator's issuer": {
        "iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/",
        "ver": "1.0",
        "appid": APP_ID,
    },
    "without a service URL": {"serviceurl": None},
    "for another service URL": {"serviceurl": "https://smba.trafficmanager.net/emea/"},
}


@pytest.mark.parametrize("changes", BAD_CLAIMS.values(), ids=BAD_CLAIMS.keys())
async def test_a_token_with_a_bad_claim_is_401(world: World, changes: dict[str, Any]) -> None:
    status, _ = await world.post(message(world.service_url), authorization=world.signed(**changes))

    assert status == 401
    assert world.bot.turns == []


def forged_tokens(world: World) -> dict[str, str]:
    good = claims(world.service_url)
    head, _, mark = world.key.sign(good).split(".")
    return {
        "no token": "",
        "bearer only": "Bearer",
        "garbage": "Bearer abc.def",
        "three dots": "Bearer ...",
        "emoji": "Bearer \U0001f600".encode().decode("latin-1"),
        "basic": "Basic abc",
        "alg none": f"Bearer {part({'alg': 'none', 'kid': 'k1'})}.{part(good)}.",
        "public key as secret": "Bearer " + with_public_key_as_secret(world.key, good),
        "another key under the same id": "Bearer " + Key("k1", name="stranger").sign(good),
        "payload changed": f"Bearer {head}.{part({**good, 'extra': 1})}.{mark}",
        "unknown key id": "Bearer " + world.key.sign(good, kid="zz"),
        "no key id": "Bearer " + world.key.sign(good, kid=None),
        "RS384": "Bearer " + world.key.sign(good, alg="RS384"),
        "20 kB": "Bearer " + "a" * 7000,
    }


@pytest.mark.parametrize("name", forged_tokens.__annotations__ and list(range(14)))
async def test_a_forged_token_is_401(world: World, name: int) -> None:
    authorization = list(forged_tokens(world).values())[name]

    status, _ = await world.post(message(world.service_url), authorization=authorization)

    assert status == 401
    assert world.bot.turns == []


async def test_a_key_endorsed_for_another_channel_only_is_401(world: World) -> None:
    slack = Key("k2", endorsements=("slack",))
    world.keys.published.append(slack)

    status, _ = await world.post(
        message(world.service_url), authorization="Bearer " + slack.sign(claims(world.service_url))
    )

    assert status == 401


FOREIGN = {
    "another channel": {"channelId": "emulator"},
    "no channel": {"channelId": None},
    "no service URL": {"serviceUrl": None},
    "a service URL outside the list": {"serviceUrl": "https://evil.example/"},
    "another tenant": {"channelData": {"tenant": {"id": OTHER}}},
    "another tenant in the conversation": {"conversation": {"id": "a:1", "tenantId": OTHER}},
    "a tenant that is no text": {"channelData": {"tenant": {"id": 7}}},
    "no tenant": {"channelData": {}, "conversation": {"id": "a:1"}},
    "channel data of the wrong type": {"channelData": [], "conversation": {"id": "a:1"}},
}


@pytest.mark.parametrize("kind", ["message", "invoke", "conversationUpdate", "installationUpdate"])
@pytest.mark.parametrize("changes", FOREIGN.values(), ids=FOREIGN.keys())
async def test_an_activity_not_for_us_is_403(world: World, changes: dict[str, Any], kind: str) -> None:
    status, _ = await world.post(message(world.service_url, **{"type": kind, **changes}))

    assert status == 403
    assert world.bot.turns == []


async def test_the_tenant_of_the_conversation_is_enough(world: World) -> None:
    status, _ = await world.post(message(world.service_url, channelData=None))

    assert status == 201


async def test_a_new_signing_key_is_used_at_once(world: World) -> None:
    await world.post(message(world.service_url))
    fresh = Key("k9")
    world.keys.published = [fresh]

    status, _ = await world.post(
        message(world.service_url), authorization="Bearer " + fresh.sign(claims(world.service_url))
    )

    assert status == 201


async def test_strangers_cannot_make_the_bot_fetch_keys_again_and_again(world: World) -> None:
    await world.post(message(world.service_url))

    for number in range(20):
        token = world.key.sign(claims(world.service_url), kid=f"unknown-{number}")
        await world.post(message(world.service_url), authorization=f"Bearer {token}")

    assert world.keys.fetches <= 3


async def test_old_keys_stay_good_while_the_document_cannot_be_read(world: World) -> None:
    await world.post(message(world.service_url))
    world.keys.status = 503
    world.adapter._gate.keys._fetched -= 25 * 3600
    world.adapter._gate.keys._tried -= 25 * 3600

    status, _ = await world.post(message(world.service_url), authorization=world.signed(jti="another"))

    assert status == 201
    assert world.keys.fetches == 2


async def test_a_withdrawn_key_takes_its_tokens_along(world: World) -> None:
    authorization = world.signed()
    await world.post(message(world.service_url), authorization=authorization)
    fresh = Key("k9")
    world.keys.published = [fresh]
    world.adapter._gate.keys._tried -= 10
    await world.post(message(world.service_url), authorization="Bearer " + fresh.sign(claims(world.service_url)))
    world.adapter._gate.keys._tried -= 10

    status, _ = await world.post(message(world.service_url), authorization=authorization)

    assert status == 401


async def test_a_remembered_token_is_still_bound_to_its_service_url_and_tenant(world: World) -> None:
    authorization = world.signed()
    await world.post(message(world.service_url), authorization=authorization)

    elsewhere, _ = await world.post(message(world.service_url + "x/"), authorization=authorization)
    foreign, _ = await world.post(
        message(world.service_url, channelData={"tenant": {"id": OTHER}}), authorization=authorization
    )

    assert (elsewhere, foreign) == (401, 403)


async def test_no_keys_at_all_is_401_and_not_5xx(world: World) -> None:
    world.keys.status = 503

    status, _ = await world.post(message(world.service_url))

    assert status == 401


async def test_fifty_first_turns_fetch_the_keys_once(world: World) -> None:
    import asyncio

    world.keys.delay = 0.05

    answers = await asyncio.gather(*(world.post(message(world.service_url)) for _ in range(50)))

    assert {status for status, _ in answers} == {201}
    assert world.keys.fetches == 1


async def test_a_bad_body_is_400(world: World) -> None:
    for body in (b"{", b"[]", b"{}", b'"x"', b"null", b"\xff", b'{"type": 1}', b"{" * 100000):
        headers = {"Authorization": world.signed(), "Content-Type": "application/json"}
        async with world.http.post(world.url, data=body, headers=headers) as response:
            assert response.status == 400


async def test_other_content_types_are_415_and_other_methods_405(world: World) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        async with world.http.post(world.url, data=b"{}", headers={"Content-Type": kind}) as response:
            assert response.status == 415
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        async with world.http.request(method, world.url) as response:
            assert response.status == 405


async def test_five_megabytes_are_413(world: World) -> None:
    body = json.dumps(message(world.service_url, "x" * 5_000_000)).encode()
    headers = {"Authorization": world.signed(), "Content-Type": "application/json"}

    async with world.http.post(world.url, data=io.BytesIO(body), headers=headers) as response:
        assert response.status == 413


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ["type", "id", "text", "from", "recipient", "conversation", "entities", "channelData", "value", "locale",
          "attachments", "membersAdded", "timestamp", "replyToId", "name", "serviceUrl", "channelId", "action",
          "deliveryMode", "relatesTo", "textFormat", "suggestedActions", "expiration", "importance"]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from(FIELDS), value=json_values)
async def test_no_body_makes_the_bot_answer_5xx(world: World, field: str, value: Any) -> None:
    status, _ = await world.post({**message(world.service_url), field: value})

    assert status in {200, 201, 400, 403, 401}


async def test_a_press_with_any_value_is_never_5xx(world: World) -> None:
    for value in (None, 1, "x", [], {}, {"action": 1}, {"action": {"verb": [], "data": "x"}}):
        status, _ = await world.post(invoke(world.service_url, "adaptiveCard/action", value))

        assert status < 500


def test_the_tenant_in_use_is_the_tests_own() -> None:
    assert TENANT != OTHER
