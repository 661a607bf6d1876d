"""The Bot Connector's stand-in: answers every call with an id, after a delay; keeps the last body.

python -m benchmarks.servers.connector PORT [DELAY_MS]
"""

from __future__ import annotations

import asyncio
import sys

from aiohttp import web

_LAST: web.AppKey[list[bytes]] = web.AppKey("last")


def main(port: int, delay: float) -> None:
    """Serve until ended; GET /last answers with the body of the newest call."""

    async def call(request: web.Request) -> web.Response:
        request.app[_LAST][0] = await request.read()
        if delay:
            await asyncio.sleep(delay)
        return web.json_response({"id": "1700000000000"}, status=201)

    async def last(request: web.Request) -> web.Response:
        return web.Response(body=request.app[_LAST][0], content_type="application/json")

    async def ready(request: web.Request) -> web.Response:
        return web.Response(text="ready")

    app = web.Application()
    app[_LAST] = [b"{}"]
    app.router.add_get("/readyz", ready)
    app.router.add_get("/last", last)
    app.router.add_route("*", "/teams/v3/{tail:.*}", call)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0.0)
