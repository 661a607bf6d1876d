"""Let in only what the Teams channel signed for this bot and this tenant."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt

from bot.teams.hosts import LOOPBACK, ServiceHosts
from bot.teams.keys import SigningKeys

ISSUER = "https://api.botframework.com"
CHANNEL = "msteams"
LEEWAY_SECONDS = 300
LONGEST_TOKEN = 16 * 1024
REMEMBERED_SECONDS = 60.0


class NotAuthenticatedError(Exception):
    """The caller has not shown a token of the channel (HTTP 401)."""


class NotForUsError(Exception):
    """The channel vouches for the activity, but it is not one Usher serves (HTTP 403)."""


@dataclass(frozen=True)
class Caller:
    """The HTTP side of an inbound activity."""

    authorization: str
    peer: str
    host: str

    @property
    def is_local(self) -> bool:
        """True when both ends of the connection name this machine; a rebound DNS name does not pass."""
        return self.peer in LOOPBACK and self.host in LOOPBACK


class VerifiedTokens:
    """Tokens whose signature was checked within the last minute; the channel uses one for about an hour.

    A new edition of the keys empties it, so a key that was withdrawn takes its tokens along.
    """

    def __init__(self, *, seconds: Callable[[], float] = time.monotonic, most: int = 256) -> None:
        self._seconds = seconds
        self._most = most
        self._edition = -1
        self._held: dict[str, tuple[dict[str, Any], float]] = {}

    def get(self, token: str, edition: int) -> dict[str, Any] | None:
        """The claims, if the token was checked with these keys and lately."""
        claims, until = self._held.get(token, (None, 0.0))
        return claims if edition == self._edition and self._seconds() < until else None

    def keep(self, token: str, edition: int, claims: dict[str, Any]) -> None:
        """The token was found good just now."""
        if edition != self._edition or len(self._held) >= self._most:
            self._held.clear()
            self._edition = edition
        self._held[token] = (claims, self._seconds() + REMEMBERED_SECONDS)


@dataclass(frozen=True)
class Gate:
    """The checks each inbound activity passes, in one place.

    `tenant` and `app_id` are object ids. `anonymous` is for the simulated tenant: callers on this
    machine then need no token, while a token that is shown is still checked.
    """

    app_id: str
    tenant: str
    keys: SigningKeys
    hosts: ServiceHosts
    anonymous: bool = False
    verified: VerifiedTokens = field(default_factory=VerifiedTokens)

    async def admit(self, activity: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
        """Return the token's claims ({} for a local caller of the simulated tenant).

        Raises NotAuthenticatedError or NotForUsError. Source: Bot Connector authentication,
        https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
        """
        claims = await self._claims(caller)
        self._check_origin(activity)
        if claims and claims.get("serviceurl") != activity["serviceUrl"]:
            raise NotAuthenticatedError("the token is for another service URL")
        return claims

    async def _claims(self, caller: Caller) -> dict[str, Any]:
        if not caller.authorization and self.anonymous and caller.is_local:
            return {}
        scheme, _, token = caller.authorization.partition(" ")
        if scheme.lower() != "bearer" or not 0 < len(token) <= LONGEST_TOKEN:
            raise NotAuthenticatedError("no bearer token")
        known = self.verified.get(token, self.keys.edition)
        if known is not None:
            return known
        try:
            claims = await self._verify(token.strip())
        except jwt.PyJWTError as error:
            raise NotAuthenticatedError(f"{type(error).__name__}: {error}") from error
        self.verified.keep(token, self.keys.edition, claims)
        return claims

    async def _verify(self, token: str) -> dict[str, Any]:
        header = jwt.get_unverified_header(token)
        key_id = header.get("kid")
        if header.get("alg") != "RS256" or not isinstance(key_id, str):
            raise NotAuthenticatedError("not signed with RS256 and a named key")
        key = await self.keys.find(key_id)
        if key is None:
            raise NotAuthenticatedError("signed with a key the channel does not publish")
        if CHANNEL not in key.endorsements:
            raise NotAuthenticatedError("the key is not endorsed for Teams")
        claims: dict[str, Any] = jwt.decode(
            token,
            key.public,
            algorithms=["RS256"],
            audience=self.app_id,
            issuer=ISSUER,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "nbf", "iss", "aud", "serviceurl"], "strict_aud": True},
        )
        return claims

    def _check_origin(self, activity: Mapping[str, Any]) -> None:
        if activity.get("channelId") != CHANNEL:
            raise NotForUsError("not from the Teams channel")
        service_url = activity.get("serviceUrl")
        if not isinstance(service_url, str) or not self.hosts.allows(service_url):
            raise NotForUsError("the service URL is not on the allow-list")
        named = _tenants(activity)
        if not named or named != {self.tenant.lower()}:
            raise NotForUsError("from another tenant")


def _tenants(activity: Mapping[str, Any]) -> set[str]:
    """Collect every tenant id the activity names; Teams puts it in channelData and in conversation."""
    channel_data, conversation = activity.get("channelData"), activity.get("conversation")
    tenant = channel_data.get("tenant") if isinstance(channel_data, dict) else None
    named = (
        tenant.get("id") if isinstance(tenant, dict) else None,
        conversation.get("tenantId") if isinstance(conversation, dict) else None,
    )
    return {value.lower() if isinstance(value, str) else "?" for value in named if value is not None}
