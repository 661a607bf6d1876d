"""Keep the reviews of an assignment policy in step with its review settings, as entitlement management does."""

from __future__ import annotations

from typing import Any

from sandbox.entitlement.times import parse_duration, parse_time
from sandbox.reviews import definitions, reviewers, shapes
from sandbox.world import Entity, World

_DEFAULTS = {"keepAccess": "Approve", "removeAccess": "Deny", "acceptAccessRecommendation": "Recommendation"}
_USUAL_DAYS = 25


def follow(world: World, policy: Entity) -> None:
    """The policy has the reviews it asks for: made, made anew with other settings, or ended."""
    wanted = policy.get("reviewSettings") or {}
    present = _of_policy(world, policy["id"])
    if present and wanted.get("isEnabled") and present["_settings"] == wanted:
        return
    if present:
        # Nobody's access hangs on a review that was given up.
        present["settings"] |= {"autoApplyDecisionsEnabled": False, "defaultDecisionEnabled": False}
        definitions.end(world, present)
        present["_ended"] = True
    if wanted.get("isEnabled"):
        _make(world, policy, wanted)


def _of_policy(world: World, policy_id: str) -> Entity | None:
    rows = world.tables["accessReviewDefinitions"].values()
    mine = [one for one in rows if one.get("_settings") and one["_policyId"] == policy_id]
    return next((one for one in mine if not one.get("_ended")), None)


def _make(world: World, policy: Entity, wanted: dict[str, Any]) -> None:
    package = world.tables["accessPackages"][policy["_accessPackageId"]]
    schedule = wanted.get("schedule") or {}
    length = (schedule.get("expiration") or {}).get("duration")
    pattern = (schedule.get("recurrence") or {}).get("pattern")
    default = _DEFAULTS.get(str(wanted.get("expirationBehavior")), "Approve")
    start = schedule.get("startDateTime")
    query = shapes.scope_query(package["id"], policy["id"], package["_catalogId"])
    body = {
        "displayName": f"Access package {package['displayName']}, policy {policy['displayName']}",
        "descriptionForAdmins": "",
        "descriptionForReviewers": "",
        "scope": {
            "@odata.type": "#microsoft.graph.accessReviewQueryScope",
            "query": query,
            "queryType": "MicrosoftGraph",
            "queryRoot": None,
        },
        "reviewers": reviewers.as_scopes(wanted.get("primaryReviewers") or []),
        "fallbackReviewers": reviewers.as_scopes(wanted.get("fallbackReviewers") or []),
        "settings": {
            "instanceDurationInDays": parse_duration(length).days if length else _USUAL_DAYS,
            "justificationRequiredOnApproval": bool(wanted.get("isReviewerJustificationRequired")),
            "recommendationsEnabled": bool(wanted.get("isRecommendationEnabled")),
            "defaultDecisionEnabled": True,
            "defaultDecision": default,
            "autoApplyDecisionsEnabled": True,
            "mailNotificationsEnabled": True,
            "reminderNotificationsEnabled": True,
            "recurrence": pattern and {"pattern": pattern, "range": (schedule["recurrence"].get("range"))},
        },
    }
    subjects = (wanted.get("primaryReviewers") or [], wanted.get("fallbackReviewers") or [])
    private = {"_settings": wanted, "_subjects": subjects, "_startsAt": parse_time(start) if start else None}
    definitions.new_definition(world, body, None, private=private)
