"""Which of a package's policies a request is under, where Entra does not say so while it waits."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.packages import Scope
from bot.domain.panels import PendingRequest
from bot.graph.wire import Json

#: The stricter of several that fit wins.
#: https://learn.microsoft.com/entra/id-governance/entitlement-management-access-package-request-policy
STRICTEST = (
    Scope.SOME_USERS,
    Scope.SOME_ORGANISATIONS,
    Scope.MEMBERS,
    Scope.ALL_USERS,
    Scope.ALL_ORGANISATIONS,
    Scope.ANYONE_OUTSIDE,
)


def policy_for(request: PendingRequest, policies: Sequence[Json]) -> Json:
    """The policy as Graph has it, {} for none: the one Entra names, else the one that asks an approver and these questions."""
    named = next((row for row in policies if str(row.get("id")) == request.policy_id), None)
    if named is not None:
        return named
    asking = [row for row in policies if asks_approvers(row, request.kind)]
    return min(asking, key=lambda row: (_unasked(row, request), _rank(row)), default={})


def asks_approvers(policy: Json, kind: str) -> bool:
    """Whether this policy wants approval for a request of this type (userAdd, adminUpdate …)."""
    settings = policy.get("requestApprovalSettings") or {}
    wanted = "isApprovalRequiredForUpdate" if kind.casefold().endswith("update") else "isApprovalRequiredForAdd"
    return settings.get(wanted) is True and bool(settings.get("stages"))


def _unasked(policy: Json, request: PendingRequest) -> int:
    """How many of the answered questions are none of this policy's, and how many of its own were not answered."""
    own = {str(one.get("id")).casefold() for one in policy.get("questions") or []}
    return len(own.symmetric_difference(key.casefold() for key, _ in request.answers))


def _rank(policy: Json) -> int:
    scope = policy.get("allowedTargetScope")
    return STRICTEST.index(Scope(scope)) if scope in set(STRICTEST) else len(STRICTEST)
