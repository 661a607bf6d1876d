"""POST /$batch: up to twenty inner requests through the same table of operations."""

import asyncio
import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sandbox import faults
from sandbox.errors import GraphError, of_status
from sandbox.exchange import Exchange
from sandbox.routes import Reply

LARGEST = 20


async def answer(outer: Exchange) -> Reply:
    """200 with one response per inner request; 400 when the batch itself is malformed.

    Inner requests run in order; one whose `dependsOn` failed answers 424. Fault rules match inner paths too and
    become inner statuses (a cut connection inside a batch is 504).
    """
    try:
        requests = _checked(outer.body)
    except GraphError as error:
        return outer.error(error)
    done: dict[str, int] = {}
    responses = []
    for request in requests:
        failed = any(done.get(str(key).lower(), 424) >= 400 for key in request.get("dependsOn") or [])
        reply = await _inner(outer, request, failed)
        done[str(request["id"]).lower()] = reply.status
        headers = dict(reply.headers)
        if reply.body is not None:
            headers["Content-Type"] = "application/json"
        response: dict[str, Any] = {"id": request["id"], "status": reply.status, "headers": headers}
        if reply.body is not None or reply.text is not None:
            whole = json.loads(reply.json) if reply.json else reply.body
            response["body"] = whole if reply.text is None else reply.text
        responses.append(response)
    return Reply(200, {"responses": responses})


def _checked(body: Any) -> list[dict[str, Any]]:
    requests = body.get("requests") if isinstance(body, dict) else None
    if not isinstance(requests, list) or not requests:
        raise GraphError(400, "BadRequest", "Invalid batch payload format.")
    if len(requests) > LARGEST:
        raise GraphError(400, "BadRequest", f"Number of batch request steps exceeds the limit of {LARGEST}.")
    seen: set[str] = set()
    for request in requests:
        _check_step(request, seen)
        seen.add(str(request["id"]).lower())
    return requests


def _check_step(request: Any, seen: set[str]) -> None:
    if not isinstance(request, dict) or not all(isinstance(request.get(key), str) for key in ("id", "method", "url")):
        raise GraphError(400, "BadRequest", "Invalid batch payload format: id, method and url are strings.")
    depends, sent = request.get("dependsOn") or [], request.get("headers") or {}
    if not isinstance(depends, list) or not isinstance(sent, dict):
        raise GraphError(400, "BadRequest", "Invalid batch payload format: dependsOn is a list, headers an object.")
    if request["id"].lower() in seen:
        raise GraphError(400, "BadRequest", f"Request Id: {request['id']} is not unique in the batch.")
    if "://" in request["url"].split("?")[0]:
        raise GraphError(400, "BadRequest", "The url of a batch step must be relative.")
    unknown = [key for key in depends if str(key).lower() not in seen]
    if unknown:
        raise GraphError(400, "BadRequest", f"Dependency on an unknown or later request: {unknown[0]}.")
    headers = {key.lower() for key in sent}
    if request.get("body") is not None and "content-type" not in headers:
        raise GraphError(400, "BadRequest", "Write request id with body needs a Content-Type header.")


async def _inner(outer: Exchange, request: dict[str, Any], failed: bool) -> Reply:
    parts = urlsplit("/" + request["url"].lstrip("/"))
    method = request["method"].upper()
    exchange = replace(
        outer,
        method=method,
        path=parts.path,
        url="/" + request["url"].lstrip("/"),
        query=dict(parse_qsl(parts.query, keep_blank_values=True)),
        body=request.get("body"),
        headers={key.lower(): str(value) for key, value in (request.get("headers") or {}).items()},
        inner=True,
    )
    if failed:
        reply = exchange.error(GraphError(424, "FailedDependency", "A request this one depends on failed."))
    else:
        reply = await _perform(exchange, faults.take(outer.world, method, f"/v1.0{parts.path}", parts.query))
    exchange.record(reply)
    return reply


async def _perform(exchange: Exchange, fault: faults.Fault | None) -> Reply:
    if fault is None:
        return exchange.perform()
    if fault.delay:
        await asyncio.sleep(fault.delay)
    if fault.status is not None:
        return exchange.fail(fault)
    if fault.cut:
        return exchange.error(of_status(504))
    reply = exchange.perform()
    return exchange.error(of_status(504)) if fault.drop else reply
