"""A simulated Entra tenant over HTTP: Graph v1.0, sign-in, My Access and a control API for tests."""

from sandbox.app import create_app
from sandbox.server import Server
from sandbox.web import WORLD
from sandbox.world import World

__all__ = ["WORLD", "Server", "World", "create_app"]
