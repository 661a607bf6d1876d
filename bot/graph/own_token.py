"""Graph as one person sees it: their Teams sign-in turned into their own Graph token (on-behalf-of)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

from azure.core.credentials import AccessToken

from bot.domain.sign_in import whose
from bot.errors import SignInFailed, SignInNeeded, Why
from bot.graph.client import Graph, permission_of
from bot.graph.credential import Credential, TokenRefused
from bot.graph.faults import explained
from bot.graph.wire import Wire

AssertionSource = Callable[[str], Awaitable[str | None]]
"""Object id -> the token this person signed in to Usher with (its audience is Usher's own API), None without one."""

_CONSENT_CODES = frozenset({"consent_required"})
_CONSENT_NUMBERS = frozenset({65001, 65004, 90094, 90008})
_AGAIN_CODES = frozenset({"invalid_grant", "interaction_required", "login_required"})
# The assertion is for another application: the connection is set up wrongly, and a new sign-in brings the same.
_MISDIRECTED = frozenset({50013, 500131, 500137})


class OwnTokens:
    """Opens Graph for one person at a time. `assertions` None: signing in is not set up."""

    def __init__(self, graph: Graph, credential: Credential, assertions: AssertionSource | None) -> None:
        self._graph = graph
        self._credential = credential
        self._assertions = assertions

    @property
    def configured(self) -> bool:
        """Whether people can sign in at all."""
        return self._assertions is not None and self._credential.can_act_for_people

    @asynccontextmanager
    async def wire(self, person_id: str, permission: str) -> AsyncIterator[Wire]:
        """Graph with this person's own token, good for the delegated `permission` ("EntitlementManagement.…").

        Nothing is kept beyond the credential's short memory: whoever signs out is signed out in every replica.
        Raises SignInNeeded, Transient, and SignInFailed when the set-up is wrong.
        """
        assertion = await self._assertion(person_id)
        scope = permission_of(self._graph.url, permission)
        with explained(writing=False):
            try:
                token = await self._credential.acquire_on_behalf_of(assertion, [scope])
            except TokenRefused as refused:
                raise _meant(refused) from refused
        try:
            yield self._graph.as_person(_Fixed(token))
        except SignInFailed as refused:
            # Graph no longer takes a token that had not ended: a password was changed, or access withdrawn.
            self._credential.forget_on_behalf_of(assertion)
            raise SignInNeeded(Why.SIGN_IN, refused.detail, code=refused.code) from refused

    async def _assertion(self, person_id: str) -> str:
        if self._assertions is None or not self._credential.can_act_for_people:
            raise SignInNeeded(Why.OFF)
        assertion = await self._assertions(person_id)
        if not assertion:
            raise SignInNeeded(Why.SIGN_IN)
        if whose(assertion) != person_id.casefold():
            raise SignInNeeded(Why.OTHER_ACCOUNT)
        return assertion


class _Fixed:
    """A credential that has one token, already there."""

    def __init__(self, token: AccessToken) -> None:
        self._token = token

    async def get_token(self, *scopes: str, claims: str | None = None, **_: Any) -> AccessToken:
        """The token; `claims`, Graph's wish for a stronger one, only a new sign-in can fulfil."""
        if claims:
            raise SignInNeeded(Why.SIGN_IN, "Graph asks for more than this sign-in proves", code="claims")
        return self._token

    async def close(self) -> None:
        """Nothing is open."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _meant(refused: TokenRefused) -> Exception:
    """What Entra's refusal asks of people.

    https://learn.microsoft.com/entra/identity-platform/reference-error-codes
    """
    code = f"AADSTS{refused.numbers[0]}" if refused.numbers else refused.code
    if refused.suberror in _CONSENT_CODES or refused.code in _CONSENT_CODES or set(refused.numbers) & _CONSENT_NUMBERS:
        return SignInNeeded(Why.CONSENT, str(refused), code=code)
    if set(refused.numbers) & _MISDIRECTED:
        return SignInFailed(str(refused), code=code)
    if refused.code in _AGAIN_CODES:
        return SignInNeeded(Why.SIGN_IN, str(refused), code=code)
    return refused
