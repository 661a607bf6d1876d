"""Which stages of a request were passed, as the audit log tells an application; only approvers may see the approval.

What the log's entries name is not documented in full: the request is looked for among what an entry is about.
https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities#entitlement-management
"""

from __future__ import annotations

from bot.domain.approvals import Decision
from bot.graph.client import Graph
from bot.graph.people import is_object_id
from bot.graph.times import moment
from bot.graph.wire import Json

AUDITS = "/auditLogs/directoryAudits"
PASSED = "Approval stage completed for access package assignment request"


async def passed(graph: Graph, request_id: str) -> tuple[Decision, ...]:
    """https://learn.microsoft.com/graph/api/directoryaudit-list"""
    if not is_object_id(request_id):
        return ()
    about = f"activityDisplayName eq '{PASSED}' and targetResources/any(t: t/id eq '{request_id}')"
    rows = [row for row in await graph.wire.all(AUDITS, {"$filter": about}) if row.get("result") == "success"]
    found = [(at, _by(row)) for row in rows if (at := moment(row.get("activityDateTime")))]
    in_order = enumerate(sorted(found, key=lambda one: one[0]), 1)
    return tuple(
        Decision(stage, True, str(by.get("id") or ""), str(by.get("displayName") or ""), "", at)
        for stage, (at, by) in in_order
    )


def _by(row: Json) -> Json:
    return (row.get("initiatedBy") or {}).get("user") or {}
