"""Puts the sandbox together as one aiohttp application."""

import importlib
from typing import Any

from aiohttp import web

from sandbox import botframework, control, login
from sandbox.web import GRAPH, WORLD, graph
from sandbox.world import World

# Importing a room registers its Graph operations; `attach(app)` adds its own pages, where it has some.
ROOMS = ("sandbox.directory", "sandbox.entitlement", "sandbox.pages")


def create_app(options: dict[str, Any] | None = None, world: World | None = None) -> web.Application:
    """The whole sandbox; `options` as for POST /_control/reset."""
    app = web.Application(client_max_size=8 * 1024 * 1024)
    rooms = [importlib.import_module(name) for name in ROOMS if importlib.util.find_spec(name)]
    app[WORLD] = world or World(options)
    login.attach(app)
    control.attach(app)
    botframework.attach(app)
    for room in rooms:
        if hasattr(room, "attach"):
            room.attach(app)
    app.router.add_route("*", GRAPH + "/{tail:.*}", graph)
    return app
