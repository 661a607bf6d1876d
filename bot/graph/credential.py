"""Hand out Entra tokens to msgraph and azure-core: off the event loop, cached, one refresh at a time."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, Self

from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError, ServiceRequestError

from bot.graph.login import (
    LoginHttp,
    Registration,
    UserAssignedIdentity,
    confidential_client,
    login_http,
    managed_identity_client,
)

REFRESH_AHEAD_SECONDS = 300.0
REMEMBERED_PEOPLE = 1000
Key = tuple[str, ...]


class TokenRefused(ClientAuthenticationError):
    """Entra answered the token request with an error.

    `code` is OAuth's (`invalid_client`, `interaction_required` ...), `claims` what a person must prove
    in a new sign-in, or empty, `suberror` Entra's closer word (`consent_required` ...), `numbers` those
    behind AADSTS.
    """

    def __init__(
        self, code: str, description: str, claims: str = "", *, suberror: str = "", numbers: tuple[int, ...] = ()
    ) -> None:
        super().__init__(f"{code}: {description}")
        self.code = code
        self.claims = claims
        self.suberror = suberror
        self.numbers = numbers


class LoginUnreachable(ServiceRequestError):
    """The login host could not be reached, or answered with something that is no token answer."""


@dataclass(frozen=True, slots=True)
class _Held:
    token: AccessToken
    refresh_on: float


class Credential:
    """An azure-core `AsyncTokenCredential` over msal; one per process.

    A token is refreshed five minutes before it ends (half-way, when it lives shorter than ten). While the
    login host is away, a token that has not ended yet is still handed out.
    """

    def __init__(self, registration: Registration, *, now: Callable[[], float] = time.time) -> None:
        self._registration = registration
        self._now = now
        self._app: Any = None
        self._http: LoginHttp | None = None
        self._app_lock = asyncio.Lock()
        self._held: OrderedDict[Key, _Held] = OrderedDict()
        self._flights: dict[Key, asyncio.Future[AccessToken]] = {}

    async def get_token(
        self,
        *scopes: str,
        claims: str | None = None,
        tenant_id: str | None = None,
        enable_cae: bool = False,
        **_: Any,
    ) -> AccessToken:
        """The application's own token for `scopes` (`https://<host>/.default`).

        `claims` is a claims challenge from the resource; with it the cache is passed by. Raises
        TokenRefused or LoginUnreachable.
        """
        del tenant_id, enable_cae  # one tenant, and continuous access evaluation arrives as claims
        return await self._token(
            ("app", *scopes), lambda app: self._ask_as_app(app, scopes, claims), force=bool(claims)
        )

    @property
    def can_act_for_people(self) -> bool:
        """Whether people's own tokens can be asked for; a managed identity has no way to."""
        return not isinstance(self._registration.proof, UserAssignedIdentity)

    async def acquire_on_behalf_of(self, assertion: str, scopes: list[str]) -> AccessToken:
        """A token of the person whose Teams sign-in token is `assertion`, for `scopes`.

        msal never answers this from its cache, so the answer is kept here per assertion. Raises
        TokenRefused with code `interaction_required` or `invalid_grant` when the person must sign in or
        consent again.
        https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow
        """
        if not self.can_act_for_people:
            raise TokenRefused("unauthorized_client", "a managed identity cannot act for a person")
        return await self._token(
            ("person", _digest(assertion), *scopes),
            lambda app: app.acquire_token_on_behalf_of(user_assertion=assertion, scopes=list(scopes)),
        )

    def forget_on_behalf_of(self, assertion: str) -> None:
        """Every token held for this assertion is asked for anew next time: Graph has refused one."""
        for key in [one for one in self._held if one[:2] == ("person", _digest(assertion))]:
            del self._held[key]

    async def close(self) -> None:
        """Forget every token, stop waiting for the ones on their way, and close the connections."""
        for flight in list(self._flights.values()):
            flight.cancel()
        self._held.clear()
        self._app = None
        if self._http is not None:
            self._http.close()
            self._http = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.close()

    async def _token(self, key: Key, ask: Callable[[Any], dict[str, Any]], *, force: bool = False) -> AccessToken:
        """The held token, or the outcome of the one refresh everybody who asks meanwhile shares."""
        held = self._held.get(key)
        if held and not force and held.refresh_on > self._now():
            return held.token
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.ensure_future(self._refresh(key, ask, None if force else held))
            self._flights[key] = flight
            flight.add_done_callback(lambda done: self._landed(key, done))
        # Shielded: a caller who gives up must not take the token away from the others.
        return await asyncio.shield(flight)

    def _landed(self, key: Key, flight: asyncio.Future[AccessToken]) -> None:
        self._flights.pop(key, None)
        if not flight.cancelled():
            flight.exception()  # read here, so that a failure nobody waits for is not reported as lost

    async def _refresh(self, key: Key, ask: Callable[[Any], dict[str, Any]], held: _Held | None) -> AccessToken:
        asked = self._now()
        try:
            answer = await self._off_loop(ask)
        except LoginUnreachable:
            if held and held.token.expires_on > asked:
                return held.token
            raise
        if "access_token" not in answer:
            raise _refused(answer)
        return self._keep(key, asked, answer)

    def _keep(self, key: Key, asked: float, answer: dict[str, Any]) -> AccessToken:
        lifetime = float(answer.get("expires_in", 0))
        token = AccessToken(str(answer["access_token"]), int(asked + lifetime))
        ahead = min(REFRESH_AHEAD_SECONDS, lifetime / 2)
        self._held[key] = _Held(token, asked + lifetime - ahead)
        self._held.move_to_end(key)
        while len(self._held) > REMEMBERED_PEOPLE:
            self._held.popitem(last=False)
        return token

    async def _off_loop(self, ask: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """msal is synchronous: both the call and the first building of the application run in a thread."""
        app = await self._application()
        return await asyncio.to_thread(_asked, ask, app)

    async def _application(self) -> Any:
        async with self._app_lock:
            if self._app is None:
                self._http = self._http or login_http(self._registration)
                managed = isinstance(self._registration.proof, UserAssignedIdentity)
                build = managed_identity_client if managed else confidential_client
                self._app = await asyncio.to_thread(_asked, partial(build, self._registration), self._http)
        return self._app

    def _ask_as_app(self, app: Any, scopes: tuple[str, ...], claims: str | None) -> dict[str, Any]:
        if isinstance(self._registration.proof, UserAssignedIdentity):
            resource = scopes[0].removesuffix("/.default")
            return dict(app.acquire_token_for_client(resource=resource, claims_challenge=claims))
        return dict(app.acquire_token_for_client(list(scopes), claims_challenge=claims))


def _digest(assertion: str) -> str:
    return hashlib.sha256(assertion.encode()).hexdigest()


def _refused(answer: dict[str, Any]) -> TokenRefused:
    numbers = answer.get("error_codes")
    return TokenRefused(
        str(answer.get("error", "no_token")),
        str(answer.get("error_description", "")),
        str(answer.get("claims") or ""),
        suberror=str(answer.get("suberror") or ""),
        numbers=tuple(one for one in numbers if isinstance(one, int)) if isinstance(numbers, list) else (),
    )


def _asked(ask: Callable[[Any], Any], of: Any) -> Any:
    """The answer of an msal call; its faults become LoginUnreachable or TokenRefused."""
    import requests
    from msal.exceptions import MsalError  # type: ignore[import-untyped]

    try:
        return ask(of)
    except (requests.RequestException, MsalError, json.JSONDecodeError, RuntimeError) as fault:
        raise LoginUnreachable(f"the login host gave no usable answer: {type(fault).__name__}") from fault
    except ValueError as fault:
        # msal says so of a tenant nobody knows and of a key or certificate it cannot use.
        raise TokenRefused("invalid_configuration", str(fault)) from fault
