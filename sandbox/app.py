"""Puts the sandbox together as one aiohttp application."""

from typing import Any

from aiohttp import web

# Importing the directory, entitlement management and access reviews registers their Graph operations.
from sandbox import botframework, control, directory, entitlement, login, pages, reviews, token_service
from sandbox.web import GRAPH, WORLD, graph
from sandbox.world import World


def create_app(options: dict[str, Any] | None = None, world: World | None = None) -> web.Application:
    """The whole sandbox; `options` as for POST /_control/reset."""
    app = web.Application(client_max_size=8 * 1024 * 1024)
    app[WORLD] = world or World(options)
    for room in (login, token_service, control, botframework, directory, entitlement, reviews, pages):
        room.attach(app)
    app.router.add_route("*", GRAPH + "/{tail:.*}", graph)
    return app
