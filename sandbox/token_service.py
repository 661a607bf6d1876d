"""The Bot Framework's token service: who has signed in to the bot, the exchange of SSO tokens, and codes to type.

https://learn.microsoft.com/azure/bot-service/bot-builder-concept-authentication
"""

import asyncio
import base64
import binascii
import json
import secrets
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import jwt
from aiohttp import web

from sandbox import faults, tokens
from sandbox.web import WORLD, cut
from sandbox.world import World

CONNECTIONS = "oauthConnections"
AUDIENCE = "https://api.botframework.com"
CODE_SECONDS = 600
Answer = Callable[[World, web.Request, str, Any], tuple[int, Any]]


class Refused(Exception):
    """An answer that is no success, in the token service's shape."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def attach(app: web.Application) -> None:
    """Adds the token service's routes."""
    app.router.add_get("/api/botsignin/GetSignInResource", _served(_resource))
    app.router.add_get("/api/usertoken/GetToken", _served(_get_token))
    app.router.add_post("/api/usertoken/exchange", _served(_exchange))
    app.router.add_delete("/api/usertoken/SignOut", _served(_sign_out))
    app.router.add_get("/_control/signins", _seen)


def code_for(world: World, link: str, user: dict[str, Any]) -> str | None:
    """The code that proves in the chat that this person has signed in; None for a link that is unknown or used up."""
    asked = world.sign_ins.links.pop(link, None)
    if asked is None:
        return None
    code = f"{secrets.randbelow(1_000_000):06}"
    assertion = tokens.user_token(world, user, asked["app"], f"api://botid-{asked['app']}")
    world.sign_ins.codes[code] = {**asked, "token": assertion, "until": world.clock.now().timestamp() + CODE_SECONDS}
    return code


async def _seen(request: web.Request) -> web.Response:
    """Who is signed in, and every call so far."""
    known = request.app[WORLD].sign_ins
    held = [{"user": user, "connection": connection, "oid": _claims(token)["oid"]}
            for (user, connection), token in known.held.items()]  # fmt: skip
    return web.json_response({"signedIn": held, "calls": known.calls})


