"""Build the msal application that asks Entra for tokens, and the HTTP client it does so with."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import requests

PUBLIC_LOGIN = "https://login.microsoftonline.com"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
TRIES = 3
LONGEST_PAUSE_SECONDS = 4.0
PASSING = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Secret:
    """The application proves itself with a client secret."""

    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The application proves itself with a private key and its certificate, both in one PEM text."""

    pem: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class UserAssignedIdentity:
    """The application runs in Azure as a user-assigned managed identity and holds no secret."""


Proof = Secret | Certificate | UserAssignedIdentity


@dataclass(frozen=True, slots=True)
class Registration:
    """Which application asks, in which tenant, how it proves itself, and at which login host.

    `login_url` has no path. Plain http is accepted on loopback only.
    """

    tenant_id: str
    client_id: str
    proof: Proof
    login_url: str = PUBLIC_LOGIN

    def __post_init__(self) -> None:
        parts = urlsplit(self.login_url)
        if parts.scheme == "https" and parts.hostname:
            return
        if parts.scheme != "http" or parts.hostname not in LOOPBACK:
            raise ValueError("the login host must be https, or plain http on loopback")


def confidential_client(registration: Registration, http: LoginHttp) -> Any:
    """The msal application of a registration; reads the tenant's OpenID document, so call it off the loop.

    Raises ValueError for a tenant nobody knows and for a key or certificate that cannot be used.
    """
    import msal  # type: ignore[import-untyped]

    https = registration.login_url.startswith("https://")
    host = registration.login_url.rstrip("/") if https else PUBLIC_LOGIN
    return msal.ConfidentialClientApplication(
        registration.client_id,
        client_credential=_client_credential(registration.proof),
        authority=f"{host}/{registration.tenant_id}",
        http_client=http,
        # The authority comes from our own settings: asking the public cloud about it proves nothing
        # and fails in closed networks and private clouds.
        instance_discovery=False,
    )


def managed_identity_client(registration: Registration, http: LoginHttp) -> Any:
    """The msal client of the managed identity this process runs as."""
    import msal

    identity = msal.UserAssignedManagedIdentity(client_id=registration.client_id)
    return msal.ManagedIdentityClient(identity, http_client=http)


def login_http(registration: Registration) -> LoginHttp:
    """The HTTP client for a registration's login host; whoever opens it closes it."""
    import requests

    session = requests.Session()
    login = registration.login_url.rstrip("/")
    if login.startswith("https://"):
        return LoginHttp(session)
    session.trust_env = False
    return LoopbackHttp(session, login)


def _client_credential(proof: Proof) -> str | dict[str, str]:
    match proof:
        case Secret(value):
            return value
        case Certificate(pem):
            return {"private_key": pem, "public_certificate": pem}
        case UserAssignedIdentity():
            raise ValueError("a managed identity has no client credential")


@dataclass(slots=True)
class _Answer:
    """As much of an HTTP answer as msal reads."""

    status_code: int
    text: str
    headers: Mapping[str, str]

    def raise_for_status(self) -> None:
        """msal calls this for 5xx and takes what it raises for a lost connection."""
        import requests

        if self.status_code >= 400:
            raise requests.HTTPError(f"the login host answered {self.status_code}")


class LoginHttp:
    """What msal sends its requests with: every request has a timeout, and a passing fault is tried again.

    The retry sits here because msal remembers a 429 or 5xx for a minute and answers from memory.
    """

    def __init__(self, session: requests.Session) -> None:
        self._session = session

    def get(self, url: str, **options: Any) -> _Answer:
        return self._send("GET", url, options)

    def post(self, url: str, **options: Any) -> _Answer:
        return self._send("POST", url, options)

    def close(self) -> None:
        self._session.close()

    def _send(self, method: str, url: str, options: dict[str, Any]) -> _Answer:
        import requests

        options.setdefault("timeout", (CONNECT_SECONDS, READ_SECONDS))
        for attempt in range(1, TRIES + 1):
            try:
                response = self._session.request(method, self._address(url), **options)
            except (requests.ConnectionError, requests.Timeout):
                if attempt == TRIES:
                    raise
                time.sleep(_pause(attempt, None))
                continue
            if response.status_code not in PASSING or attempt == TRIES:
                return _Answer(response.status_code, response.text, _headers(response))
            time.sleep(_pause(attempt, response.headers.get("Retry-After")))
        raise AssertionError("the last try returns or raises")

    def _address(self, url: str) -> str:
        return url


class LoopbackHttp(LoginHttp):
    """Takes msal's requests, which must be https, to a login host on loopback that speaks plain http.

    The host's OpenID document names its own http addresses, which msal refuses, so they are turned back.
    """

    def __init__(self, session: requests.Session, login_url: str) -> None:
        super().__init__(session)
        self._login_url = login_url

    def _send(self, method: str, url: str, options: dict[str, Any]) -> _Answer:
        answer = super()._send(method, url, options)
        answer.text = answer.text.replace(self._login_url + "/", PUBLIC_LOGIN + "/")
        return answer

    def _address(self, url: str) -> str:
        if not url.startswith(PUBLIC_LOGIN + "/"):
            raise ValueError("a token request would leave the loopback login host")
        return self._login_url + url[len(PUBLIC_LOGIN) :]


def _headers(response: requests.Response) -> Mapping[str, str]:
    """msal keeps a refusal (400) for a minute, or as long as Retry-After says: a consent given meanwhile would not count."""
    return {**response.headers, "Retry-After": "0"} if response.status_code == 400 else response.headers


def _pause(attempt: int, retry_after: str | None) -> float:
    """Seconds until the next try; this runs in a worker thread that someone waits for, so never long."""
    wanted = float(retry_after) if retry_after and retry_after.isdecimal() else 0.2 * 2**attempt
    return min(wanted, LONGEST_PAUSE_SECONDS)
