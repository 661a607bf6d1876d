"""Who follows the tenant's clock: they hear of a move at once, and whoever moves it is answered once they have."""

import asyncio
from contextlib import suppress
from typing import Any

from aiohttp import web

from sandbox.web import WORLD
from sandbox.world import World

HOLD_SECONDS = 10.0
"""So long a follower waits for a move before it is told that there was none."""

PATIENCE_SECONDS = 1.0
"""So long a move waits for followers that do not come back: hung, or gone."""


class Followers:
    """Programs that ask for the time whenever it was moved."""

    def __init__(self) -> None:
        self.moves = 0
        self._over = False
        self._waiting: set[asyncio.Transport] = set()
        self._changed = asyncio.Condition()

    async def next_move(self, known: str, line: asyncio.Transport) -> None:
        """Ends at once unless `known` names the latest move; else with the next one, or after HOLD_SECONDS. `line`: to who asks."""
        async with self._changed:
            if known != str(self.moves):
                return
            self._waiting.add(line)
            self._changed.notify_all()
            try:
                async with asyncio.timeout(HOLD_SECONDS):
                    await self._changed.wait_for(lambda: self._over or known != str(self.moves))
            except TimeoutError:
                self._waiting.discard(line)

    async def moved(self) -> None:
        """All who were waiting have been told and wait for the next move, or PATIENCE_SECONDS are over."""
        async with self._changed:
            told = sum(not line.is_closing() for line in self._waiting)
            self._waiting.clear()
            self.moves += 1
            self._changed.notify_all()
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await self._changed.wait_for(lambda: len(self._waiting) >= told)

    async def close(self, _: web.Application) -> None:
        """Nobody is kept waiting while the tenant ends."""
        async with self._changed:
            self._over = True
            self._changed.notify_all()


FOLLOWERS: web.AppKey[Followers] = web.AppKey("followers", Followers)


async def read(request: web.Request) -> web.Response:
    """The time; with `?after=` the time after the move that follows the one named there, and the name of that move."""
    world, followers = request.app[WORLD], request.app[FOLLOWERS]
    after = request.query.get("after")
    if after is None or request.transport is None:
        return web.json_response(time_of(world))
    await followers.next_move(after, request.transport)
    return web.json_response({**time_of(world), "moves": str(followers.moves)})


def time_of(world: World) -> dict[str, Any]:
    """The clock as it is read over HTTP."""
    world.settle()
    return {"now": world.clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")}
