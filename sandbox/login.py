"""The sign-in host: discovery documents and the token endpoint, as msal asks for them."""

import asyncio
import uuid
from typing import Any

import jwt
from aiohttp import web

from sandbox import faults, tokens
from sandbox.web import WORLD, cut
from sandbox.world import World

CERTIFICATE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ON_BEHALF_OF = "urn:ietf:params:oauth:grant-type:jwt-bearer"


class Refused(Exception):
    """An OAuth error: `error`, the AADSTS number and what it says."""

    def __init__(self, error: str, number: int, message: str, status: int = 400, suberror: str = "") -> None:
        super().__init__(message)
        self.error, self.number, self.message, self.status, self.suberror = error, number, message, status, suberror


def attach(app: web.Application) -> None:
    """Adds the sign-in routes."""
    app.router.add_get("/common/discovery/instance", instance)
    app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", configuration)
    app.router.add_get("/{tenant}/discovery/v2.0/keys", keys)
    app.router.add_post("/{tenant}/oauth2/v2.0/token", token)


async def instance(request: web.Request) -> web.Response:
    """Instance discovery: this host is its own authority."""
    host = request.host
    return web.json_response(
        {
            "tenant_discovery_endpoint": f"{_base(request)}/common/v2.0/.well-known/openid-configuration",
            "api-version": "1.1",
            "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
        }
    )


