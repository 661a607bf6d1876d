"""Every operation of the Directory port: how to call it, and the Graph request that decides how it goes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.domain.access import RequestState
from bot.domain.panels import Panel, PendingRequest
from bot.domain.roles import Roles
from bot.graph.directory import EntraDirectory
from tests.contracts.tenant import (
    ALEX,
    APP4GUEST,
    BEN,
    CARLA,
    DAN,
    EVA,
    INVITED,
    MAILBOX,
    MEGAN,
    PARTNER,
    Tenant,
)

GUEST_ADMIN = "95e79109-95c0-4d8e-aee3-d01accf2d47b"
INVITED_POLICY = "99999999-9999-4999-9999-999999999991"
EM = "/identityGovernance/entitlementManagement"


@dataclass(frozen=True)
class Operation:
    """`method` and `path` (a regular expression) name the request that a fault hits.

    `writes`: its outcome is open when the connection breaks. `retried`: repeating it is safe, so one broken
    connection goes unnoticed. `port`: which part of a `Tenant` is called. `missing` is what the operation makes of a
    404, `conflict` of a 409: an error's name or a value. `permissions`: what it needs beside those every tenant gives.
    """

    name: str
    call: Callable[[Any], Awaitable[Any]]
    method: str
    path: str
    writes: bool = False
    retried: bool = True
    missing: Any = "NotFound"
    conflict: Any = "Conflict"
    forbidden: Any = "Forbidden"
    port: str = "directory"
    permissions: tuple[str, ...] = ()

    async def on(self, tenant: Tenant) -> Any:
        """What the call on this tenant's port returns or raises."""
        return await self.call(getattr(tenant, self.port))

    def __str__(self) -> str:
        return self.name


_REQUEST = "eeeeeeee-eeee-4eee-8eee-eeeeeeeeeee2"
_PENDING = PendingRequest(_REQUEST, "userAdd", RequestState.PENDING_APPROVAL, PARTNER, "Partner project", BEN)
_NO_PANEL = Panel(0, (), sponsors=("Alex Wilber",), is_guest=True)


async def _bens(directory: EntraDirectory) -> str:
    held = await directory.assignments(person_id=BEN)
    return held[0].id


async def _remove(directory: EntraDirectory) -> Any:
    return await directory.remove(await _bens(directory), justification="over")


async def _set_end(directory: EntraDirectory) -> Any:
    return await directory.set_end(await _bens(directory), ends_at=datetime(2099, 1, 1, tzinfo=UTC))


async def _reprocess(directory: EntraDirectory) -> Any:
    return await directory.reprocess(assignment_id=await _bens(directory))


def write(
    name: str, call: Callable[[EntraDirectory], Awaitable[Any]], method: str, path: str, **more: Any
) -> Operation:
    return Operation(name, call, method, path, **{"writes": True, "retried": False, **more})


READS = [
    Operation("tenant", lambda d: d.tenant(), "GET", "^/organization"),
    Operation(
        "survey", lambda d: d.survey(ALEX, ["ben@fabrikam.com"], [MEGAN]), "GET", r"^/users\?", missing="NotFound"
    ),
    Operation("roles", lambda d: d.roles(ALEX), "GET", f"^/users/{ALEX}", missing=(None, Roles())),
    Operation("holders", lambda d: d.holders([GUEST_ADMIN]), "GET", "^/roleManagement/directory/roleAssignments"),
    Operation("person", lambda d: d.person(BEN), "GET", f"^/users/{BEN}", missing=None),
    Operation("find", lambda d: d.find("ben@fabrikam.com"), "GET", r"^/users\?"),
    Operation("guests", lambda d: d.guests(), "GET", r"^/users\?"),
    Operation("packages", lambda d: d.packages(), "GET", f"^{EM}/accessPackages"),
    Operation("assignments", lambda d: d.assignments(person_id=BEN), "GET", f"^{EM}/assignments"),
    Operation("access_of", lambda d: d.access_of([BEN, CARLA]), "GET", f"^{EM}/assignments"),
    Operation("sweep", lambda p: p.page(), "GET", f"^{EM}/assignments", port="assignment_pages"),
    Operation("requests", lambda d: d.requests(BEN), "GET", f"^{EM}/assignmentRequests"),
    Operation("pending", lambda d: d.pending(), "GET", f"^{EM}/assignmentRequests", port="approvals"),
    Operation(
        "pending_requests",
        lambda d: d.requests([_REQUEST]),
        "GET",
        f"^{EM}/assignmentRequests/",
        port="approvals",
        missing={_REQUEST: None},
    ),
    Operation(
        "panel", lambda d: d.panel(_PENDING, 1), "GET", f"^{EM}/accessPackages/", port="approvals", missing=_NO_PANEL
    ),
    Operation(
        "passed",
        lambda d: d.passed(_REQUEST),
        "GET",
        "^/auditLogs/directoryAudits",
        port="approvals",
        permissions=("AuditLog.Read.All",),
    ),
    Operation("applications", lambda d: d.applications("App"), "GET", "^/servicePrincipals"),
    Operation("application_users", lambda d: d.application_users(APP4GUEST), "GET", "/appRoleAssignedTo"),
]
WRITES = [
    write(
        "invite",
        lambda d: d.invite("ana@fabrikam.com", name="Ana", redirect_url="https://x.example", sponsor_id=ALEX),
        "POST",
        "^/invitations",
    ),
    write(
        "reset_redemption",
        lambda d: d.reset_redemption(BEN, "ben@fabrikam.com", redirect_url="https://x.example"),
        "POST",
        "^/invitations",
    ),
    write("restore", lambda d: d.restore(EVA), "POST", "/restore$"),
    write("set_enabled", lambda d: d.set_enabled(DAN, enabled=True), "PATCH", f"^/users/{DAN}"),
    write(
        "assign",
        lambda d: d.assign(
            CARLA,
            package_id=INVITED,
            policy_id=INVITED_POLICY,
            ends_at=datetime(2099, 1, 1, tzinfo=UTC),
            justification="audit",
        ),
        "POST",
        f"^{EM}/assignmentRequests",
    ),
    write("set_end", _set_end, "POST", f"^{EM}/assignmentRequests"),
    write("remove", _remove, "POST", f"^{EM}/assignmentRequests"),
    write("reprocess", _reprocess, "POST", "/reprocess$"),
    write(
        "add_direct_policy",
        lambda d: d.add_direct_policy(PARTNER, name="Usher, direct"),
        "POST",
        f"^{EM}/assignmentPolicies",
    ),
    write("govern", lambda d: d.govern(BEN), "PATCH", r"/subjects\(", missing=False, forbidden=False),
    write(
        "send_mail",
        lambda d: d.send_mail(MAILBOX, "ana@fabrikam.com", subject="Hello", text="Hello", html="<p>Hello</p>"),
        "POST",
        "/sendMail$",
        missing="NoMailbox",
    ),
]
ALL = READS + WRITES
