"""Register entitlement management operations, with the licence and the roles of a signed-in person checked first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from sandbox.errors import GraphError, denied
from sandbox.routes import Call, Handler, Reply, route
from sandbox.world import World

EM = "/identityGovernance/entitlementManagement"
READ = "EntitlementManagement.Read.All"
WRITE = "EntitlementManagement.ReadWrite.All"
SUBJECT = "EntitlementMgmt-SubjectAccess.ReadWrite"
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
IDENTITY_GOVERNANCE_ADMINISTRATOR = "45d8d3c5-c802-45c6-b32a-1d70b5e1e86e"
_ADMINISTRATORS = frozenset({GLOBAL_ADMINISTRATOR, IDENTITY_GOVERNANCE_ADMINISTRATOR})


def operation(
    method: str, path: str, *, app: str | None, delegated: str | None, own: bool = False
) -> Callable[[Handler], Handler]:
    """Registers a handler below entitlement management.

    ``own`` marks what every signed-in person may do for themselves; anything else needs one of the roles that
    administer entitlement management when a person calls. A tenant without the licence gets 403 for all of it.
    """

    def register(handler: Handler) -> Handler:
        @wraps(handler)
        def guarded(call: Call) -> Reply:
            check_licence(call.world)
            if call.caller.kind == "delegated" and not own and not administers(call.world, call.user()):
                raise denied()
            return handler(call)

        return route(method, EM + path, app=app, delegated=delegated)(guarded)

    return register


def check_licence(world: World) -> None:
    """Return when the tenant may use entitlement management; GraphError 403 otherwise."""
    if not world.options["licence"]:
        raise GraphError(
            403,
            "AccessDenied",
            "Access denied: entitlement management needs a Microsoft Entra ID P2 or Governance license in this tenant.",
        )


def administers(world: World, user_id: str) -> bool:
    """True when the user holds a directory or entitlement management role that may work with packages."""
    directory = {r["roleDefinitionId"] for r in world.tables["roleAssignments"].values() if r["principalId"] == user_id}
    scoped = any(r["principalId"] == user_id for r in world.tables["emRoleAssignments"].values())
    return scoped or bool(directory & _ADMINISTRATORS)