def _served(answer: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handler(request: web.Request) -> web.StreamResponse:
        world = request.app[WORLD]
        world.settle()
        fault = faults.take(world, request.method, request.path)
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault is not None and fault.cut:
            return cut(request)
        body = await request.json() if request.can_read_body else None
        headers = {"Retry-After": fault.retry_after} if fault and fault.retry_after else {}
        try:
            _refuse_on_request(fault)

            status, content = answer(world, request, _bot(request), body)
        except Refused as refused:
            status, content = refused.status, {"error": {"code": refused.code, "message": refused.message}}
        _record(world, request, status)
        if fault is not None and fault.drop:
            return cut(request)
        return web.json_response(content, status=status, headers=headers)

    return handler


def _refuse_on_request(fault: faults.Fault | None) -> None:
    if fault is not None and fault.status is not None:
        raise Refused(fault.status, fault.code or "Fault", fault.message or "A fault on request.")


def _resource(world: World, request: web.Request, app: str, _: Any) -> tuple[int, Any]:
    """A link to sign in with, and what a client needs to do it silently."""
    state = _state(request.query.get("state", ""))
    if str(state.get("msAppId")) != app:
        raise Refused(400, "BadArgument", "The state names another application than the token.")
    _check_connection(world, str(state.get("connectionName")))
    link = uuid.uuid4().hex
    user = state["conversation"]["user"].get("id")
    world.sign_ins.links[link] = {"app": app, "connection": state["connectionName"], "user": user}
    exchange = {
        "id": str(uuid.uuid4()),
        "uri": f"api://botid-{app}",
        "providerId": "30dd229c-58e3-4a48-bdfd-91ec48eb906c",
    }
    return 200, {
        "signInLink": f"{request.scheme}://{request.host}/signin/{link}",
        "tokenExchangeResource": exchange,
    }


def _get_token(world: World, request: web.Request, app: str, _: Any) -> tuple[int, Any]:
    """The token this person signed in with; with `code`, the sign-in that this code proves becomes theirs."""
    user, connection = _whom(world, request)
    code = request.query.get("code", "")
    if code:
        proved = world.sign_ins.codes.pop(code, None)
        wanted = (proved["user"], proved["connection"]) if proved else ()
        if proved is None or wanted != (user, connection) or proved["until"] < world.clock.now().timestamp():
            raise Refused(404, "NotFound", "There is no sign-in for this code.")
        world.sign_ins.held[user, connection] = proved["token"]
    token = _fresh(world, user, connection, app)
    if token is None:
        raise Refused(404, "NotFound", "The user has not signed in.")
    return 200, _token(request, connection, token)


def _exchange(world: World, request: web.Request, app: str, body: Any) -> tuple[int, Any]:
    """A token of a Teams client becomes this person's sign-in; 400 when consent is missing or it is for somebody else."""
    user, connection = _whom(world, request)
    token = body.get("token") if isinstance(body, dict) else None
    if not isinstance(token, str):
        raise Refused(400, "BadArgument", "Either uri or token is needed.")
    try:
        claims = tokens.read(token)
    except jwt.InvalidTokenError as error:
        raise Refused(400, "InvalidExchangeToken", "The token to exchange cannot be read.") from error
    if claims.get("aud") != f"api://botid-{app}" or claims.get("tid") != world.tenant["id"]:
        raise Refused(400, "InvalidExchangeToken", "The token to exchange is for another application.")
    if world.options["withoutSignInConsent"]:
        raise Refused(400, "ConsentRequired", "AADSTS65001: The user or administrator has not consented.")
    world.sign_ins.held[user, connection] = token
    return 200, _token(request, connection, token)


def _sign_out(world: World, request: web.Request, app: str, _: Any) -> tuple[int, Any]:
    """Nobody is signed in any more, whether or not somebody was."""
    world.sign_ins.held.pop(_whom(world, request), None)
    return 200, {}


def _bot(request: web.Request) -> str:
    """The application whose own Bot Framework token came along; 401 without one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        claims = tokens.read(token)
    except jwt.InvalidTokenError as error:
        raise Refused(401, "Unauthorized", "The bot's token is missing or cannot be read.") from error
    if scheme.lower() != "bearer" or claims.get("aud") != AUDIENCE or claims.get("idtyp") != "app":
        raise Refused(401, "Unauthorized", "The token is not the bot's own.")
    return str(claims["appid"])


def _whom(world: World, request: web.Request) -> tuple[str, str]:
    user, connection = request.query.get("userId", ""), request.query.get("connectionName", "")
    if not user or not request.query.get("channelId"):
        raise Refused(400, "BadArgument", "userId and channelId are needed.")
    _check_connection(world, connection)
    return user, connection


def _check_connection(world: World, connection: str) -> None:
    if connection not in world.options[CONNECTIONS]:
        raise Refused(404, "NotFound", f"There is no OAuth connection setting named '{connection}'.")


def _state(text: str) -> dict[str, Any]:
    try:
        found = json.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError) as error:
        raise Refused(400, "BadArgument", "The state cannot be read.") from error
    if not isinstance(found, dict) or not (found.get("conversation") or {}).get("user"):
        raise Refused(400, "BadArgument", "The state names no conversation or no user.")
    return found


def _fresh(world: World, user: str, connection: str, app: str) -> str | None:
    """The held token, renewed as the service does while the sign-in lasts."""
    token = world.sign_ins.held.get((user, connection))
    if token is None:
        return None
    claims = _claims(token)
    if claims["exp"] - time.time() < tokens.LIFETIME / 12:
        person = world.get("users", str(claims["oid"]))
        if person is None:
            return None
        token = tokens.user_token(world, person, app, f"api://botid-{app}")
        world.sign_ins.held[user, connection] = token
    return token


def _claims(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False, "verify_exp": False})
    return claims


def _token(request: web.Request, connection: str, token: str) -> dict[str, Any]:
    return {
        "channelId": request.query.get("channelId"),
        "connectionName": connection,
        "token": token,
        "expiration": None,
    }


def _record(world: World, request: web.Request, status: int) -> None:
    """What was asked, without tokens and codes, for GET /_control/signins."""
    name = request.path.rsplit("/", 1)[-1]
    world.sign_ins.calls.append({"call": name, "user": request.query.get("userId", ""), "status": status})
