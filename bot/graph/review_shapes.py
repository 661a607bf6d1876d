"""Access reviews as Graph's JSON, read and written."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.domain.reviews.facts import (
    Advice,
    Decision,
    Item,
    NewSeries,
    Round,
    RoundRef,
    Series,
    Unanswered,
    standing,
)
from bot.graph.times import moment
from bot.graph.wire import Json

_PACKAGE = re.compile(r"accessPackageId eq '([^']+)'", re.IGNORECASE)
_POLICY = re.compile(r"assignmentPolicyId eq '([^']+)'", re.IGNORECASE)
_NOBODY = "00000000-0000-0000-0000-000000000000"
_DEFAULTS = {Unanswered.KEEP: "None", Unanswered.REMOVE: "Deny", Unanswered.ADVICE: "Recommendation"}
_READ = {"Deny": Unanswered.REMOVE, "Recommendation": Unanswered.ADVICE}
_LONGEST_NAME, _LONGEST_TEXT = 120, 256
_GRAPH = "MicrosoftGraph"


def scope_of(package_id: str, policy_id: str, catalog_id: str) -> Json:
    """The assignments through one policy. https://learn.microsoft.com/graph/accessreviews-scope-concept"""
    ids = f"accessPackageId eq '{package_id}' and assignmentPolicyId eq '{policy_id}' and catalogId eq '{catalog_id}'"
    return {
        "@odata.type": "#microsoft.graph.accessReviewQueryScope",
        "query": f"/identityGovernance/entitlementManagement/accessPackageAssignments?$filter=({ids})",
        "queryType": _GRAPH,
    }


def body_of(new: NewSeries) -> Json:
    """A review that runs once, whose decisions an administrator applies.

    https://learn.microsoft.com/graph/accessreviews-reviewers-concept
    """
    day = new.starts_at.date()
    people = [_user(one) for one in new.reviewers]
    manager = {"query": "./manager", "queryType": _GRAPH, "queryRoot": "decisions"}
    return {
        "displayName": new.name[:_LONGEST_NAME],
        "descriptionForAdmins": new.note,
        "descriptionForReviewers": new.text[:_LONGEST_TEXT],
        "scope": scope_of(new.package_id, new.policy_id, new.catalog_id),
        "reviewers": [manager] if new.by_manager else people,
        "fallbackReviewers": [_user(one) for one in new.fallback],
        "settings": {
            "mailNotificationsEnabled": True,
            "reminderNotificationsEnabled": True,
            "justificationRequiredOnApproval": new.reason_required,
            "recommendationsEnabled": True,
            "instanceDurationInDays": new.days,
            "defaultDecisionEnabled": new.unanswered is not Unanswered.KEEP,
            "defaultDecision": _DEFAULTS[new.unanswered],
            "autoApplyDecisionsEnabled": False,
            "recurrence": {
                "pattern": None,
                "range": {
                    "type": "endDate",
                    "startDate": day.isoformat(),
                    "endDate": (day + timedelta(days=new.days)).isoformat(),
                },
            },
        },
    }


def _user(person_id: str) -> Json:
    return {"query": f"/users/{person_id}", "queryType": _GRAPH}


def series_of(row: Json) -> Series | None:
    """A review of package assignments; None for a review of something else."""
    query = str((row.get("scope") or {}).get("query") or "")
    package, policy = _PACKAGE.search(query), _POLICY.search(query)
    if package is None or policy is None:
        return None
    settings = row.get("settings") or {}
    enabled = bool(settings.get("defaultDecisionEnabled"))
    return Series(
        id=str(row["id"]),
        name=str(row.get("displayName") or ""),
        package_id=package[1],
        policy_id=policy[1],
        note=str(row.get("descriptionForAdmins") or ""),
        by_name=str((row.get("createdBy") or {}).get("displayName") or ""),
        recurs=bool((settings.get("recurrence") or {}).get("pattern")),
        reason_required=bool(settings.get("justificationRequiredOnApproval")),
        applies_itself=bool(settings.get("autoApplyDecisionsEnabled")),
        unanswered=_READ.get(str(settings.get("defaultDecision")), Unanswered.KEEP) if enabled else Unanswered.KEEP,
    )


def round_of(series_id: str, row: Json) -> Round:
    """One instance."""
    return Round(
        RoundRef(series_id, str(row["id"])),
        standing(str(row.get("status") or "")),
        moment(row.get("startDateTime")),
        moment(row.get("endDateTime")),
    )


def item_of(ref: RoundRef, row: Json) -> Item:
    """One decision. A reviewer whose id is all zeros is nobody."""
    person, by = row.get("principal") or {}, row.get("reviewedBy") or {}
    by_id = str(by.get("id") or "")
    known = by_id not in ("", _NOBODY)
    decision, advice = row.get("decision"), row.get("recommendation")
    return Item(
        id=str(row["id"]),
        ref=ref,
        person_id=str(person.get("id") or ""),
        person_name=str(person.get("displayName") or person.get("userPrincipalName") or ""),
        decision=Decision(decision) if decision in set(Decision) else Decision.OPEN,
        advice=Advice(advice) if advice in set(Advice) else Advice.NONE,
        reason=str(row.get("justification") or ""),
        by_id=by_id if known else "",
        by_name=str(by.get("displayName") or "") if by_id else "",
        at=moment(row.get("reviewedDateTime")),
        applied=str(row.get("applyResult") or ""),
    )


def seen_of(row: Json) -> datetime | None:
    """The latest sign-in of any kind; None for somebody who never did."""
    activity = row.get("signInActivity") or {}
    kinds = ("lastSignInDateTime", "lastNonInteractiveSignInDateTime", "lastSuccessfulSignInDateTime")
    return max((at for one in kinds if (at := moment(activity.get(one)))), default=None)
