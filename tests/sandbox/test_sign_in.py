"""Sign-in: msal gets tokens here as it does from Entra, and Graph takes no other."""

from datetime import UTC, datetime, timedelta

import jwt
import msal
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from sandbox import Server
from sandbox.seed.people import DAN, LEE
from sandbox.seed.tenant import TENANT_ID
from sandbox.tokens import SECRET, app_token

APP = "22222222-2222-4222-8222-222222222222"
PUBLIC = "https://login.microsoftonline.com"
SCOPE = ["https://graph.microsoft.com/.default"]


class Loopback:
    """An http client for msal that sends what is meant for Microsoft's sign-in host to the sandbox."""

    def __init__(self, url: str) -> None:
        self.url, self.session = url, requests.Session()

    def get(self, url, **more):
        return self._ask("GET", url, **more)

    def post(self, url, **more):
        return self._ask("POST", url, **more)

    def _ask(self, method, url, **more):
        answer = self.session.request(method, url.replace(PUBLIC, self.url), timeout=5, **more)
        answer._content = answer.content.replace(self.url.encode(), PUBLIC.encode())
        return answer

    def close(self):
        self.session.close()


@pytest.fixture(scope="module")
def server():
    with Server({"replicationSeconds": 0}) as running:
        yield running


@pytest.fixture
def control(server):
    def post(path, body):
        answer = requests.post(f"{server.url}/_control/{path}", json=body, timeout=5)
        return answer.json()

    yield post
    post("reset", {"replicationSeconds": 0})


@pytest.fixture
def application(server):
    made = []

    def make(credential="secret"):
        client = Loopback(server.url)
        made.append(client)
        return msal.ConfidentialClientApplication(
            APP,
            authority=f"{PUBLIC}/{TENANT_ID}",
            client_credential=credential,
            http_client=client,
            instance_discovery=False,
        )

    yield make
    for client in made:
        client.close()


@pytest.fixture(scope="module")
def certificate():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "usher")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return {
        "private_key": pem.decode(),
        "public_certificate": made.public_bytes(serialization.Encoding.PEM).decode(),
        "thumbprint": made.fingerprint(hashes.SHA1()).hex(),  # noqa: S303
    }


def me(server, token, path="/organization"):
    return requests.get(f"{server.url}/v1.0{path}", headers={"Authorization": f"Bearer {token}"}, timeout=5)


def test_msal_gets_an_app_token_with_a_secret(server, application):
    answer = application().acquire_token_for_client(SCOPE)

    assert 3000 < answer["expires_in"] < 3600
    assert me(server, answer["access_token"]).status_code == 200
    roles = jwt.decode(answer["access_token"], options={"verify_signature": False})["roles"]
    assert "User.Invite.All" in roles


def test_msal_gets_an_app_token_with_a_certificate(server, application, certificate):
    answer = application(certificate).acquire_token_for_client(SCOPE)

    assert me(server, answer["access_token"]).status_code == 200


def test_a_wrong_secret_is_refused_where_one_is_set(application, control):
    control("options", {"clientSecret": "right"})

    wrong = application("wrong").acquire_token_for_client(SCOPE)
    right = application("right").acquire_token_for_client(SCOPE)

    assert wrong["error"] == "invalid_client"
    assert wrong["error_codes"] == [7000215]
    assert "access_token" in right


def test_a_permission_that_is_withheld_is_not_in_the_token(application, control):
    control("options", {"withoutPermissions": ["User.Invite.All"]})

    answer = application().acquire_token_for_client(SCOPE)

    roles = jwt.decode(answer["access_token"], options={"verify_signature": False})["roles"]
    assert "User.Invite.All" not in roles
    assert "User.Read.All" in roles


def test_a_person_is_spoken_for_with_their_assertion(server, application, control):
    assertion = control("token", {"user": "lee@contoso.com"})["assertion"]

    answer = application().acquire_token_on_behalf_of(assertion, ["https://graph.microsoft.com/User.Read"])

    assert me(server, answer["access_token"], "/me").json()["id"] == LEE


@pytest.mark.parametrize("assertion", ["", "nonsense", "a.b.c"])
def test_a_malformed_assertion_is_refused(application, assertion):
    answer = application().acquire_token_on_behalf_of(assertion, SCOPE)

    assert answer["error"] == "invalid_grant"


def test_an_assertion_for_another_application_is_refused(application, control):
    assertion = control("token", {"user": "lee@contoso.com", "audience": "api://other"})["assertion"]

    assert application().acquire_token_on_behalf_of(assertion, SCOPE)["error_codes"] == [50013]


def test_without_consent_the_person_is_asked_for_it(application, control):
    assertion = control("token", {"user": "lee@contoso.com"})["assertion"]
    control("options", {"withoutConsent": True})

    answer = application().acquire_token_on_behalf_of(assertion, SCOPE)

    assert (answer["error"], answer["suberror"]) == ("invalid_grant", "consent_required")


def test_a_blocked_person_is_not_spoken_for(application, control):
    assertion = control("token", {"user": DAN})["assertion"]

    assert application().acquire_token_on_behalf_of(assertion, SCOPE)["error_codes"] == [50057]


def test_a_token_for_the_connector_does_not_open_graph(server, application):
    token = application().acquire_token_for_client(["https://api.botframework.com/.default"])["access_token"]

    answer = me(server, token)

    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "InvalidAuthenticationToken")


def test_an_unknown_tenant_has_no_sign_in(server):
    form = {"client_id": APP, "client_secret": "x", "grant_type": "client_credentials", "scope": SCOPE[0]}

    answer = requests.post(f"{server.url}/elsewhere.com/oauth2/v2.0/token", data=form, timeout=5)

    assert answer.status_code == 400
    assert answer.json()["error_codes"] == [90002]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"client_id": ""}, "invalid_request"),
        ({"client_secret": ""}, "invalid_client"),
        ({"scope": ""}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}, "invalid_client"),
    ],
)
def test_an_incomplete_request_is_refused_with_its_own_error(server, change, error):
    form = {"client_id": APP, "client_secret": "x", "grant_type": "client_credentials", "scope": SCOPE[0]} | change

    answer = requests.post(f"{server.url}/{TENANT_ID}/oauth2/v2.0/token", data=form, timeout=5)

    assert answer.json()["error"] == error


@pytest.mark.parametrize("authorization", [None, "Bearer", "Basic abc", "Bearer nonsense"])
def test_graph_takes_no_token_that_is_missing_or_foreign(server, authorization):
    headers = {"Authorization": authorization} if authorization else {}

    answer = requests.get(f"{server.url}/v1.0/users", headers=headers, timeout=5)

    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "InvalidAuthenticationToken")


def test_an_expired_token_and_one_of_another_tenant_are_refused(server):
    good = jwt.decode(app_token(server.world, APP, "https://graph.microsoft.com"), options={"verify_signature": False})
    expired = jwt.encode(good | {"exp": 1}, SECRET, algorithm="HS256")
    foreign = jwt.encode(good | {"tid": "elsewhere"}, SECRET, algorithm="HS256")

    assert [me(server, token).status_code for token in (expired, foreign)] == [401, 401]


def test_discovery_names_this_host(server):
    document = requests.get(f"{server.url}/{TENANT_ID}/v2.0/.well-known/openid-configuration", timeout=5).json()
    instance = requests.get(f"{server.url}/common/discovery/instance", timeout=5).json()

    assert document["token_endpoint"] == f"{server.url}/{TENANT_ID}/oauth2/v2.0/token"
    assert instance["metadata"][0]["aliases"] == [server.url.removeprefix("http://")]
