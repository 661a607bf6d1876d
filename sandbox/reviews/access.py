"""Register access review operations, with the licence and the roles of a signed-in person checked first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from sandbox.entitlement.access import administers, check_licence
from sandbox.errors import denied
from sandbox.routes import Call, Handler, Reply, route

ROOT = "/identityGovernance/accessReviews/definitions"
READ = "AccessReview.Read.All"
WRITE = "AccessReview.ReadWrite.All"


def operation(
    method: str, path: str, *, app: str | None, delegated: str | None, own: bool = False
) -> Callable[[Handler], Handler]:
    """Registers a handler below the review definitions; ``own`` marks what reviewers may do without a role."""

    def register(handler: Handler) -> Handler:
        @wraps(handler)
        def guarded(call: Call) -> Reply:
            check_licence(call.world)
            if call.caller.kind == "delegated" and not own and not administers(call.world, call.user()):
                raise denied()
            return handler(call)

        return route(method, ROOT + path, app=app, delegated=delegated)(guarded)

    return register
