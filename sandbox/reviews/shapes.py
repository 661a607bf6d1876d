"""The shapes access reviews accept in request bodies (Graph v1.0 metadata)."""

from __future__ import annotations

import re
from typing import Any

from sandbox.entitlement.model import Shape, anything, conform, duration, invalid, one_of_types, require

_QUERY: Shape = {"query": str, "queryType": {"MicrosoftGraph", "ARM"}, "queryRoot": str}
_SCOPE = one_of_types({"accessReviewQueryScope": _QUERY})
_PATTERN: Shape = {
    "type": {"weekly", "absoluteMonthly"},
    "interval": int,
    "dayOfMonth": int,
    "daysOfWeek": [str],
    "month": int,
    "firstDayOfWeek": str,
    "index": str,
}
_RANGE: Shape = {
    "type": {"noEnd", "endDate", "numbered"},
    "startDate": str,
    "endDate": str,
    "numberOfOccurrences": int,
    "recurrenceTimeZone": str,
}
SETTINGS: Shape = {
    "mailNotificationsEnabled": bool,
    "reminderNotificationsEnabled": bool,
    "justificationRequiredOnApproval": bool,
    "defaultDecisionEnabled": bool,
    "defaultDecision": {"None", "Approve", "Deny", "Recommendation"},
    "instanceDurationInDays": int,
    "autoApplyDecisionsEnabled": bool,
    "recommendationsEnabled": bool,
    "recommendationLookBackDuration": duration,
    "decisionHistoriesForReviewersEnabled": bool,
    "recurrence": {"pattern": _PATTERN, "range": _RANGE},
    "applyActions": [anything],
}
DEFINITION: Shape = {
    "id": anything,
    "displayName": str,
    "descriptionForAdmins": str,
    "descriptionForReviewers": str,
    "scope": _SCOPE,
    "reviewers": [_QUERY],
    "fallbackReviewers": [_QUERY],
    "settings": SETTINGS,
}
DECISION: Shape = {"decision": {"Approve", "Deny", "NotReviewed", "DontKnow"}, "justification": str}
BATCH: Shape = DECISION | {"principalId": str, "resourceId": str}
LONGEST_DAYS = 180

_ID = r"'([0-9a-fA-F-]{36})'"
_OF_PACKAGE = re.compile(
    r"/identityGovernance/entitlementManagement/accessPackageAssignments\?\$filter="
    rf"\(accessPackageId eq {_ID} and assignmentPolicyId eq {_ID}(?: and catalogId eq {_ID})?\)"
)


def scope_query(package_id: str, policy_id: str, catalog_id: str) -> str:
    """The query of a review of the assignments through one policy.

    https://learn.microsoft.com/graph/accessreviews-scope-concept
    """
    which = f"accessPackageId eq '{package_id}' and assignmentPolicyId eq '{policy_id}' and catalogId eq '{catalog_id}'"
    return f"/identityGovernance/entitlementManagement/accessPackageAssignments?$filter=({which})"


def read_scope(scope: dict[str, Any]) -> tuple[str, str]:
    """Package and policy that a scope names; GraphError 400 for any other query."""
    found = _OF_PACKAGE.fullmatch(str(scope.get("query")))
    if found is None:
        raise invalid("scope.query is not one of those that are simulated")
    return found[1], found[2]


def check(body: dict[str, Any]) -> None:
    """Return when the body of a definition fits; GraphError 400 otherwise."""
    conform(body, DEFINITION)
    require(body, "displayName", "scope", "settings")
    settings = body["settings"]
    if settings.get("instanceDurationInDays") not in range(1, LONGEST_DAYS + 1):
        raise invalid(f"settings.instanceDurationInDays must be between 1 and {LONGEST_DAYS}")
    if settings.get("defaultDecisionEnabled") and settings.get("defaultDecision") in (None, "None"):
        raise invalid("settings.defaultDecision is required when it is enabled")
    for reviewer in (*(body.get("reviewers") or []), *(body.get("fallbackReviewers") or [])):
        require(reviewer, "query", "queryType")
        if str(reviewer["query"]).startswith("./") and reviewer.get("queryRoot") != "decisions":
            raise invalid("a relative query needs the queryRoot 'decisions'")
