"""Answer writes: the new or replaced entity as it leaves, with the context Graph adds."""

from __future__ import annotations

from sandbox.odata import entity
from sandbox.routes import Call, Reply
from sandbox.world import Entity


def shown(call: Call, row: Entity, status: int = 201) -> Reply:
    """A reply with the public properties of one entity."""
    plain = entity(call, row)
    return Reply(status, plain.body)
