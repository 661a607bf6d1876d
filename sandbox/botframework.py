"""A Bot Framework issuer for tests: OpenID document, rotating keys and signed inbound channel tokens."""

import base64
import time
import uuid
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER = "https://api.botframework.com"
PATH = "/_control/botframework"


def _number(value: int) -> str:
    raw = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class SigningKey:
    """One RSA key with its JWK (endorsed for the Teams channel)."""

    def __init__(self, endorsements: tuple[str, ...] = ("msteams",)) -> None:
        self.kid = uuid.uuid4().hex
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        numbers = self.private.public_key().public_numbers()
        self.jwk = {
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.kid,
            "x5t": self.kid,
            "n": _number(numbers.n),
            "e": _number(numbers.e),
            "endorsements": list(endorsements),
        }


class Issuer:
    """The channel's signer; a key is made when first needed and replaced by `rotate`."""

    def __init__(self) -> None:
        self._keys: list[SigningKey] = []

    def published(self) -> list[SigningKey]:
        """The keys anyone may see, newest first."""
        if not self._keys:
            self._keys.append(SigningKey())
        return self._keys

    def rotate(self, keep_old: bool) -> str:
        """Signs with a new key from now on; the old ones stay published only when asked. Returns the new key id."""
        self._keys = [SigningKey(), *(self._keys if keep_old else [])]
        return self._keys[0].kid

    def token(self, asked: dict[str, Any]) -> str:
        """A token with the channel's claims, each replaced by what `asked` names (None removes it)."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": "", "serviceurl": "", "nbf": now - 60, "iat": now, "exp": now + 3600, **asked}
        claims.pop("expiresIn", None)
        if "expiresIn" in asked:
            claims["exp"] = now + int(asked["expiresIn"])
        key = self.published()[0]
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(kept, key.private, algorithm="RS256", headers={"kid": key.kid, "x5t": key.kid})


def attach(app: web.Application) -> None:
    """Adds the issuer's routes."""
    issuer = Issuer()

    async def document(request: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": ISSUER,
                "authorization_endpoint": "https://invalid.botframework.com",
                "jwks_uri": f"{request.scheme}://{request.host}{PATH}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            }
        )

    async def keys(request: web.Request) -> web.Response:
        return web.json_response({"keys": [key.jwk for key in issuer.published()]})

    async def mint(request: web.Request) -> web.Response:
        asked = await request.json() if request.can_read_body else {}
        if not isinstance(asked, dict):
            return web.json_response({"error": "the claims must be an object"}, status=400)
        return web.json_response({"token": issuer.token(asked)})

    async def rotate(request: web.Request) -> web.Response:
        asked = await request.json() if request.can_read_body else {}
        return web.json_response({"kid": issuer.rotate(bool(asked.get("keepOld")))})

    app.router.add_get(f"{PATH}/openid", document)
    app.router.add_get(f"{PATH}/keys", keys)
    app.router.add_post(f"{PATH}/token", mint)
    app.router.add_post(f"{PATH}/rotate", rotate)
