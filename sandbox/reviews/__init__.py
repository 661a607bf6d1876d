"""Access reviews of the simulated tenant; importing it registers its Graph operations."""

from aiohttp import web

from sandbox.reviews import decisions, definitions, instances

__all__ = ["attach", "decisions", "definitions", "instances"]


def attach(app: web.Application) -> None:
    """Nothing beside Graph: a person who reviews is played through the control API's act."""
