"""The channel's issuer: tokens that verify against its published keys, before and after a rollover."""

import time

import jwt


async def keys(tenant):
    document = await tenant.control("botframework/openid")
    async with tenant.client.get(document["jwks_uri"].removeprefix(tenant.url)) as response:
        return {key["kid"]: key for key in (await response.json())["keys"]}


def claims(token, published):
    key = jwt.PyJWK(published[jwt.get_unverified_header(token)["kid"]])
    return jwt.decode(token, key.key, algorithms=["RS256"], audience="bot")


async def test_a_token_verifies_and_carries_what_was_asked(tenant):
    asked = {"aud": "bot", "serviceurl": "http://127.0.0.1:1/"}

    token = (await tenant.control("botframework/token", asked))["token"]

    read = claims(token, await keys(tenant))
    assert read["iss"] == "https://api.botframework.com"
    assert read["serviceurl"] == "http://127.0.0.1:1/"


async def test_keys_are_endorsed_for_teams(tenant):
    assert [key["endorsements"] for key in (await keys(tenant)).values()] == [["msteams"]]


async def test_after_a_rollover_the_old_key_is_gone_unless_kept(tenant):
    before = set(await keys(tenant))

    kept = await tenant.control("botframework/rotate", {"keepOld": True})
    both = set(await keys(tenant))
    await tenant.control("botframework/rotate", {})
    after = set(await keys(tenant))

    assert both == before | {kept["kid"]}
    assert not after & both


async def test_claims_can_be_removed_and_tokens_made_stale(tenant):
    token = (await tenant.control("botframework/token", {"aud": "bot", "serviceurl": None, "expiresIn": -10}))["token"]

    read = jwt.decode(token, options={"verify_signature": False})

    assert "serviceurl" not in read
    assert read["exp"] < time.time()
