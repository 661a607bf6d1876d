"""The control API: what tests use to look into the tenant, move its clock and break it."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox import duration, faults, tokens
from sandbox.followers import FOLLOWERS, Followers, read, time_of
from sandbox.people import find_person
from sandbox.seed.tenant import reflect
from sandbox.state import snapshot
from sandbox.web import WORLD
from sandbox.world import World

Answer = Callable[[World, dict[str, Any]], Any]
Handler = Callable[[web.Request], Awaitable[web.Response]]
BOT_APP_ID = "22222222-2222-4222-8222-222222222222"


def attach(app: web.Application) -> None:
    """Adds the control routes; anything a test gets wrong answers 400 with the reason."""
    app.router.add_get("/_control/state", _get(snapshot))
    followers = app[FOLLOWERS] = Followers()
    app.on_shutdown.append(followers.close)
    app.router.add_get("/_control/clock", read)
    app.router.add_get("/_control/requests", _get(lambda world: world.requests))
    app.router.add_get("/_control/mailbox", _get(lambda world: world.mailbox))
    app.router.add_get("/_control/faults", _get(lambda world: {"rules": world.faults}))
    app.router.add_post("/_control/reset", _moving(post(_reset)))
    app.router.add_post("/_control/clock", _moving(post(_advance)))
    app.router.add_post("/_control/faults", post(_faults))
    app.router.add_post("/_control/options", post(_options))
    app.router.add_post("/_control/token", post(_token))


def _get(answer: Callable[[World], Any]) -> Handler:
    async def handler(request: web.Request) -> web.Response:
        world = request.app[WORLD]
        world.settle()
        return web.json_response(answer(world))

    return handler


def post(answer: Answer) -> Handler:
    """A control endpoint: `answer(world, body)` returns JSON; its ValueError or KeyError becomes 400."""

    async def handler(request: web.Request) -> web.Response:
        world = request.app[WORLD]
        world.settle()
        try:
            return web.json_response(answer(world, await _object(request)))
        except KeyError as error:
            return web.json_response({"error": f"{error} is missing"}, status=400)
        except (TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)

    return handler


async def _object(request: web.Request) -> dict[str, Any]:
    body = await request.json() if request.can_read_body else {}
    if not isinstance(body, dict):
        raise ValueError("a JSON object is expected")
    return body


def _moving(answer: Handler) -> Handler:
    """The same, answered once all who follow the clock know what it shows now."""

    async def handler(request: web.Request) -> web.Response:
        response = await answer(request)
        await request.app[FOLLOWERS].moved()
        return response

    return handler


def _advance(world: World, body: dict[str, Any]) -> dict[str, Any]:
    world.clock.advance(duration.parse(body["advance"]))
    return time_of(world)


def _reset(world: World, body: dict[str, Any]) -> dict[str, Any]:
    world.reset(body)
    return {"tenant": world.tenant, "options": world.options}


def _options(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """Changes options without planting the seed again."""
    unknown = sorted(set(body) - set(world.options))
    if unknown:
        raise ValueError(f"unknown option: {', '.join(unknown)}")
    world.options.update(body)
    reflect(world)
    return {"options": world.options}


def _faults(world: World, body: dict[str, Any]) -> dict[str, Any]:
    world.faults[:] = faults.accept(body["rules"])
    return {"rules": world.faults}


def _token(world: World, body: dict[str, Any]) -> dict[str, str]:
    """Delegated tokens of a person: one for Graph, one (the SSO assertion) for the bot's own application."""
    person = find_person(world, body["user"])
    if person is None:
        raise ValueError(f"no such user: {body['user']}")
    app_id = body.get("appId", BOT_APP_ID)
    audience = body.get("audience", f"api://botid-{app_id}")
    graph = tokens.user_token(world, person, app_id, "https://graph.microsoft.com", body.get("scopes"))
    return {"token": graph, "assertion": tokens.user_token(world, person, app_id, audience)}
