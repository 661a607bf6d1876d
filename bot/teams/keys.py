"""Keep the channel's public signing keys at hand without ever blocking the event loop."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
import orjson
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from jwt.exceptions import InvalidKeyError
from yarl import URL

from bot.teams.hosts import is_loopback

log = logging.getLogger(__name__)

FETCH_SECONDS = 5.0
FRESH_SECONDS = 24 * 3600.0
# A token with an unknown key id may be the first after a key change, or noise. It may cause one fetch
# in this many seconds, so that strangers cannot make Usher hammer Microsoft; a few may come at once, so that
# keys which change soon after a fetch are used at once all the same.
REFETCH_SECONDS = 5.0
FETCHES_AT_ONCE = 3
SMALLEST_KEY_BITS = 2048


@dataclass(frozen=True)
class SigningKey:
    """One public key of the channel and the channels it may speak for."""

    public: RSAPublicKey
    endorsements: frozenset[str]


class KeysError(Exception):
    """The key document could not be read."""


class SigningKeys:
    """The keys of one OpenID document, fetched when first needed and again when a key id is unknown.

    Source: Bot Connector authentication, https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
    """

    def __init__(
        self,
        metadata_url: str,
        session: aiohttp.ClientSession,
        *,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = metadata_url
        self._session = session
        self._seconds = seconds
        self._keys: dict[str, SigningKey] = {}
        self._fetched = float("-inf")
        # When the last fetch was begun, or earlier as long as fetches are to spare.
        self._tried = float("-inf")
        self._looks = 0
        self._lock = asyncio.Lock()
        self.edition = 0

    async def find(self, key_id: str) -> SigningKey | None:
        """Return the key. An unknown one, or one a day old, is looked for: a few times in a row, then every few seconds."""
        if not self._usable(key_id):
            looks = self._looks
            async with self._lock:
                if self._looks == looks and self._may_fetch():  # else someone has just looked for all who waited
                    await self._refresh(key_id)
                    self._looks += 1
        return self._keys.get(key_id)

    async def fetch(self) -> int:
        """Look now, whatever is at hand; the number of keys found. Raises KeysError."""
        try:
            self._keys = await self._fetch()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise KeysError(f"{self._url}: {error!r}") from error
        self._fetched = self._seconds()
        self.edition += 1
        return len(self._keys)

    def _usable(self, key_id: str) -> bool:
        """A key a day old is still good while someone else looks, or has just looked in vain."""
        if key_id not in self._keys:
            return False
        fresh = self._seconds() - self._fetched < FRESH_SECONDS
        return fresh or self._lock.locked() or not self._may_fetch()

    def _may_fetch(self) -> bool:
        return self._seconds() - self._tried >= REFETCH_SECONDS

    async def _refresh(self, wanted: str) -> None:
        """Replace the keys; when the document cannot be read the old ones stay good."""
        earliest = self._seconds() - FETCHES_AT_ONCE * REFETCH_SECONDS
        self._tried = max(self._tried, earliest) + REFETCH_SECONDS
        try:
            count = await self.fetch()
        except KeysError as error:
            log.warning("signing keys not fetched", extra={"url": self._url, "error": repr(error)})
            return
        log.info("signing keys fetched", extra={"count": count, "wanted": wanted in self._keys})

    async def _fetch(self) -> dict[str, SigningKey]:
        document = await self._get(self._url)
        jwks_uri = document.get("jwks_uri")
        if not isinstance(jwks_uri, str) or not self._may_follow(jwks_uri):
            raise KeysError("the document names no key address that may be used")
        listed = (await self._get(jwks_uri)).get("keys")
        if not isinstance(listed, list):
            raise KeysError("the key set has no keys")
        found = dict(pair for pair in map(_read, listed) if pair is not None)
        if not found:
            raise KeysError("the key set has no RSA key that may be used")
        return found

    def _may_follow(self, jwks_uri: str) -> bool:
        try:
            secure = URL(jwks_uri).scheme == "https"
        except ValueError:
            return False
        return secure or (is_loopback(self._url) and is_loopback(jwks_uri))

    async def _get(self, url: str) -> Mapping[str, Any]:
        timeout = aiohttp.ClientTimeout(total=FETCH_SECONDS)
        async with self._session.get(url, timeout=timeout, allow_redirects=False) as response:
            if response.status != 200:
                raise KeysError(f"{url} answered {response.status}")
            body = orjson.loads(await response.read())
        if not isinstance(body, dict):
            raise KeysError(f"{url} is not a JSON object")
        return body


def _read(jwk: object) -> tuple[str, SigningKey] | None:
    """Read one entry of the key set; entries that are not strong RSA signing keys are passed over."""
    if not isinstance(jwk, dict) or jwk.get("kty") != "RSA" or not isinstance(jwk.get("kid"), str):
        return None
    try:
        public = cast("RSAPublicKey", RSAAlgorithm.from_jwk({k: jwk.get(k) for k in ("kty", "n", "e")}))
    except (InvalidKeyError, ValueError, TypeError):
        return None
    if public.key_size < SMALLEST_KEY_BITS:
        return None
    endorsed = jwk.get("endorsements")
    names = endorsed if isinstance(endorsed, list) else []
    return jwk["kid"], SigningKey(public, frozenset(n for n in names if isinstance(n, str)))
