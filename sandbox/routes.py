"""The table of Graph operations: who may call each, and which function answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from sandbox.errors import GraphError, bad_request, denied, of_status
from sandbox.permissions import Caller, allowed
from sandbox.world import World


@dataclass(frozen=True)
class Reply:
    """What a handler answers; `text` instead of `body` is sent as text/plain, `json` in place of a large `body`."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    json: str | None = None


def created(body: Any) -> Reply:
    """201 with the new entity."""
    return Reply(201, body)


NO_CONTENT = Reply(204)


@dataclass
class Call:
    """One Graph request, already authorised: path parameters, parsed query, JSON body and the caller."""

    world: World
    method: str
    path: str
    params: dict[str, str]
    query: dict[str, str]
    body: Any
    caller: Caller
    headers: dict[str, str]
    base_url: str

    def object(self) -> dict[str, Any]:
        """The body as an object; 400 when there is none."""
        if not isinstance(self.body, dict):
            raise GraphError(400, "BadRequest", "Empty Payload. JSON content expected.")
        return self.body

    def user(self) -> str:
        """The signed-in user's object id; 403 for an app-only token."""
        if self.caller.user is None:
            raise denied()
        return self.caller.user

    @property
    def eventual(self) -> bool:
        """Whether the advanced query capabilities were asked for (header and $count=true)."""
        return self.headers.get("consistencylevel", "").lower() == "eventual" and (
            self.query.get("$count", "").lower() == "true" or self.path.lower().endswith("/$count")
        )


Handler = Callable[[Call], Reply]


@dataclass(frozen=True)
class Operation:
    """One registered operation; `app`/`delegated` name the permission, "A|B" either, "A+B" both, None: refused."""

    method: str
    template: str
    app: str | None
    delegated: str | None
    answer: Handler
    pattern: re.Pattern[str]


OPERATIONS: list[Operation] = []


def route(method: str, template: str, *, app: str | None, delegated: str | None) -> Callable[[Handler], Handler]:
    """Registers the decorated `handler(call) -> Reply` for this method and path (`{name}` stands for one key, `{name*}` for several segments)."""

    def register(handler: Handler) -> Handler:
        OPERATIONS.append(Operation(method, template, app, delegated, handler, _pattern(template)))
        OPERATIONS.sort(key=lambda operation: (operation.template.count("{"), -len(operation.template)))
        return handler

    return register


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{([^}]+)\}", template)
    built = ""
    for index, part in enumerate(parts):
        if index % 2:
            # A star stands for a path of its own.
            built += f"(?P<{part.rstrip('*')}>{'.+' if part.endswith('*') else '[^/()]+'})"
        else:
            built += re.escape(part)
    return re.compile(f"^{built}/?$", re.IGNORECASE)


def normal_path(path: str, caller: Caller) -> str:
    """The path as the table spells it: decoded, casts without `microsoft.`, `/me` as the signed-in user."""
    plain = unquote(path).replace("/microsoft.graph.", "/graph.")
    plain = re.sub(r"/(\w+)\('([^'=]*)'\)", r"/\1/\2", plain)
    if re.match(r"^/me(/|$)", plain):
        if caller.user is None:
            raise GraphError(400, "BadRequest", "/me request is only valid with delegated authentication flow.")
        plain = f"/users/{caller.user}{plain[3:]}"
    return plain


def find(method: str, path: str) -> tuple[Operation, dict[str, str]]:
    """The operation for a normal path and its parameters; 400 for an unknown path, 405 for a wrong method."""
    known = False
    for operation in OPERATIONS:
        match = operation.pattern.match(path)
        if match:
            known = True
            if operation.method == method:
                return operation, match.groupdict()
    if known:
        raise of_status(405)
    segment = path.strip("/").rsplit("/", 1)[-1]
    raise bad_request(f"Resource not found for the segment '{segment}'.", "BadRequest")


def dispatch(call: Call) -> Reply:
    """Finds, authorises and runs the operation; raises GraphError for every refusal."""
    path = normal_path(call.path, call.caller)
    operation, params = find(call.method, path)
    needed = operation.delegated if call.caller.kind == "delegated" else operation.app
    if needed is None or not allowed(needed, call.caller, call.world):
        raise denied()
    call.path, call.params = path, params
    return operation.answer(call)
