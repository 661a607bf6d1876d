"""The credential: what is asked of the login host, how often, and what its answers become."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.graph.credential import Credential, LoginUnreachable, TokenRefused
from bot.graph.login import Registration, Secret, UserAssignedIdentity
from tests.graph.authority import BOT, TENANT, Authority

GRAPH = "https://graph.microsoft.com/.default"


class Watch:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def credential(authority: Authority, watch: Watch) -> AsyncIterator[Credential]:
    registration = Registration(TENANT, BOT, Secret("s"), login_url=authority.url)
    async with Credential(registration, now=watch) as made:
        yield made


async def test_fifty_first_calls_are_one_request(credential: Credential, authority: Authority):
    authority.delay = 0.05

    tokens = await asyncio.gather(*(credential.get_token(GRAPH) for _ in range(50)))

    assert len({token.token for token in tokens}) == 1
    assert authority.asked == {"document": 1, "client_credentials": 1}


async def test_a_token_is_kept_until_five_minutes_before_its_end(
    credential: Credential, authority: Authority, watch: Watch
):
    first = await credential.get_token(GRAPH)
    watch.seconds += 3299
    kept = await credential.get_token(GRAPH)

    assert kept.token == first.token
    assert authority.asked["client_credentials"] == 1


async def test_the_end_of_a_token_is_told_in_epoch_seconds(credential: Credential, watch: Watch):
    token = await credential.get_token(GRAPH)

    assert token.expires_on == int(watch.seconds) + 3600


async def test_a_caller_who_gives_up_leaves_the_token_to_the_others(credential: Credential, authority: Authority):
    authority.delay = 0.1
    impatient = asyncio.ensure_future(credential.get_token(GRAPH))
    patient = asyncio.ensure_future(credential.get_token(GRAPH))
    await asyncio.sleep(0)

    impatient.cancel()

    assert (await patient).token
    assert authority.asked["client_credentials"] == 1


async def test_a_passing_fault_of_the_login_host_goes_unnoticed(credential: Credential, authority: Authority):
    authority.failures = [503, 429]

    assert (await credential.get_token(GRAPH)).token
    assert authority.asked["client_credentials"] == 3


async def test_a_refusal_carries_oauth_s_code_and_the_claims_to_prove(credential: Credential, authority: Authority):
    authority.refusal = {"error": "interaction_required", "error_description": "AADSTS50076", "claims": '{"a":1}'}

    with pytest.raises(TokenRefused) as caught:
        await credential.acquire_on_behalf_of("assertion", [GRAPH])

    assert (caught.value.code, caught.value.claims) == ("interaction_required", '{"a":1}')


async def test_a_refusal_is_not_remembered(credential: Credential, authority: Authority):
    authority.refusal = {"error": "invalid_client", "error_description": "AADSTS7000215"}
    with pytest.raises(TokenRefused):
        await credential.get_token(GRAPH)

    authority.refusal = {}

    assert (await credential.acquire_on_behalf_of("assertion", [GRAPH])).token


async def test_each_person_has_a_token_of_their_own_asked_for_once(credential: Credential, authority: Authority):
    alex = await credential.acquire_on_behalf_of("alex", [GRAPH])
    megan = await credential.acquire_on_behalf_of("megan", [GRAPH])
    again = await credential.acquire_on_behalf_of("alex", [GRAPH])

    assert alex.token == again.token != megan.token
    assert authority.asked["jwt-bearer"] == 2


async def test_a_claims_challenge_passes_the_cache_by(credential: Credential, authority: Authority):
    first = await credential.get_token(GRAPH)
    second = await credential.get_token(GRAPH, claims='{"access_token":{"nbf":{"essential":true}}}')

    assert first.token != second.token


async def test_a_token_still_good_outlives_the_login_host(credential: Credential, authority: Authority, watch: Watch):
    first = await credential.get_token(GRAPH)
    await authority.server.close()
    watch.seconds += 3400

    assert (await credential.get_token(GRAPH)).token == first.token


async def test_a_login_host_that_is_away_is_unreachable(authority: Authority):
    registration = Registration(TENANT, BOT, Secret("s"), login_url=authority.url)
    await authority.server.close()

    async with Credential(registration) as credential:
        with pytest.raises(LoginUnreachable):
            await credential.get_token(GRAPH)


async def test_the_loop_goes_on_while_the_login_host_is_slow(credential: Credential, authority: Authority):
    authority.delay = 0.2
    waiting = asyncio.ensure_future(credential.get_token(GRAPH))
    turns = 0

    while not waiting.done():
        await asyncio.sleep(0.005)
        turns += 1

    assert turns > 10


async def test_a_managed_identity_cannot_act_for_a_person():
    async with Credential(Registration(TENANT, BOT, UserAssignedIdentity())) as credential:
        with pytest.raises(TokenRefused, match="unauthorized_client"):
            await credential.acquire_on_behalf_of("assertion", [GRAPH])


@pytest.mark.parametrize(
    "login_url", ["http://login.example", "http://127.0.0.1.example", "ftp://localhost", "login.microsoftonline.com"]
)
def test_plain_http_is_for_loopback_only(login_url: str):
    with pytest.raises(ValueError, match="https"):
        Registration(TENANT, BOT, Secret("s"), login_url=login_url)


def test_a_secret_is_not_shown():
    assert "hush" not in repr(Registration(TENANT, BOT, Secret("hush")))