async def configuration(request: web.Request) -> web.Response:
    """The tenant's OpenID configuration."""
    base = f"{_base(request)}/{request.match_info['tenant']}"
    return web.json_response(
        {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "jwks_uri": f"{base}/discovery/v2.0/keys",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
            "response_types_supported": ["code", "id_token"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "tenant_region_scope": "EU",
            "cloud_instance_name": request.host,
        }
    )


async def keys(request: web.Request) -> web.Response:
    """No public keys: tokens of the sandbox are signed with a shared secret and read by the sandbox alone."""
    return web.json_response({"keys": []})


async def token(request: web.Request) -> web.StreamResponse:
    """Client credentials (secret or certificate) and on-behalf-of."""
    world = request.app[WORLD]
    form = {key: str(value) for key, value in (await request.post()).items()}
    world.settle()
    fault = faults.take(world, "POST", request.path)
    if fault is not None and fault.delay:
        await asyncio.sleep(fault.delay)
    if fault is not None and (fault.cut or fault.drop):
        return cut(request)
    try:
        answer = _issue(world, request.match_info["tenant"], form, fault.status if fault else None)
    except Refused as refused:
        headers = {"Retry-After": fault.retry_after} if fault and fault.retry_after else {}
        return web.json_response(_error(world, refused), status=refused.status, headers=headers)
    return web.json_response(answer, headers={"Cache-Control": "no-store"})


def _issue(world: World, tenant: str, form: dict[str, str], broken: int | None) -> dict[str, Any]:
    if broken is not None:
        raise Refused("temporarily_unavailable", 90033, "A transient error has occurred.", broken)
    _check_tenant(world, tenant)
    client = form.get("client_id", "")
    if not client:
        raise Refused("invalid_request", 900144, "The request body must contain the parameter: 'client_id'.")
    _check_credential(world, client, form)
    audience = _audience(form.get("scope", ""))
    if form.get("grant_type") == "client_credentials":
        return _answer(tokens.app_token(world, client, audience))
    if form.get("grant_type") == ON_BEHALF_OF and form.get("requested_token_use") == "on_behalf_of":
        return _on_behalf_of(world, client, audience, form)
    raise Refused("unsupported_grant_type", 70003, f"The grant type '{form.get('grant_type')}' is not supported.")


def _on_behalf_of(world: World, client: str, audience: str, form: dict[str, str]) -> dict[str, Any]:
    try:
        claims = tokens.read(form.get("assertion", ""))
    except jwt.ExpiredSignatureError as error:
        raise Refused("invalid_grant", 500133, "Assertion is not within its valid time range.") from error
    except jwt.InvalidTokenError as error:
        raise Refused("invalid_grant", 50027, "JWT token is invalid or malformed.") from error
    if client not in str(claims.get("aud")):
        raise Refused("invalid_grant", 50013, "Assertion failed audience check: it was issued for another application.")
    user = world.get("users", str(claims.get("oid")))
    if user is None or claims.get("tid") != world.tenant["id"]:
        raise Refused("invalid_grant", 50034, "The user account does not exist in the directory.")
    if not user.get("accountEnabled", True):
        raise Refused("invalid_grant", 50057, "The user account is disabled.")
    if world.options["interactionRequired"]:
        message = "Due to a configuration change made by your administrator you must use multi-factor authentication."
        raise Refused("interaction_required", 50076, message, suberror="basic_action")
    if world.options["withoutConsent"]:
        message = "The user or administrator has not consented to use the application."
        raise Refused("invalid_grant", 65001, message, suberror="consent_required")
    asked = {part.rsplit("/", 1)[-1] for part in form["scope"].split()} - {"openid", "profile", "offline_access"}
    scopes = None if ".default" in asked else asked
    answer = _answer(tokens.user_token(world, user, client, audience, scopes))
    return {**answer, "scope": form["scope"], "refresh_token": f"sandbox-{uuid.uuid4().hex}"}


def _check_tenant(world: World, tenant: str) -> None:
    names = {world.tenant["id"], "botframework.com", *(domain["id"] for domain in world.rows("domains"))}
    if tenant.lower() not in names:
        message = f"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID."
        raise Refused("invalid_request", 90002, message)


def _check_credential(world: World, client: str, form: dict[str, str]) -> None:
    if form.get("client_assertion_type") == CERTIFICATE:
        _check_certificate(client, form.get("client_assertion", ""))
        return
    if not form.get("client_secret"):
        message = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."
        raise Refused("invalid_client", 7000218, message, 401)
    wanted = world.options["clientSecret"]
    if wanted is not None and form["client_secret"] != wanted:
        raise Refused("invalid_client", 7000215, f"Invalid client secret provided for app '{client}'.", 401)


def _check_certificate(client: str, assertion: str) -> None:
    try:
        header = jwt.get_unverified_header(assertion)
        claims = jwt.decode(assertion, options={"verify_signature": False, "verify_exp": True, "verify_aud": False})
    except jwt.InvalidTokenError as error:
        raise Refused("invalid_client", 50027, "JWT token is invalid or malformed.", 401) from error
    if claims.get("iss") != client or claims.get("sub") != client:
        raise Refused("invalid_client", 700021, "Client assertion audience or issuer claim does not match.", 401)
    if not str(claims.get("aud", "")).endswith("/oauth2/v2.0/token"):
        raise Refused("invalid_client", 700023, "Client assertion audience claim does not match realm issuer.", 401)
    if header.get("alg") not in ("RS256", "PS256") or not ({"x5t", "x5t#S256"} & set(header)):
        raise Refused("invalid_client", 700027, "Client assertion failed signature validation.", 401)


def _audience(scope: str) -> str:
    resources = [part for part in scope.split() if part not in ("openid", "profile", "offline_access")]
    if not resources:
        raise Refused("invalid_request", 900144, "The request body must contain the parameter: 'scope'.")
    first = resources[0]
    if "://" not in first:
        return first.removesuffix("/.default") if first.endswith("/.default") else tokens.GRAPH_APP_ID
    return first.rsplit("/", 1)[0]


def _answer(access_token: str) -> dict[str, Any]:
    lifetime = tokens.LIFETIME - 1
    return {"token_type": "Bearer", "expires_in": lifetime, "ext_expires_in": lifetime, "access_token": access_token}


def _error(world: World, refused: Refused) -> dict[str, Any]:
    trace = str(uuid.uuid4())
    body = {
        "error": refused.error,
        "error_description": f"AADSTS{refused.number}: {refused.message} Trace ID: {trace}",
        "error_codes": [refused.number],
        "timestamp": world.clock.text().replace("T", " "),
        "trace_id": trace,
        "correlation_id": str(uuid.uuid4()),
        "error_uri": f"https://login.microsoftonline.com/error?code={refused.number}",
    }
    return {**body, "suberror": refused.suberror} if refused.suberror else body


def _base(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}"
