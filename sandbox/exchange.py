"""One Graph exchange without HTTP around it: authorise, dispatch, turn refusals into replies, record."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sandbox import faults
from sandbox.errors import GraphError, of_status
from sandbox.permissions import Caller
from sandbox.routes import Call, Reply, dispatch
from sandbox.world import World


@dataclass(frozen=True)
class Exchange:
    """A request as it arrived: `path` without /v1.0, `url` as it is recorded, JSON `body` (None when empty)."""

    world: World
    method: str
    path: str
    url: str
    query: dict[str, str]
    body: Any
    headers: dict[str, str]
    base_url: str
    caller: Caller | None = None
    refused: GraphError | None = None
    inner: bool = False
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def perform(self) -> Reply:
        """Runs the operation; every refusal comes back as a reply with Graph's error body."""
        try:
            if self.refused is not None:
                raise self.refused
            if self.caller is None:
                raise of_status(401)
            call = Call(
                self.world, self.method, self.path, {}, self.query, self.body, self.caller, self.headers, self.base_url
            )
            return dispatch(call)
        except GraphError as error:
            return self.error(error)

    def error(self, error: GraphError) -> Reply:
        """The reply for a refusal."""
        client_id = self.headers.get("client-request-id", self.request_id)
        body = error.body(self.world.clock.text(), self.request_id, client_id)
        return Reply(error.status, body, error.headers)

    def fail(self, fault: faults.Fault) -> Reply:
        """The reply a fault rule asks for."""
        return faults.refusal(fault, self.error(of_status(fault.status or 503)))

    def record(self, reply: Reply | None) -> None:
        """Remembers the exchange; None stands for a connection cut before anything was performed (status 0)."""
        entry: dict[str, Any] = {
            "method": self.method,
            "url": self.url,
            "token": self.caller.kind if self.caller else "none",
            "requestBody": self.body,
            "status": reply.status if reply else 0,
            "responseBody": reply.body if reply else None,
            "at": self.world.clock.text(),
            "clientRequestId": self.headers.get("client-request-id"),
        }
        if reply is not None and reply.text is not None:
            entry["responseText"] = reply.text
        if self.inner:
            entry["inBatch"] = True
        self.world.record(entry)
