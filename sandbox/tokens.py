"""Access tokens of the simulated tenant: minted by the login pages, read by Graph."""

import time
import uuid
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import jwt

from sandbox.errors import GraphError
from sandbox.permissions import Caller, granted
from sandbox.world import World

# A fixed secret: a token stays good when the sandbox is restarted, as it would with Entra.
SECRET = "usher-sandbox-login-signing-secret-not-a-credential"  # noqa: S105
LIFETIME = 3600
GRAPH_HOSTS = {
    "graph.microsoft.com",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "microsoftgraph.chinacloudapi.cn",
    "127.0.0.1",
    "localhost",
    "::1",
}
GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000"


def app_token(world: World, app_id: str, audience: str) -> str:
    """A token for the application itself; `roles` are the permissions the tenant has granted."""
    roles = sorted(granted(world)) if is_graph(audience) else []
    return _sign(world, audience, {"appid": app_id, "azp": app_id, "idtyp": "app", "oid": app_id, "roles": roles})


def user_token(
    world: World, user: dict[str, Any], app_id: str, audience: str, scopes: Iterable[str] | None = None
) -> str:
    """A token of a person: for Graph (`audience` a Graph host), or an SSO assertion for another resource."""
    scope = " ".join(sorted(scopes if scopes is not None else granted(world, delegated=True)))
    claims = {
        "appid": app_id,
        "azp": app_id,
        "idtyp": "user",
        "oid": user["id"],
        "name": user.get("displayName"),
        "preferred_username": user.get("userPrincipalName"),
        "upn": user.get("userPrincipalName"),
        "scp": scope if is_graph(audience) else "access_as_user",
    }
    return _sign(world, audience, claims)


def is_graph(audience: str) -> bool:
    """Whether an audience (URL or application id) means Microsoft Graph; loopback counts, for this sandbox."""
    return audience == GRAPH_APP_ID or (urlsplit(audience).hostname or "") in GRAPH_HOSTS


def read(token: str) -> dict[str, Any]:
    """The claims of a token this sandbox signed; jwt.InvalidTokenError for any other or an expired one."""
    claims: dict[str, Any] = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_aud": False})
    return claims


def caller_of(world: World, authorization: str | None) -> Caller:
    """Who calls Graph; GraphError 401 for a missing, foreign, expired or misdirected token."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise GraphError(401, "InvalidAuthenticationToken", "Access token is empty.")
    try:
        claims = read(token)
    except jwt.ExpiredSignatureError as error:
        raise GraphError(
            401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."
        ) from error
    except jwt.InvalidTokenError as error:
        raise GraphError(401, "InvalidAuthenticationToken", "IDX14100: JWT is not well formed.") from error
    if not is_graph(str(claims.get("aud"))):
        raise GraphError(401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.")
    if claims.get("tid") != world.tenant["id"]:
        raise GraphError(401, "InvalidAuthenticationToken", "Access token is from the wrong tenant.")
    if claims.get("idtyp") == "user":
        scopes = frozenset(str(claims.get("scp", "")).split())
        return Caller("delegated", claims["appid"], claims["oid"], scopes)
    return Caller("app", claims["appid"], None, frozenset(claims.get("roles", [])))


def _sign(world: World, audience: str, claims: dict[str, Any]) -> str:
    now = int(time.time())
    tenant = world.tenant["id"]
    base = {"iss": f"https://sts.windows.net/{tenant}/", "aud": audience, "tid": tenant, "ver": "1.0"}
    times = {"iat": now, "nbf": now - 5, "exp": now + LIFETIME, "uti": uuid.uuid4().hex}
    return jwt.encode({**base, **times, **claims}, SECRET, algorithm="HS256")
