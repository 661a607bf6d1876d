"""Serve the tenant's entitlement management settings."""

from __future__ import annotations

import re

from sandbox.entitlement.access import READ, WRITE, operation
from sandbox.entitlement.model import conform, invalid
from sandbox.entitlement.records import settings_of
from sandbox.entitlement.shapes import SETTINGS
from sandbox.errors import GraphError
from sandbox.odata import entity
from sandbox.routes import NO_CONTENT, Call, Reply


@operation("GET", "/settings", app=READ, delegated=READ)
def get_settings(call: Call) -> Reply:
    """https://learn.microsoft.com/graph/api/entitlementmanagementsettings-get: no query options."""
    if call.query:
        raise GraphError(400, "BadRequest", "This operation takes no OData query options.")
    return entity(call, settings_of(call.world))


@operation("PATCH", "/settings", app=WRITE, delegated=WRITE)
def update_settings(call: Call) -> Reply:
    """The named settings are changed."""
    body = call.object()
    conform(body, SETTINGS)
    delay = body.get("durationUntilExternalUserDeletedAfterBlocked")
    if delay is not None and not re.fullmatch(r"P\d+D", delay):
        raise invalid("durationUntilExternalUserDeletedAfterBlocked counts whole days")
    settings_of(call.world).update(body)
    return NO_CONTENT
