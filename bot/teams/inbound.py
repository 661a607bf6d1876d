"""Read the body of an HTTP request, or say with the right status why not."""

from typing import Any

import orjson
from aiohttp import web

# Teams sends at most about 100 KB; this leaves room and still ends a flood early.
LONGEST_BODY = 512 * 1024


async def read_json(request: web.Request) -> dict[str, Any]:
    """Return the body as a JSON object. Raises aiohttp's 405, 415, 413 or 400."""
    if request.method != "POST":
        raise web.HTTPMethodNotAllowed(request.method, ["POST"])
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="an activity is application/json")
    try:
        body = orjson.loads(await _bounded(request))
    except orjson.JSONDecodeError as error:
        raise web.HTTPBadRequest(text="the body is not JSON") from error
    if not isinstance(body, dict) or not isinstance(body.get("type"), str) or not body["type"]:
        raise web.HTTPBadRequest(text="the body is not an activity")
    return body


async def _bounded(request: web.Request) -> bytes:
    if (request.content_length or 0) > LONGEST_BODY:
        raise web.HTTPRequestEntityTooLarge(LONGEST_BODY, request.content_length or 0)
    read = bytearray()
    async for chunk in request.content.iter_any():
        read += chunk
        if len(read) > LONGEST_BODY:
            raise web.HTTPRequestEntityTooLarge(LONGEST_BODY, len(read))
    return bytes(read)
