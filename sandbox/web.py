"""The HTTP face of the sandbox: Graph under /v1.0, sign-in, control, and the pages people see."""

import asyncio
import json
from typing import Any

from aiohttp import web

from sandbox import batch, faults, tokens
from sandbox.errors import GraphError, bad_request
from sandbox.exchange import Exchange
from sandbox.routes import Reply
from sandbox.world import World

WORLD: web.AppKey[World] = web.AppKey("world", World)
JSON_TYPE = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
GRAPH = "/v1.0"


async def graph(request: web.Request) -> web.StreamResponse:
    """Answers one Graph request, after whatever fault a test has asked for."""
    world = request.app[WORLD]
    body, broken = await _body(request)
    world.settle()
    exchange = _exchange(request, world, body, broken)
    fault = faults.take(world, request.method, request.rel_url.raw_path, request.query_string)
    if fault is not None and fault.delay:
        await asyncio.sleep(fault.delay)
        world.settle()
    if fault is not None and fault.cut:
        exchange.record(None)
        return cut(request)
    reply = exchange.fail(fault) if fault is not None and fault.status is not None else await _answer(exchange)
    exchange.record(reply)
    return cut(request) if fault is not None and fault.drop else _response(exchange, reply)


async def _answer(exchange: Exchange) -> Reply:
    if exchange.path.lower() == "/$batch" and exchange.method == "POST" and exchange.refused is None:
        return await batch.answer(exchange)
    return exchange.perform()


async def _body(request: web.Request) -> tuple[Any, bool]:
    raw = await request.read()
    if not raw:
        return None, False
    try:
        return json.loads(raw), False
    except ValueError:
        return raw.decode("utf-8", "replace"), True


def _exchange(request: web.Request, world: World, body: Any, broken: bool) -> Exchange:
    caller, refused = None, None
    try:
        caller = tokens.caller_of(world, request.headers.get("Authorization"))
        if broken:
            raise bad_request("Unable to read JSON request payload.", "BadRequest")
        if body is not None and "json" not in request.content_type:
            raise bad_request("A Content-Type of application/json is expected.", "BadRequest")
    except GraphError as error:
        refused = error
    return Exchange(
        world,
        request.method,
        request.rel_url.raw_path.removeprefix(GRAPH),
        str(request.url),
        dict(request.query),
        body,
        {key.lower(): value for key, value in request.headers.items()},
        f"{request.scheme}://{request.host}{GRAPH}",
        caller,
        refused,
    )


def _response(exchange: Exchange, reply: Reply) -> web.Response:
    headers = {
        "request-id": exchange.request_id,
        "client-request-id": exchange.headers.get("client-request-id", exchange.request_id),
        "x-ms-ags-diagnostic": '{"ServerInfo":{"DataCenter":"Sandbox"}}',
        "OData-Version": "4.0",
        **reply.headers,
    }
    if reply.text is not None:
        return web.Response(status=reply.status, text=reply.text, headers=headers)
    if reply.body is None:
        return web.Response(status=reply.status, headers=headers)
    headers["Content-Type"] = JSON_TYPE
    text = reply.json or json.dumps(reply.body)
    return web.Response(status=reply.status, body=text.encode(), headers=headers)


def cut(request: web.Request) -> web.Response:
    """Cuts the TCP connection; what is returned never reaches anyone."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=503)
