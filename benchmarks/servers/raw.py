"""The physical limit: aiohttp and orjson, doing the same HTTP work as a turn of Usher and nothing else.

Reads the activity, sends a reply of the same size with a bearer token, answers. An invoke is answered with a card
of the same size. python -m benchmarks.servers.raw PORT REPLY_FILE
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import orjson
from aiohttp import ClientSession, TCPConnector, web

_SESSION: web.AppKey[ClientSession] = web.AppKey("session")


def main(port: int, reply: dict[str, object]) -> None:
    """Serve until ended."""
    headers = {"content-type": "application/json", "authorization": "Bearer " + "t" * 1000}
    card = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": reply}

    async def send(session: ClientSession, method: str, url: str) -> None:
        async with session.request(method, url, data=orjson.dumps(reply), headers=headers) as answer:
            orjson.loads(await answer.read())

    async def messages(request: web.Request) -> web.Response:
        activity = orjson.loads(await request.read())
        base = f"{activity['serviceUrl']}/v3/conversations/{activity['conversation']['id']}/activities"
        if activity["type"] == "invoke":
            await send(request.app[_SESSION], "PUT", f"{base}/{activity['replyToId']}")
            return web.Response(body=orjson.dumps(card), content_type="application/json")
        await send(request.app[_SESSION], "POST", base)
        return web.Response(status=201)

    async def ready(request: web.Request) -> web.Response:
        return web.Response(text="ready")

    async def session(app: web.Application) -> AsyncIterator[None]:
        app[_SESSION] = ClientSession(connector=TCPConnector(limit=100))
        yield
        await app[_SESSION].close()

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    app.router.add_get("/readyz", ready)
    app.cleanup_ctx.append(session)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), orjson.loads(Path(sys.argv[2]).read_bytes()))
