"""Tokens from the simulated tenant's own endpoint: by secret, by certificate, and for a person."""

import datetime as dt

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from bot import errors
from bot.graph.client import open_graph
from bot.graph.credential import Credential, TokenRefused
from bot.graph.login import Certificate, Registration, Secret
from bot.graph.people import person
from tests.contracts.tenant import BOT, MEGAN, TENANT, Tenant

GRAPH = "https://graph.microsoft.com/.default"


@pytest.fixture(scope="session")
def pem() -> str:
    """A private key and its self-signed certificate in one text."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "usher")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return (private + certificate.public_bytes(serialization.Encoding.PEM)).decode()


async def test_a_certificate_opens_graph(tenant: Tenant, pem: str):
    registration = Registration(TENANT, BOT, Certificate(pem), login_url=tenant.url)
    async with Credential(registration) as credential:
        graph = open_graph(tenant.url, credential)

        megan = await person(graph, MEGAN)

        await graph.close()
    assert megan
    assert megan.name == "Megan Bowen"


async def test_a_broken_certificate_is_a_refusal_not_an_outage(tenant: Tenant):
    registration = Registration(TENANT, BOT, Certificate("not a key"), login_url=tenant.url)

    async with Credential(registration) as credential:
        with pytest.raises(TokenRefused, match="invalid_configuration"):
            await credential.get_token(GRAPH)


async def test_a_wrong_secret_is_a_failed_sign_in(tenant: Tenant):
    tenant.reset(clientSecret="right")

    with pytest.raises(errors.SignInFailed) as caught:
        await tenant.directory.person(MEGAN)

    assert caught.value.code == "invalid_client"


async def test_a_tenant_nobody_knows_is_a_failed_sign_in(tenant: Tenant):
    registration = Registration("aaaaaaaa-0000-4000-8000-000000000000", BOT, Secret("s"), login_url=tenant.url)
    async with Credential(registration) as credential:
        with pytest.raises(TokenRefused):
            await credential.get_token(GRAPH)


async def test_a_login_host_that_breaks_down_is_transient(tenant: Tenant):
    tenant.break_down({"method": "POST", "path": "oauth2", "status": 503, "retryAfter": 0})

    with pytest.raises(errors.Transient):
        await tenant.directory.person(MEGAN)


async def test_a_person_s_own_token_speaks_for_them(tenant: Tenant):
    assertion = _assertion(tenant, "adele@contoso.com")

    token = await tenant.credential.acquire_on_behalf_of(assertion, [GRAPH])

    answer = _ask(tenant, token.token)
    assert answer.status_code == 200
    assert answer.json()["value"] is not None


async def test_a_person_s_token_needs_their_consent(tenant: Tenant):
    tenant.reset(withoutConsent=True)
    assertion = _assertion(tenant, "adele@contoso.com")

    with pytest.raises(TokenRefused) as caught:
        await tenant.credential.acquire_on_behalf_of(assertion, [GRAPH])

    assert caught.value.code == "invalid_grant"


def _assertion(tenant: Tenant, user: str) -> str:
    answer = tenant.control.post("/_control/token", json={"user": user})
    return answer.raise_for_status().json()["assertion"]


def _ask(tenant: Tenant, token: str) -> httpx.Response:
    queue = (
        "/v1.0/identityGovernance/entitlementManagement/accessPackageAssignmentApprovals"
        "/filterByCurrentUser(on='approver')"
    )
    return tenant.control.get(queue, headers={"Authorization": f"Bearer {token}"})
